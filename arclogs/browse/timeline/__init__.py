"""The timeline of a bundle: counts, marks and spans on lanes, in bounded memory.

tally = Tally()                                   # sees every record while a bundle is read
build_timeline(report, case, tally, Wanted(by="pod"))
"""

from arclogs.browse.timeline.build import Wanted, build_timeline
from arclogs.browse.timeline.tally import Tally

__all__ = ["Tally", "Wanted", "build_timeline"]
