"""Looking for cyclic garbage rarely: a run makes a million objects, and next to none in cycles.

Python looks through the young objects every 700 of them and through all every so often, which takes a
quarter of the time of a small bundle and more of a large one. For processes that are arclogs and no
other program's.
"""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Set how often this process looks for cyclic garbage, for as long as it lives."""
    gc.set_threshold(200_000, 50, 1000)
