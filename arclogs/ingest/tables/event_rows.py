"""Rows of an event table, in every spelling of kubectl.

    Type     Reason   Age                  From     Message                       describe
    LAST SEEN   TYPE      REASON   OBJECT      MESSAGE                            get events
    LAST SEEN             TYPE     REASON    OBJECT      MESSAGE                  events
    7m16s (x4 over 10m)   Normal   Pulling   Pod/w9k4d   Pulling image "x"

Written by kubectl `pkg/describe` (DescribeEvents), kubectl `pkg/cmd/events` and, for `get events`, by
the API server (`pkg/printers/internalversion`). A message with line breaks goes on in the following
lines, from column 0 and without any mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.kinds import kind_of
from arclogs.ingest.tables.columns import Header, read_header
from arclogs.ingest.text.timestamps import parse_age
from arclogs.lazy_regex import lazy_compile
from arclogs.model.event import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from arclogs.model.location import Location

_AGE = r"(?:(?:\d{1,9}[ydhms]){1,5}|<unknown>|<invalid>)"
_AGE_CELL = lazy_compile(rf"({_AGE})(?: \(x(\d{{1,9}}) over ({_AGE})\))?")
_CUT_DESCRIBE_ROW = lazy_compile(r"\s+(?:Normal|Warning)(?:\s|$)")
_CUT_TABLE_ROW = lazy_compile(rf"(?:\S+\s+)?{_AGE}(?:\s|$)")
# kubectl 1.35 puts the container in front: spec.containers{runner}: Created container: runner
_FIELD_PATH = lazy_compile(r"spec\.(?:c|initC|ephemeralC)ontainers\{[^}]*\}: ")
_MESSAGE_LINES = 400
_LAST = ("AGE", "LAST SEEN", "LASTSEEN")
_FIRST = ("FIRST SEEN", "FIRSTSEEN")
_FROM = ("FROM", "SOURCE")
_PLACED = lazy_compile(
    r"\sScheduled\s.*\sSuccessfully assigned ([a-z0-9-]{1,63})/([a-z0-9][a-z0-9.-]{0,252}) to \S"
)
_OF_PODS = lazy_compile(
    r"\s+(?:Normal|Warning)\s+(?:Scheduled|FailedScheduling|NotTriggerScaleUp|TriggeredScaleUp|Pulling|Pulled"
    r"|Created|Started|Killing|FailedMount|FailedAttachVolume|FailedCreatePodSandBox)\s"
)


class Involved(Struct, frozen=True):
    """The object that events are about whose table does not say."""

    kind: str | None = None
    name: str | None = None
    namespace: str | None = None


def involved_pod(rows: Iterable[str]) -> Involved:
    """Return the pod that the rows of one object's events speak of, so far as they tell.

    Where only the events of a description were pasted, the scheduler's row names the pod.
    """
    placed: set[tuple[str, str]] = set()
    pod = False
    for row in rows:
        pod = pod or _OF_PODS.match(row) is not None
        if (match := _PLACED.search(row)) is not None:
            placed.add((match[1], match[2]))
    if len(placed) == 1:
        namespace, name = placed.pop()
        return Involved("Pod", name, namespace)
    return Involved("Pod") if pod else Involved()


class EventRow(Struct, frozen=True):
    """One row, cut and checked."""

    cells: dict[str, str]
    last: str
    count: int
    first: str


class _Draft(Struct):
    """An event whose message may go on in the next line."""

    row: EventRow
    location: Location
    raw: str
    more: list[str] = field(default_factory=list)


class EventReader:
    """Reads the lines below one event table's header."""

    def __init__(self, header: Header, involved: Involved) -> None:
        self.header = header
        self.involved = involved
        self.cut = False
        """The last line was the beginning of a row."""
        self.whole = True
        """All lines were read."""
        self._draft: _Draft | None = None
        self._gap = False
        """A blank line came after the last row: foreign text from here on is no message."""

    def feed(self, text: str, location: Location) -> Iterator[Event | Unparsed]:
        """Take the next line; yield what it completes."""
        if not text.strip():
            self._gap = True
            return
        if not text.strip(" -"):
            return
        self.cut = False
        row = event_row(self.header, text)
        if row is not None:
            yield from self.finish()
            self._draft = _Draft(row, location, text)
            self._gap = False
        elif starts_like_row(self.header, text):
            self.cut, self.whole = True, False
            yield Unparsed(location, "row of the event table is cut")
        elif self._gap or self._draft is None:
            self.whole = self.whole and self._gap
            yield Unparsed(location, "no row of the event table")
        elif len(self._draft.more) < _MESSAGE_LINES:
            self._draft.more.append(text)

    def finish(self) -> Iterator[Event]:
        """Yield the event whose message has come to its end, if there is one."""
        if self._draft is not None:
            yield _event(self._draft, self.involved)
        self._draft = None


