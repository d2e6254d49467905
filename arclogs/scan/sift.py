"""One member of a log format, sifted: the lines that its parser must see, the rest counted."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arclogs.ingest.interface import Elided
from arclogs.ingest.text.clock import Clock
from arclogs.scan.chunks import CHUNK_BYTES, at_line_ends
from arclogs.scan.lines.lines import Lines
from arclogs.scan.lines.stamps import Run, Stamps
from arclogs.scan.marks import Marker
from arclogs.scan.often import Often
from arclogs.scan.plan import Planner, Skip
from arclogs.stopwatch import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.ingest.text.lines import LineReader
    from arclogs.model.record import Record
    from arclogs.scan.engines.interface import Engine
    from arclogs.scan.lines.looks import Looks
    from arclogs.scan.often import Text
    from arclogs.scan.plan import Read
    from arclogs.stopwatch import Stopwatch

_NONE: Final[Counter[Text]] = Counter()


@dataclass(slots=True)
class _Skipped:
    """A run of dull lines."""

    first: int
    last: int
    run: Run
    repeats: Counter[Text]


class Sift:
    """Feeds a parser and keeps account of what it is not fed."""

    def __init__(
        self,
        looks: Looks,
        engine: Engine,
        pieces: Iterable[bytes],
        reader: LineReader,
        chunk_bytes: int = CHUNK_BYTES,
        watch: Stopwatch | None = None,
    ) -> None:
        self.clock = Clock()
        self.stepped: list[str] = []
        """What is to be noted of the clock, seen in lines that the parser did not see."""
        shape = looks.shape
        self._watch = watch
        self._reader = reader
        self._chunks = at_line_ends(reader.pieces(pieces), chunk_bytes, reader.limit + 1)
        self._looks = looks
        self._marker = Marker(shape, engine)
        self._number = 1
        self._planner = Planner(glued=shape.layout.glued)
        self._like: Record | None = None
        self._typical: deque[int] = deque()
        self._skipped: deque[_Skipped] = deque()
        self._pending: _Skipped | None = None
        self._often = Often(shape)
        self._first_of: dict[Text, Record] = {}

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yield the lines for the parser, each with its number."""
        for chunk in self._chunks:
            with stage(self._watch, "scan"):
                lines = Lines(self._reader.without_nul(chunk), self._looks)
                if not len(lines):
                    continue
                roles = self._marker.roles(lines)
                often = self._often.take_off(lines, roles, self._number)
                steps = list(self._planner.plan(roles))
                spans = [(step.first, step.end) for step in steps if isinstance(step, Skip)]
                runs = Stamps(lines, roles).runs(spans, self._number) if spans else []
            yield from self._read(lines, steps, *often, iter(runs))
            self._number += len(lines)

    def take(self, record: Record) -> Iterator[Record | Elided]:
        """Yield a record that the parser made, and before it what was skipped on the way to it."""
        yield from self._before(record.line)
        typical = self._typical
        while typical and typical[0] < record.line:
            typical.popleft()
        if typical and typical[0] == record.line:
            self._like = record
        text = self._often.read.pop(record.line, None)
        if text is not None:
            self._first_of.setdefault(text, record)
        yield record

    def rest(self) -> Iterator[Elided]:
        """Yield what was skipped after the last record."""
        yield from self._before(self._number + 1)

    def _before(self, number: int) -> Iterator[Elided]:
        while self._skipped and self._skipped[0].first < number:
            skipped = self._skipped.popleft()
            assert self._like is not None  # the plan has a typical line read before any is skipped
            repeats = tuple((self._first_of[text], n) for text, n in skipped.repeats.items())
            count = skipped.last - skipped.first + 1
            run = skipped.run
            yield Elided(self._like, count, skipped.last, run.stamps(), repeats, run)

    def _read(
        self,
        lines: Lines,
        steps: Iterable[Read | Skip],
        often: Sequence[int],
        texts: Sequence[Text],
        runs: Iterator[Run],
    ) -> Iterator[tuple[int, str]]:
        for step in steps:
            if isinstance(step, Skip):
                inside = slice(bisect_left(often, step.first), bisect_left(often, step.end))
                repeats = Counter(texts[inside]) if inside.start < inside.stop else _NONE
                number = self._number
                skipped = _Skipped(number + step.first, number + step.end - 1, next(runs), repeats)
                self._skipped.append(skipped)
                self._pending = skipped
                continue
            number = self._number + step.row
            if step.typical:
                self._typical.append(number)
            yield number, self._reader.line(lines.bytes_of(step.row))
            self._settle()

    def _settle(self) -> None:
        """Let the clock see the run before the line that the parser has just read.

        By then the record before the run is closed, and the clock has seen it.
        """
        pending, self._pending = self._pending, None
        if pending is not None:
            stepped = pending.run.pass_by(self.clock)
            if stepped is not None:
                self.stepped.append(stepped)
