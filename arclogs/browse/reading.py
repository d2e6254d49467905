"""All records and events of a bundle as rows, a batch at a time: filtered and redacted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.browse.block import SUSPECT, Block
from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.filter_expression import expression
from arclogs.browse.filter_terms import Filter
from arclogs.browse.mask import Mask
from arclogs.browse.rows import RAW, event_row
from arclogs.bundle import Bundle, Limits
from arclogs.bundle.ahead import ahead
from arclogs.cache import NO_CACHE, Cache
from arclogs.case.case import collection_time
from arclogs.case.events import placed
from arclogs.case.gather import gather
from arclogs.case.objects.index import ObjectIndex
from arclogs.case.objects.objects import merge
from arclogs.errors import NothingToAnalyze
from arclogs.model.observation import Trust
from arclogs.rules.findings.about import why_nothing
from arclogs.scan.on_demand import OnDemand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    import polars as pl

    from arclogs.case.gather import Gathered


class Wish(Struct, frozen=True):
    """Which rows are wanted, and how."""

    where: Filter = field(default_factory=Filter)
    raw: bool = False
    """The original lines instead of the messages."""
    redact: bool = True


class Reading(Struct, frozen=True):
    """What was read. `records + events + objects` is the `bundle.records` of a report."""

    gathered: Gathered
    records: int
    events: int
    objects: int
    matched: int


def read_rows(
    sources: Sequence[Path | BinaryIO],
    wish: Wish,
    consume: Callable[[pl.DataFrame], None],
    on_bytes: Callable[[int, int | None], None] | None = None,
    limits: Limits | None = None,
    *,
    cache: Cache = NO_CACHE,
    quickly: bool = True,
) -> Reading:
    """Read bundles and hand every wanted row to `consume`, in frames of `browse.rows.SCHEMA`.

    First the records, member by member as the bundle has them; then the events, whose ages can be
    placed in time only when everything was read. `quickly`: dull lines of large logs by the
    thousand, which gives the same rows. Raise UsageError for a source that is not there,
    NothingToAnalyze where the input holds nothing readable.
    """
    bundle = Bundle(sources, limits or Limits(), on_bytes)
    sieve = Sieve(wish, lambda block: consume(block.whole()))
    maker = RowMaker(sieve.take, raw=wish.raw, suspect=wish.redact)
    quick = OnDemand(lambda _sources: (), None, cache) if quickly else None
    gathered = gather(ahead(bundle), lambda batch: [False] * len(batch), maker.see, quick=quick)
    maker.flush()
    if nothing := why_nothing(gathered):
        raise NothingToAnalyze(nothing)
    evidence = gathered.evidence
    live = ObjectIndex(merge(o for o in evidence.observations if o.trust > Trust.DECLARED))
    at = collection_time(evidence, live)
    for event in sorted(evidence.events, key=lambda e: e.location):
        maker.put(event_row(placed(event, at)))
    maker.flush()
    return Reading(
        gathered,
        evidence.store.total,
        len(evidence.events),
        len(evidence.observations),
        sieve.matched,
    )


class Sieve:
    """Hands on what fits of the blocks it takes, redacted."""

    def __init__(self, wish: Wish, consume: Callable[[Block], None]) -> None:
        self._test = expression(wish.where).alias("kept") if wish.where.terms else None
        self._mask = Mask(RAW if wish.raw else "text") if wish.redact else None
        self._drop = [SUSPECT] if wish.redact else []
        self._consume = consume
        self.matched = 0

    def take(self, block: Block) -> None:
        """Take rows in the order of reading, with `raw`."""
        kept = None
        if self._test is not None:
            kept = block.whole().select(self._test)["kept"]
        if self._mask is not None:
            block = self._mask.apply(block, kept)
        elif kept is not None:
            block = block.taken(kept).slim()
        self.matched += block.height
        if block.height:
            self._consume(
                Block(block.own.drop(self._drop), block.shared.drop(self._drop, strict=False))
            )
