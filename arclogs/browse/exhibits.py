"""What a page shows beside the report, made while and after a bundle is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.excerpts import places_of, read_excerpts
from arclogs.browse.timeline import Tally, build_timeline
from arclogs.errors import NothingToAnalyze
from arclogs.model.exhibits import Exhibits, Shown
from arclogs.redact import Redactor, redact_model
from arclogs.redact.known import Known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from arclogs.case.case import Case
    from arclogs.ingest.interface import Elided
    from arclogs.model.record import Record
    from arclogs.model.report import Report


class Exhibitor:
    """Sees every record of a bundle, then returns its exhibits."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._maker = RowMaker(self._tally.put, raw=False)

    def see(self, item: Record | Elided) -> None:
        """Take in a record, or a run of dull ones."""
        self._maker.see(item)

    def shown(
        self,
        report: Report,
        case: Case,
        sources: Sequence[Path | BinaryIO],
        known: Known | None,
    ) -> Shown:
        """Return a report that is not redacted yet with its timeline and excerpts.

        A bundle without any time has no timeline, a stream that cannot be read again no excerpts.
        Secrets stay only where `known`, what the bundle's objects show to be secret, is None.
        """
        self._maker.flush()
        try:
            timeline = build_timeline(report, case, self._tally)
        except NothingToAnalyze:
            timeline = None
        told = Known()  # by the lines around the evidence
        told.kinds.update(known.kinds if known else {})
        redact = None if known is None else Redactor(seen=told.add).redact
        passages = read_excerpts(sources, places_of(report), redact)
        found = Shown(report=report, exhibits=Exhibits(timeline=timeline, excerpts=passages))
        return found if known is None else redact_model(found, told)
