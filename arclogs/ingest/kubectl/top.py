"""Output of `kubectl top`: what pods, containers and nodes use.

    NAMESPACE     NAME                           CPU(cores)   MEMORY(bytes)
    arc-runners   linux-k8s-7hx2q-runner-w9k4d   12m          143Mi
    NAME          CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)

Written by kubectl `pkg/metricsutil/metrics_printer.go`; up to 1.32 the shares are called `CPU%` and
`MEMORY%`. With `--containers` the pod stands in a column of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.objects.object_text import KnownLines, Path
from arclogs.ingest.tables.columns import read_header
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.tables.columns import Header, Row
    from arclogs.model.location import Location

_HEADER = lazy_compile(r"(?:NAMESPACE\s+)?(?:POD\s+)?NAME\s+CPU\(cores\)\s+")
_NAME = lazy_compile(r"[a-z0-9][a-z0-9.-]{0,252}")
_AMOUNT = lazy_compile(r"\d+(?:m|n|[KMGT]i?)?|<unknown>")
_HEAD_LINES = 5
_COLUMNS = {
    "CPU(CORES)": "cpu",
    "MEMORY(BYTES)": "memory",
    "CPU%": "cpuPercent",
    "CPU(%)": "cpuPercent",
    "MEMORY%": "memoryPercent",
    "MEMORY(%)": "memoryPercent",
}


class KubectlTop:
    """Parser of `kubectl top`."""

    name = "kubectl-top"

    def sniff(self, head: Head) -> int:
        """Look for the header with CPU(cores), which no other table has."""
        lines = [line for line in head.lines if line and not line.isspace()]
        return 96 if any(_HEADER.match(strip_ansi(line)) for line in lines[:_HEAD_LINES]) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        book = Notebook(block.member)
        header: Header | None = None
        found: dict[tuple[str, str | None], _Usage] = {}
        for index, raw in enumerate(block.lines):
            text = strip_ansi(raw)
            if _HEADER.match(text):
                header = read_header(text)
            elif is_error(text):
                yield read_error(text, block.at(index), book)
            elif text.strip() and not is_warning(text):
                row = header.row(text) if header is not None else None
                if row is None or not _take(row, found, block.at(index), raw):
                    yield Unparsed(block.at(index), "no row of kubectl top")
        for usage in found.values():
            yield usage.observation()
        yield from book.notes()


class _Usage(Struct):
    """What one pod or node uses."""

    kind: str
    name: str
    namespace: str | None
    place: Location
    fields: dict[str, Any]
    lines: dict[Path, tuple[int, str]] = field(default_factory=dict)

    def observation(self) -> Observation:
        metadata = {"name": self.name}
        if self.namespace:
            metadata["namespace"] = self.namespace
        return Observation(
            self.kind,
            self.name,
            self.namespace,
            {"metadata": metadata, **self.fields},
            Trust.TABLE,
            self.place,
            locator=KnownLines(self.lines),
        )


def _take(row: Row, found: dict[tuple[str, str | None], _Usage], place: Location, raw: str) -> bool:
    """Take in a row; False for a line that is none. Rows of one pod's containers go together."""
    cells = row.cells
    name, namespace = cells.get("POD") or cells["NAME"], cells.get("NAMESPACE") or None
    if _NAME.fullmatch(name) is None or _AMOUNT.fullmatch(cells["CPU(CORES)"]) is None:
        return False
    kind = "NodeMetrics" if "CPU%" in cells or "CPU(%)" in cells else "PodMetrics"
    usage = {
        key: cells[column]
        for column, key in _COLUMNS.items()
        if cells.get(column) and cells[column] != "<unknown>"
    }
    known = found.setdefault((name, namespace), _Usage(kind, name, namespace, place, {}))
    known.lines.setdefault(("metadata", "name"), (place.line, raw))
    path: Path = ("usage",)
    if "POD" in cells:
        containers = known.fields.setdefault("containers", [])
        path = ("containers", len(containers), "usage")
        containers.append({"name": cells["NAME"], "usage": usage})
    else:
        known.fields["usage"] = usage
    known.lines |= {(*path, key): (place.line, raw) for key in usage}
    return True
