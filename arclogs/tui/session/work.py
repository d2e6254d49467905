"""What the reading process does: read, judge, and answer what the screens ask."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec.structs import replace

from arclogs.analyze import Options, investigate, report_of
from arclogs.authoring.nearest import NearestLines
from arclogs.authoring.selection import rule_named
from arclogs.authoring.trace import trace_rule
from arclogs.browse.bulk.beside import Beside
from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.piece import pack
from arclogs.browse.reading import Sieve, Wish
from arclogs.browse.rows import event_row
from arclogs.browse.timeline import Tally, build_timeline
from arclogs.cache import user_cache
from arclogs.case.case import build_case
from arclogs.errors import ArclogsError
from arclogs.ingest.interface import Elided
from arclogs.redact import redact_model
from arclogs.rules import load_rules
from arclogs.rules.findings.report import findings_of
from arclogs.rules.judging.engine import judge
from arclogs.tui.session.events import Failed, Progress, Ready, Rows, RuleCard, SoFar
from arclogs.tui.session.excerpt import lines_around
from arclogs.tui.session.objects import object_found, objects_found

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.analyze import Investigation
    from arclogs.authoring.trace import Trace
    from arclogs.browse.block import Block
    from arclogs.browse.timeline import Wanted
    from arclogs.case.gather import Gathered
    from arclogs.model.frozen import Frozen
    from arclogs.model.record import Record
    from arclogs.model.report import Finding
    from arclogs.model.timeline import Timeline
    from arclogs.rules import RuleSet
    from arclogs.tui.session.events import Event, Order
    from arclogs.tui.session.excerpt import Excerpt
    from arclogs.tui.session.objects import Address, ObjectFound, ObjectsFound

_Model = TypeVar("_Model", bound="Frozen")

TICK: Final = 0.1
"""Seconds between two looks at whether to stop, and two reports on progress."""
LOOK_EVERY: Final = 256
"""Records between two looks at the clock."""
FIRST_GLANCE: Final = 2.0
"""Seconds of reading before what was read is judged for the first time."""
SELDOM: Final = 20
"""Times as long as that took passes before it is done again."""
MOST_SO_FAR: Final = 20
FIRST_ROWS: Final = 4_096
ROWS_AT_ONCE: Final = 32_768


class Work:
    """One order, carried out. `tell` takes events, `stopped` says whether to read no further."""

    def __init__(
        self, order: Order, tell: Callable[[Event], None], stopped: Callable[[], bool]
    ) -> None:
        self._order = order
        self._tell = tell
        self._stopped = stopped
        self._found: Investigation | None = None
        self._nearest: dict[str, NearestLines] = {}
        self._tally = Tally()

    def analyze(self, focus: str | None = None) -> None:
        """Read and judge, telling progress, rows and at last the report, or why there is none.

        `focus` is a rule for which the nearest lines are looked for on the way.
        """
        self._found = None
        try:
            self._tell(self._ready(load_rules(self._order.rule_dirs, user_cache()), focus))
        except ArclogsError as error:
            self._tell(Failed(str(error)))

    def _ready(self, rules: RuleSet, focus: str | None) -> Ready:
        rule = rules.get(focus) if focus else None
        nearest = NearestLines(rule.signals) if rule else None
        self._nearest = {rule.id: nearest} if rule and nearest else {}
        watch = _Watch(self._tell, self._stopped)
        self._tally = Tally()

        def see(item: Record | Elided) -> None:
            watch.records_read(item.count if isinstance(item, Elided) else 1)
            maker.see(item)

        options = Options(
            on_bytes=watch.bytes_read,
            on_records=nearest.observe if nearest else None,
            on_item=see,
            after_member=None if nearest else _Glance(rules, self._tell, self._clean).look,
            stopped=watch.stopped,
            cache=user_cache(),
        )
        with Beside() as beside:
            shelf = _Rows(self._tell, self._order.most_bytes, beside)
            sieve = Sieve(Wish(self._order.where, redact=self._order.redact), shelf.put)
            maker = RowMaker(self._tally.put, sieve.take, raw=False, suspect=self._order.redact)
            found = investigate(rules, self._order.sources, options)
            for event in found.case.events:
                maker.put(event_row(event))
            maker.flush()
            shelf.flush()
        self._found = found
        return Ready(self._clean(report_of(found)), _cards(rules))

    def trace(self, rule_id: str) -> Trace:
        """Return what each signal of a rule came to; raise UsageError for a rule that is not there."""
        found = self._investigation
        rule = rule_named(found.rules, rule_id)
        nearest = self._nearest.get(rule_id) or NearestLines(rule.signals)
        traced = trace_rule(rule, found.rules, found.case, found.verdict, nearest)
        return self._clean(traced)

    def lines(self, member: str, line: int) -> Excerpt:
        """Return the original lines around a line of a member."""
        return lines_around(self._order.sources, member, line, redact=self._order.redact)

    def objects(self) -> ObjectsFound:
        """Return all objects of the bundle."""
        return self._clean(objects_found(self._investigation.case))

    def one_object(self, at: Address) -> ObjectFound:
        """Return what is known of one object."""
        found = object_found(self._investigation.case, at, redact=self._order.redact)
        # Its YAML is redacted field by field: as one text, names beside values would mislead.
        return self._clean(found).model_copy(update={"yaml": found.yaml})

    def timeline(self, wanted: Wanted) -> Timeline:
        """Return the timeline, or a part of it; raise NothingToAnalyze where nothing has a time."""
        found = self._investigation
        return self._clean(build_timeline(report_of(found), found.case, self._tally, wanted))

    def _clean(self, model: _Model) -> _Model:
        return redact_model(model) if self._order.redact else model

    @property
    def _investigation(self) -> Investigation:
        assert self._found is not None, "asked before all was read"
        return self._found


class _Watch:
    """Tells progress and asks whether to stop, ten times a second."""

    def __init__(self, tell: Callable[[Event], None], stopped: Callable[[], bool]) -> None:
        self._records = self._look_at = 0
        self._bytes: tuple[int, int | None] = 0, None
        self._tell = tell
        self._asked = stopped
        self._stop = False
        self._next = 0.0

    def bytes_read(self, done: int, total: int | None) -> None:
        self._bytes = done, total
        self._look()

    def records_read(self, number: int) -> None:
        self._records += number
        if self._records >= self._look_at:
            self._look_at = self._records + LOOK_EVERY
            self._look()

    def stopped(self) -> bool:
        return self._stop

    def _look(self) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + TICK
            self._stop = self._stop or self._asked()
            self._tell(Progress(*self._bytes, self._records))


class _Glance:
    """Judges now and then what was read so far, as long as that costs little."""

    def __init__(
        self, rules: RuleSet, tell: Callable[[Event], None], clean: Callable[[Finding], Finding]
    ) -> None:
        self._rules, self._tell, self._clean = rules, tell, clean
        self._next = time.monotonic() + FIRST_GLANCE

    def look(self, gathered: Gathered) -> None:
        begun = time.monotonic()
        if begun < self._next:
            return
        evidence = gathered.evidence
        case = build_case(replace(evidence, store=evidence.store.copy()))
        found = [f for f in findings_of(judge(self._rules, case)) if f.explained_by is None]
        self._tell(SoFar(tuple(self._clean(one) for one in found[:MOST_SO_FAR])))
        now = time.monotonic()
        self._next = now + max(FIRST_GLANCE, SELDOM * (now - begun))


class _Rows:
    """Hands rows on, up to a bound: soon at first, then in large pieces, each costs a copy.

    They are packed in a thread: that takes long, and the interpreter's lock for a moment only.
    """

    def __init__(self, tell: Callable[[Event], None], most_bytes: int, beside: Beside) -> None:
        self._tell, self._beside = tell, beside
        self._blocks: list[Block] = []
        self._height = self._left_out = 0
        self._room = most_bytes
        self._piece = FIRST_ROWS

    def put(self, block: Block) -> None:
        self._blocks.append(block)
        self._height += block.height
        if self._height >= self._piece:
            self._piece = min(2 * self._piece, ROWS_AT_ONCE)
            self.flush()

    def flush(self) -> None:
        if self._blocks:
            self._beside.run(partial(self._pack, self._blocks))
        self._blocks, self._height = [], 0

    def _pack(self, blocks: list[Block]) -> None:
        piece = None
        if self._room > 0:
            piece = pack(blocks)
            self._room -= piece.bytes_kept
        else:
            self._left_out += sum(block.height for block in blocks)
        self._tell(Rows(piece, self._left_out))


def _cards(rules: RuleSet) -> tuple[RuleCard, ...]:
    ordered = sorted(rules.rules, key=lambda r: r.id)
    return tuple(RuleCard(r.id, r.title, r.kind, r.area, r.severity, r.path) for r in ordered)
