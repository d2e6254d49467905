"""Lines to records: what every log parser shares.

A parser turns a line that starts a message into a `Draft`; the `Desk` holds the one draft that is
still open, adds continuation lines to it and gives it back as a `Record` when the next one starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.text.clock import Clock
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from arclogs.ingest.interface import Block
    from arclogs.ingest.text.line import Line
    from arclogs.model.record import Level, Source

RECORD_LINES = 200
"""Lines of one record; a longer message goes on in a further record of the same program and time."""
RECORD_CHARS = 256 * 1024

_DETAILS_PER_CODE = 20


class Notebook:
    """Notes of one block, each said once."""

    def __init__(self, member: str) -> None:
        self.member = member
        self._said: dict[Code, dict[str, None]] = {}

    def once(self, code: Code, detail: str) -> None:
        """Note `detail` unless the block has a note of that code already."""
        if code not in self._said:
            self._said[code] = {detail: None}

    def each(self, code: Code, detail: str) -> None:
        """Note every different `detail` of a code, up to a bound."""
        details = self._said.setdefault(code, {})
        if len(details) < _DETAILS_PER_CODE:
            details[detail] = None

    def notes(self) -> Iterator[Note]:
        """Yield the notes in the order in which their codes came up."""
        for code, details in self._said.items():
            for detail in details:
                yield Note(self.member, code, detail)


class Draft:
    """A record that may still grow.

    `text` is the cleaned first line; `fields` is shared between drafts and never changed in place.
    """

    __slots__ = (
        "fields",
        "level",
        "line",
        "logger",
        "more",
        "more_raw",
        "size",
        "source",
        "text",
        "timestamp",
    )

    def __init__(
        self,
        line: Line,
        source: Source,
        text: str,
        timestamp: datetime | None = None,
        level: Level | None = None,
        logger: str | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self.line = line
        self.source = source
        self.text = text
        self.timestamp = timestamp
        self.level = level
        self.logger = logger
        self.fields = line.origin if fields is None else fields
        self.more: list[str] = []
        self.more_raw: list[str] = []
        self.size = len(text)


class Desk:
    """Holds the open draft of one block and makes records of those that are done."""

    def __init__(self, block: Block) -> None:
        self.member = block.member
        self.book = Notebook(block.member)
        self.draft: Draft | None = None
        self._clock = block.clock or Clock()

    def start(self, draft: Draft) -> Record | None:
        """Open `draft` and return the record that was open before, if any."""
        before, self.draft = self.draft, draft
        return None if before is None else self._record(before)

    def adjoins(self, line: Line) -> bool:
        """Tell whether `line` is the next line of the member and of the same pod as the draft.

        Only such a line may be added: line *i* of a record must stand on line *i* after its first.
        """
        draft = self.draft
        return (
            draft is not None
            and line.number == draft.line.number + len(draft.more) + 1
            and line.origin is draft.line.origin
        )

    def add(self, line: Line, text: str) -> Record | None:
        """Add a continuation line that adjoins; return a record where the draft was full."""
        draft = self.draft
        if draft is None:
            return None
        if len(draft.more) >= RECORD_LINES - 1 or draft.size + len(text) > RECORD_CHARS:
            # Nothing is dropped: the rest is a record of its own, no second error.
            rest = Draft(
                line, draft.source, text, draft.timestamp, None, draft.logger, draft.fields
            )
            return self.start(rest)
        draft.more.append(text)
        draft.more_raw.append(line.raw)
        draft.size += len(text)
        return None

    def close(self) -> Iterator[Record | Note]:
        """Yield the last record and the notes of the block."""
        last, self.draft = self.draft, None
        record = None if last is None else self._record(last)
        if record is not None:
            yield record
        yield from self.book.notes()

    def _record(self, draft: Draft) -> Record | None:
        """Return the record, None for a stamp or header with nothing behind it."""
        text = draft.text
        raw: tuple[str, ...] = (draft.line.raw,)
        if draft.more:
            while draft.more and not draft.more[-1].strip():
                draft.more.pop()
            text = "\n".join((text, *draft.more))
            raw = (draft.line.raw, *draft.more_raw[: len(draft.more)])
        if not text or text.isspace():
            return None
        if draft.timestamp is not None:
            line = draft.line
            stepped = self._clock.see(draft.timestamp, line.number, line.origin)
            if stepped is not None:
                self.book.once(Code.TIME_UNORDERED, stepped)
        return Record(
            self.member,
            draft.line.number,
            draft.source,
            text,
            raw,
            draft.timestamp,
            draft.level,
            draft.logger,
            draft.fields,
        )


def assemble(
    desk: Desk,
    lines: Iterator[Line],
    start: Callable[[Line], Draft | None],
    continues: Callable[[Line], str | None],
    bare: Callable[[Line], Draft | None],
) -> Iterator[Record | Note]:
    """Yield the records of a log, then its notes.

    `start` reads a line that starts a message in the log's own format. `continues` is asked about
    any other line that adjoins the open draft, and returns what it adds to it or None. `bare` makes
    a draft of what is left, blank lines excepted, or drops it by None.
    """
    for line in lines:
        draft = start(line)
        if draft is None:
            more = continues(line) if desk.adjoins(line) else None
            if more is not None:
                record = desk.add(line, more)
            elif not line.text or line.text.isspace() or (draft := bare(line)) is None:
                continue
            else:
                record = desk.start(draft)
        else:
            record = desk.start(draft)
        if record is not None:
            yield record
    yield from desk.close()
