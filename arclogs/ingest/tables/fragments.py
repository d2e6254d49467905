"""Rows of `kubectl get` whose header was left behind: `grep`, `--no-headers`, a line in a ticket.

    linux-k8s-7hx2q-runner-w9k4d            0/1   ImagePullBackOff   0     10m
    arc-runners  linux-k8s-7hx2q-runner-m2v7c  1/1  Running  3 (5m2s ago)  48m  10.42.3.17  node-1 …
    Warning  Failed  15s (x3 over 60s)  kubelet  Failed to pull image "x": …      off a description
    5m58s   Warning   FailedMount   pod/linux-k8s-7hx2q-runner-w9k4d   MountVolume.SetUp failed …

Columns: those of `table_kinds`. Only shapes that no other kind has are read, or those of the kind that
the command names; a row that others may have been filtered out beside proves nothing of what is absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.kubectl.options import asked
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.tables.columns import Header, Row
from arclogs.ingest.tables.event_rows import EventReader, Involved, involved_pod
from arclogs.ingest.tables.rows import TableSection
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Collected

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Block, Head, Item

_AGE = r"(?:\d{1,6}[ydhms]){1,2}"
_SEEN = rf"{_AGE}(?: \(x\d+ over {_AGE}\))?"
_NAMED = r"(?:(?P<NAMESPACE>[a-z0-9-]{1,63})\s+)?(?P<NAME>[a-z0-9][a-z0-9./:-]{0,252})\s+"
_READY = r"(?P<READY>\d+/\d+)\s+"


def _shape(columns: str, pattern: str) -> _Shape:
    names = tuple(name.replace("_", " ") for name in columns.split())
    return _Shape(names, tuple(0 for _ in names), lazy_compile(pattern))


class _Shape(Header, frozen=True):
    """A header that was not printed: its rows are known by their form."""

    pattern: re.Pattern[str]

    def row(self, line: str) -> Row | None:
        match = self.pattern.fullmatch(line.strip())
        if match is None:
            return None
        cells = {key.replace("_", " "): value or "" for key, value in match.groupdict().items()}
        return Row(
            {name: cells[name] for name in self.names if cells.get(name) or name != "NAMESPACE"}
        )


_POD = _shape(
    "NAMESPACE NAME READY STATUS RESTARTS AGE IP NODE",
    rf"{_NAMED}{_READY}(?P<STATUS>[A-Z][\w:/]+)\s+(?P<RESTARTS>\d+(?: \({_AGE} ago\))?)\s+"
    rf"(?P<AGE>{_AGE})(?:\s+(?P<IP>[\d.a-f:]+|<none>)\s+(?P<NODE>\S+)(?:\s+\S+\s+\S+)?)?",
)
_EVENT = _shape(
    "NAMESPACE LAST_SEEN TYPE REASON OBJECT MESSAGE",
    rf"(?:(?P<NAMESPACE>[a-z0-9-]{{1,63}})\s+)?(?P<LAST_SEEN>{_SEEN})\s+(?P<TYPE>Normal|Warning)\s+"
    r"(?P<REASON>[A-Z]\w+)\s+(?P<OBJECT>[A-Za-z.]+/\S+)\s+(?P<MESSAGE>\S.*)",
)
# The events of one object, off the end of its description.
_TOLD = _shape(
    "TYPE REASON AGE FROM MESSAGE",
    r"(?P<TYPE>Normal|Warning)\s+(?P<REASON>[A-Z]\w+)\s+"
    rf"(?P<AGE>{_SEEN})\s+(?P<FROM>kubelet|default-scheduler|attachdetach-controller)(?:, \S+)?\s+"
    r"(?P<MESSAGE>\S.*)",
)
# Kinds with rows that others could have as well: only where the command names the kind.
_BY_KIND = {
    "ServiceAccount": _shape(
        "NAMESPACE NAME SECRETS AGE", rf"{_NAMED}(?P<SECRETS>\d+)\s+(?P<AGE>{_AGE})"
    ),
    "Role": _shape("NAMESPACE NAME CREATED_AT", rf"{_NAMED}(?P<CREATED_AT>\d{{4}}-\d\d-\d\dT\S+Z)"),
    "RoleBinding": _shape(
        "NAMESPACE NAME ROLE AGE", rf"{_NAMED}(?P<ROLE>(?:Cluster)?Role/\S+)\s+(?P<AGE>{_AGE})"
    ),
    "Secret": _shape(
        "NAMESPACE NAME TYPE DATA AGE",
        rf"{_NAMED}(?P<TYPE>[A-Za-z][\w./-]+)\s+(?P<DATA>\d+)\s+(?P<AGE>{_AGE})",
    ),
    "Deployment": _shape(
        "NAMESPACE NAME READY AGE",
        rf"{_NAMED}{_READY}\d+\s+\d+\s+(?P<AGE>{_AGE})",
    ),
    "Node": _shape(
        "NAME STATUS ROLES AGE VERSION",
        r"(?P<NAME>[a-z0-9][a-z0-9.-]{0,252})\s+(?P<STATUS>(?:Not)?Ready\S*)\s+(?P<ROLES>\S+)\s+"
        rf"(?P<AGE>{_AGE})\s+(?P<VERSION>v\d\S+)(?:\s.*)?",
    ),
    "PersistentVolumeClaim": _shape(
        "NAMESPACE NAME STATUS VOLUME CAPACITY ACCESS_MODES STORAGECLASS AGE",
        rf"{_NAMED}(?P<STATUS>Bound|Lost|Terminating)\s+(?P<VOLUME>\S+)\s+(?P<CAPACITY>\d\S*)\s+"
        rf"(?P<ACCESS_MODES>R\S+)\s+(?P<STORAGECLASS>\S+)(?:\s+<unset>)?\s+(?P<AGE>{_AGE})(?:\s.*)?",
    ),
}
_SURE = (
    _POD,
    _EVENT,
    _TOLD,
    _BY_KIND["Node"],
    _BY_KIND["PersistentVolumeClaim"],
    _BY_KIND["RoleBinding"],
)
# One of these stands in every row of the sure shapes.
_WORDS = ("/", "Normal", "Warning", "Ready", "Bound", "Lost", "Terminating")


class TableFragment:
    """Parser of rows without a header."""

    name = "table-rows"

    def sniff(self, head: Head) -> int:
        """Claim a block all of whose lines are rows of one kind."""
        return 70 if _shape_of(_rows(head.lines), head.command) is not None else 0

    def parse(self, block: Block) -> Iterator[Item]:
        lines = list(block.lines)
        rows = _rows(lines)
        shape = _shape_of(rows, block.command)
        book = Notebook(block.member)
        reader = None if shape is None else _reader(shape, block, rows)
        for index, raw in enumerate(lines):
            text, place = strip_ansi(raw), block.at(index)
            if is_error(text):
                yield read_error(text, place, book)
            elif text.strip(" -") and not is_warning(text) and reader is not None:
                yield from reader.feed(text, place)
            elif text.strip() and reader is None:
                yield Unparsed(place, "no row of a kubectl table")
        if isinstance(reader, EventReader):
            yield from reader.finish()
        elif reader is not None:
            yield from (item for item in reader.finish() if not isinstance(item, Collected))
        yield from book.notes()


def _rows(lines: Iterable[str]) -> list[str]:
    """Return the lines that must be rows: what kubectl says of itself is none."""
    texts = (strip_ansi(line) for line in lines)
    shown = (text for text in texts if text.strip(" -"))  # a header's rule may be left of it
    return [text for text in shown if not is_error(text) and not is_warning(text)]


def _shape_of(rows: list[str], command: str | None) -> _Shape | None:
    """Return the shape that all rows have."""
    wanted = asked(command)
    named = _BY_KIND.get(wanted.kind or "") if wanted is not None else None
    shapes = (*_SURE, *([named] if named is not None else ()))
    if not rows or (named is None and not any(word in rows[0] for word in _WORDS)):
        return None
    first = (shape for shape in shapes if shape.row(rows[0]) is not None)
    return next((shape for shape in first if all(map(shape.row, rows))), None)


def _reader(shape: _Shape, block: Block, rows: list[str]) -> TableSection | EventReader:
    command = asked(block.command)
    if shape is _EVENT:
        return EventReader(shape, Involved(namespace=command.namespace if command else None))
    if shape is _TOLD:  # these three speak of pods
        told = involved_pod(rows)
        namespace = (command.namespace if command else None) or told.namespace
        return EventReader(shape, Involved("Pod", told.name, namespace))
    return TableSection(shape, block.at(0), command)
