"""Output of `kubectl get`: one table, or several with blank lines between.

    NAMESPACE     NAME                               READY   STATUS    RESTARTS   AGE
    arc-runners   pod/linux-k8s-7hx2q-runner-m2v7c   1/1     Running   0          46m
    No resources found in arc-runners namespace.

Tables are made by the API server (Kubernetes `pkg/printers/internalversion/printers.go`, the CRDs'
`additionalPrinterColumns`) and printed by k8s.io/cli-runtime.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.kubectl.options import Asked, asked
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.tables.columns import Header, is_upper_case_header, read_header
from arclogs.ingest.tables.event_rows import EventReader, Involved, event_header, is_event_table
from arclogs.ingest.tables.rows import TableSection, scope
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.passages import passages
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Collected, Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.model.location import Location

NOTHING = lazy_compile(r"No (?:resources|events) found(?: in (\S+) namespace)?\.?$")
# Tables that start as ours do: helm ls, kubectl api-resources, kubectl top, helm history.
_FOREIGN = ({"REVISION", "CHART"}, {"SHORTNAMES", "APIVERSION"}, {"CPU(CORES)"}, {"DESCRIPTION"})
_HEAD_LINES = 3
_MOST_HELD = 20_000
"""Rows that wait for a later one of the same object."""


class TableParser:
    """Reads the tables of `kubectl get`, event tables among them."""

    @property
    def name(self) -> str:
        return "tables"

    def sniff(self, head: Head) -> int:
        """Look for a header of columns in capitals that begins with NAME or NAMESPACE."""
        return sniff_tables(head, events=False)

    def parse(self, block: Block) -> Iterator[Item]:
        """Yield an observation for each row and what each table proves to be all there is."""
        yield from read_tables(block)


class EventSection:
    """Reads the rows below an event table's header."""

    def __init__(self, header: Header, location: Location, command: Asked | None) -> None:
        namespace = command.namespace if command is not None else None
        self._reader = EventReader(header, Involved(namespace=namespace))
        self._listed = "NAMESPACE" in header.names
        self._location = location
        self._command = command

    @property
    def whole(self) -> bool:
        return self._reader.whole

    def feed(self, text: str, location: Location) -> Iterator[Item]:
        """Take the next line."""
        yield from self._reader.feed(text, location)

    def finish(self) -> Iterator[Item]:
        """Yield the last event and what the table proves."""
        yield from self._reader.finish()
        partial = self._command is not None and self._command.partial
        known, namespace = scope("Event", self._command, listed=self._listed)
        if known and self.whole and not partial:
            yield Collected("Event", namespace, self._location, Trust.TABLE)


def sniff_tables(head: Head, *, events: bool) -> int:
    """Return how sure it is that the first table is one of events, or of other objects."""
    before = 0
    for line in head.lines:
        text = strip_ansi(line)
        if not text.strip():
            continue
        if table_header(text) is not None:
            fits = (event_header(text) is not None) is events
            return (95 if before < _HEAD_LINES else 40) if fits else 0
        if NOTHING.match(text):
            command = asked(head.command)
            about_events = "events" in text or (command is not None and "Event" in command.kinds)
            return 60 if about_events is events else 0
        before += not (is_error(text) or is_warning(text))
    return 0


def table_header(text: str) -> Header | None:
    """Return the header of a table that kubectl prints, or None."""
    if not is_upper_case_header(text):
        return None
    header = read_header(text)
    if header is None or any(foreign <= set(header.names) for foreign in _FOREIGN):
        return None
    return header if "NAME" in header.names or event_header(text) is not None else None


def read_tables(block: Block) -> Iterator[Item]:
    """Yield the contents of all tables of a block, whatever they list."""
    return passages(_read(block))


def _read(block: Block) -> Iterator[Item]:
    output = _Output(block.command)
    book = Notebook(block.member)
    for index, raw in enumerate(_unpadded(block.lines)):
        location, text = block.at(index), strip_ansi(raw)
        header = table_header(text)
        if header is not None:
            yield from output.start(header, location)
        elif is_error(text):
            output.failed = True
            yield read_error(text, location, book)
        elif (nothing := NOTHING.match(text)) is not None:
            output.nothing = (nothing[1], location)
        elif not is_warning(text):
            yield from output.feed(text, location)
    yield from output.finish()
    yield from book.notes()


def _unpadded(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, the last without blanks at its end: the cell behind them may have been cut off."""
    last: str | None = None
    for line in lines:
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last.rstrip()


class _Output:
    """The output of one command."""

    def __init__(self, command: str | None) -> None:
        self.command = asked(command)
        self.failed = False
        """kubectl reported an error, so kinds may be missing."""
        self.nothing: tuple[str | None, Location] | None = None
        """The namespace that `No resources found` names, and where."""
        self._section: TableSection | EventSection | None = None
        self._columns: tuple[str, ...] = ()
        self._held: dict[object, Item] = {}
        """Of each object the last row: with `-w`, or asked for again and again, that one counts."""
        self._first: Location | None = None
        self._proven: set[str] = set()

    def start(self, header: Header, location: Location) -> Iterator[Item]:
        """Take the header of the next table."""
        self._end_table()
        if header.names != self._columns:
            yield from self._flush()
        self._columns = header.names
        self._first = self._first or location
        kind = EventSection if is_event_table(header) else TableSection
        self._section = kind(header, location, self.command)

    def feed(self, text: str, location: Location) -> Iterator[Item]:
        """Take a line that may be a row."""
        if self._section is not None:
            for item in self._section.feed(text, location):
                self._hold(item)
            if len(self._held) >= _MOST_HELD:
                yield from self._flush()
        elif text.strip():
            yield Unparsed(location, "no header of a kubectl table above this line")

    def finish(self) -> Iterator[Item]:
        """Yield what the output as a whole proves: kinds without a row have no object."""
        self._end_table()
        yield from self._flush()
        place = self.nothing[1] if self.nothing is not None else self._first
        if self.command is None or self.command.partial or self.failed or place is None:
            return
        for kind in self.command.kinds:
            known, namespace = scope(kind, self.command, listed=False)
            if self.nothing is not None and self.nothing[0] is not None:
                known, namespace = True, self.nothing[0]
            if known and kind not in self._proven:
                yield Collected(kind, namespace, place, Trust.TABLE)

    def _hold(self, item: Item) -> None:
        if not isinstance(item, Observation):
            self._held[object()] = item
            return
        key = (item.kind, item.namespace, item.name)
        self._held.pop(key, None)
        if item.fields.get("watched") != "DELETED":
            self._held[key] = item

    def _flush(self) -> Iterator[Item]:
        yield from self._held.values()
        self._held = {}

    def _end_table(self) -> None:
        if self._section is None:
            return
        for item in self._section.finish():
            if isinstance(item, Collected):
                self._proven.add(item.kind)
            self._hold(item)
        self.failed = self.failed or not self._section.whole
        self._section = None
