"""One member of a log format, sifted: the lines that its parser must see, the rest counted."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arclogs.ingest.interface import Elided
from arclogs.ingest.text.clock import Clock
from arclogs.scan.chunks import CHUNK_BYTES, at_line_ends
from arclogs.scan.lines import Lines
from arclogs.scan.marks import Marker
from arclogs.scan.plan import Planner, Skip
from arclogs.scan.probes import Role
from arclogs.scan.stamps import Run, Stamps
from arclogs.stopwatch import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.ingest.text.lines import LineReader
    from arclogs.model.record import Record
    from arclogs.scan.engines import Engine, Marks, PolarsEngine
    from arclogs.scan.plan import Read
    from arclogs.scan.shapes import Shape
    from arclogs.stopwatch import Stopwatch

OFTEN: Final = 256
"""Records of one and the same text that are made; more than any of them is kept (`case.records`)."""
_TEXTS: Final = 4096
"""Texts that are told apart."""


_NONE: Final = Counter[str]()


@dataclass(slots=True)
class _Skipped:
    """A run of dull lines."""

    first: int
    last: int
    run: Run
    repeats: Counter[str]


class Sift:
    """Feeds a parser and keeps account of what it is not fed."""

    def __init__(
        self,
        shape: Shape,
        engine: Engine,
        plain: PolarsEngine | None,
        pieces: Iterable[bytes],
        reader: LineReader,
        chunk_bytes: int = CHUNK_BYTES,
        watch: Stopwatch | None = None,
    ) -> None:
        self.clock = Clock()
        self.stepped: list[str] = []
        """What is to be noted of the clock, seen in lines that the parser did not see."""
        self._shape = shape
        self._watch = watch
        self._reader = reader
        self._chunks = at_line_ends(reader.pieces(pieces), chunk_bytes, reader.limit + 1)
        self._marker = Marker(shape, engine, plain)
        self._number = 1
        self._planner = Planner(glued=shape.layout.glued)
        self._like: Record | None = None
        self._typical: deque[int] = deque()
        self._skipped: deque[_Skipped] = deque()
        self._pending: _Skipped | None = None
        self._texts: dict[int, str] = {}
        self._first_of: dict[str, Record] = {}
        self._seen: dict[Role, Counter[str]] = {Role.HOT: Counter(), Role.FIELDS: Counter()}

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yield the lines for the parser, each with its number."""
        for chunk in self._chunks:
            with stage(self._watch, "scan"):
                lines = Lines(self._reader.without_nul(chunk), self._shape)
                marks = self._marker.marks(lines)
                often = self._often(lines, marks)
                steps = list(self._planner.plan(len(lines), marks))
                spans = [(step.first, step.end) for step in steps if isinstance(step, Skip)]
                stamps = Stamps(lines, self._shape, marks) if spans else None
                runs = stamps.runs(spans, self._number) if stamps is not None else []
            yield from self._read(lines, marks, steps, often, iter(runs))
            self._number += len(lines)

    def take(self, record: Record) -> Iterator[Record | Elided]:
        """Yield a record that the parser made, and before it what was skipped on the way to it."""
        yield from self._before(record.line)
        typical = self._typical
        while typical and typical[0] < record.line:
            typical.popleft()
        if typical and typical[0] == record.line:
            self._like = record
        text = self._texts.pop(record.line, None)
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
        marks: Marks,
        steps: Iterable[Read | Skip],
        often: Mapping[int, str],
        runs: Iterator[Run],
    ) -> Iterator[tuple[int, str]]:
        places = list(often)
        for step in steps:
            if isinstance(step, Skip):
                inside = places[bisect_left(places, step.first) : bisect_left(places, step.end)]
                repeats = Counter([often[row] for row in inside]) if inside else _NONE
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

    def _often(self, lines: Lines, marks: Marks) -> dict[int, str]:
        """Take off the marks of hot lines whose text was read often enough; return those texts."""
        if len(self._shape.layout.sources) > 1:  # the same text may be another program's
            return {}
        often: dict[int, str] = {}
        for role, seen in self._seen.items():
            rows = sorted(row for row, marked in marks.items() if marked is role)
            for row, text in zip(rows, self._likeness(lines, rows, role)):
                if text is None or (text not in seen and len(seen) >= _TEXTS):
                    continue
                if seen[text] >= OFTEN:
                    often[row] = text
                    del marks[row]
                elif row + 1 < len(lines) and marks.get(row + 1) is not Role.CONTEXT:
                    # The next line starts a record, so this one is alone in its own.
                    seen[text] += 1
                    self._texts[self._number + row] = text
        return dict(sorted(often.items()))

    def _likeness(self, lines: Lines, rows: Sequence[int], role: Role) -> Sequence[str | None]:
        """Return of each row what is the same for all records that rules cannot tell apart."""
        if not rows:
            return ()
        text = self._shape.layout.text
        if role is Role.HOT and text:
            return lines.extract(rows, text)
        rests = lines.behind(rows, self._shape)
        return rests if role is Role.HOT else [f"\0{rest}" for rest in rests]