def event_header(line: str) -> Header | None:
    """Return the header if the line is one of an event table."""
    if "Reason" not in line and "REASON" not in line:
        return None
    header = read_header(line)
    return header if header is not None and is_event_table(header) else None


def is_event_table(header: Header) -> bool:
    """Tell whether the columns are those of events."""
    names = set(header.names)
    return names >= {"TYPE", "REASON", "MESSAGE"} and not names.isdisjoint(_LAST)


def event_row(header: Header, line: str) -> EventRow | None:
    """Return the row; None where the line is none, but may belong to the message above."""
    row = header.row(line)
    if row is None:
        return None
    cells = row.cells
    last = next(cells[name] for name in _LAST if name in cells)
    match = _AGE_CELL.fullmatch(last)
    if match is None or not cells["REASON"] or not cells["TYPE"].isalpha():
        return None
    # An empty message is padded up to its column; a row that ends before was cut.
    if not cells["MESSAGE"] and len(line) < header.starts[header.names.index("MESSAGE")]:
        return None
    printed = next((cells[name] for name in _FIRST if name in cells), None)
    count = match[2] or cells.get("COUNT", "")
    # describe and `kubectl events` print a count unless it is 1; `get events` never does.
    once = last if cells.get("OBJECT", "")[:1].isupper() or "AGE" in cells else ""
    first = match[3] or printed or once
    return EventRow(cells, match[1], int(count) if count.isdecimal() else 1, first)


def starts_like_row(header: Header, line: str) -> bool:
    """Tell whether a line that is no whole row begins as one, which means that it was cut."""
    if "AGE" not in header.names:
        return _CUT_TABLE_ROW.match(line[:400]) is not None
    word = line.strip()
    cut_word = line[:1] == " " and ("Normal".startswith(word) or "Warning".startswith(word))
    return cut_word or _CUT_DESCRIBE_ROW.match(line[:400]) is not None


def _event(draft: _Draft, involved: Involved) -> Event:
    cells = draft.row.cells
    message = "\n".join([cells["MESSAGE"], *draft.more]).rstrip()
    kind, name = _object(cells, involved)
    source = next((cells[key] for key in _FROM if cells.get(key)), "")
    return Event(
        location=draft.location,
        raw=draft.raw,
        reason=cells["REASON"],
        message=_FIELD_PATH.sub("", message, count=1) if message[:5] == "spec." else message,
        type=cells["TYPE"],
        namespace=cells.get("NAMESPACE") or involved.namespace,
        kind=kind,
        name=name,
        component=source.partition(",")[0] or None,
        count=draft.row.count,
        first_age=_age(draft.row.first),
        last_age=_age(draft.row.last),
    )


def _object(cells: dict[str, str], involved: Involved) -> tuple[str | None, str | None]:
    kind, slash, name = cells.get("OBJECT", "").partition("/")
    if slash:
        return (kind_of(kind) or kind.capitalize() if kind.islower() else kind), name
    if "KIND" in cells and cells.get("NAME"):  # kubectl before 1.13: pod-name.15a0b1c2d3e4f567
        return cells["KIND"], cells["NAME"].rpartition(".")[0] or cells["NAME"]
    return involved.kind, involved.name


def _age(text: str) -> timedelta | None:
    return parse_age(text) if text else None
