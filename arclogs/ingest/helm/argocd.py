"""Output of `argocd app get`: what an Application wants, how far that came, and what went wrong.

    Name:               argocd/linux-k8s
    Sync Status:        OutOfSync from 0.12.1
    Health Status:      Degraded
    Phase:              Failed
    Message:            one or more objects failed to apply, reason: CustomResourceDefinition … Too long

Written by argo-cd `cmd/argocd/commands/app.go` (printAppSummaryTable, printAppResources). Fields come in
the shape of the Application's YAML; words of a failure are records too, so that log signals see them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.object_text import KnownLines, Path
from arclogs.ingest.tables.columns import Header, read_header
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.prompts import command_of
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Observation, Trust
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.model.location import Location

_KEY = lazy_compile(r"(?:- |  )?([A-Z][A-Za-z ]{2,20}): *(.*)")
_TELLING = frozenset({"Project", "Sync Status", "Health Status", "Sync Policy", "SyncWindow"})
_CONDITIONS = lazy_compile(r"CONDITION\s+MESSAGE\s+LAST TRANSITION")
_CONDITION = lazy_compile(
    r"([A-Z]\w+)\s{2,}(.*?)\s{2,}(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+(?: \S+)?)\s*$"
)
_RESOURCES = lazy_compile(r"GROUP\s+KIND\s+NAMESPACE\s+NAME\s+STATUS\s+HEALTH\b")
_FIELDS: dict[str, Path] = {
    "Project": ("spec", "project"),
    "Server": ("spec", "destination", "server"),
    "Namespace": ("spec", "destination", "namespace"),
    "Repo": ("spec", "source", "repoURL"),
    "Target": ("spec", "source", "targetRevision"),
    "Path": ("spec", "source", "path"),
    "Sync Status": ("status", "sync", "status"),
    "Health Status": ("status", "health", "status"),
    "Sync Revision": ("status", "sync", "revision"),
    "Phase": ("status", "operationState", "phase"),
    "Message": ("status", "operationState", "message"),
    "Start": ("status", "operationState", "startedAt"),
    "Finished": ("status", "operationState", "finishedAt"),
}
_FAILED = frozenset({"Failed", "Error"})


class ArgoApplication:
    """Parser of `argocd app get`."""

    name = "argocd"

    def sniff(self, head: Head) -> int:
        """Look for keys that `kubectl describe` does not print at the left edge."""
        keys = {m[1] for line in head.lines[:40] if (m := _KEY.match(strip_ansi(line)))}
        return 97 if "Name" in keys and len(keys & _TELLING) >= 2 else 0

    def parse(self, block: Block) -> Iterator[Item]:
        app = _Application(block)
        for index, raw in enumerate(block.lines):
            if app.read(strip_ansi(raw), block.at(index), raw) or command_of(raw) is not None:
                continue
            if raw.strip():
                yield Unparsed(block.at(index), "no line of argocd app get")
        yield from app.items()


class _Application:
    """One Application while its lines are read."""

    def __init__(self, block: Block) -> None:
        self.place = block.at(0)
        self.name: str | None = None
        self.home: str | None = None
        self.fields: dict[str, Any] = {}
        self.lines: dict[Path, tuple[int, str]] = {}
        self.failures: list[tuple[Location, str, str]] = []
        self.table: Header | None = None
        self.conditions = False

    def read(self, text: str, place: Location, raw: str) -> bool:
        """Take in a line; False for one that is not understood."""
        if _CONDITIONS.match(text):
            self.conditions, self.table = True, None
            return True
        if _RESOURCES.match(text):
            self.conditions, self.table = False, read_header(text)
            return True
        if not text.strip():
            return True
        if self.table is not None:
            return self._resource(text, place, raw)
        if self.conditions:
            return self._condition(text, place, raw)
        match = _KEY.match(text)
        if match is None:
            return False
        self._field(match[1], match[2].strip(), place, raw)
        return True

    def items(self) -> Iterator[Item]:
        if self.name is None:
            return
        metadata = {"name": self.name, **({"namespace": self.home} if self.home else {})}
        yield Observation(
            "Application",
            self.name,
            self.home,
            {"metadata": metadata, **self.fields},
            Trust.DESCRIBE,
            self.place,
            locator=KnownLines(self.lines),
        )
        phase = self.fields.get("status", {}).get("operationState", {}).get("phase")
        for place, words, raw in self.failures:
            if phase in _FAILED or self.fields.get("status", {}).get("conditions"):
                yield Record(
                    place.member, place.line, Source.HELM, words, (raw,), None, Level.ERROR,
                    "argocd", {"application": self.name},
                )  # fmt: skip

    def _field(self, key: str, value: str, place: Location, raw: str) -> None:
        if key == "Name":
            home, slash, name = value.rpartition("/")
            self.name, self.home = name or None, home if slash else None
            self.place = place
        elif key in _FIELDS and value:
            path = _FIELDS[key]
            if key == "Sync Status":
                value = value.partition(" ")[0]
            if key in ("Start", "Finished"):
                time = parse_timestamp(value)
                value = f"{time:%Y-%m-%dT%H:%M:%SZ}" if time is not None else value
            self._put(path, value, place, raw)
            if key == "Message":
                self.failures.append((place, value, raw))

    def _condition(self, text: str, place: Location, raw: str) -> bool:
        match = _CONDITION.match(text)
        if match is None:
            return False
        kind, message, _ = match.groups()
        listed = self.fields.setdefault("status", {}).setdefault("conditions", [])
        self.lines["status", "conditions", len(listed)] = (place.line, raw)
        listed.append({"type": kind, "message": message})
        if kind.endswith(("Error", "Warning")):
            self.failures.append((place, message, raw))
        return True

    def _resource(self, text: str, place: Location, raw: str) -> bool:
        # Core kinds have no group: the row begins with blanks, which no table of kubectl's does.
        row = self.table.row(f"-{text[1:]}" if text[:1] == " " else text) if self.table else None
        if row is None or not row.cells.get("KIND", "")[:1].isupper():
            return False
        cells = row.cells
        listed = self.fields.setdefault("status", {}).setdefault("resources", [])
        self.lines["status", "resources", len(listed)] = (place.line, raw)
        found: dict[str, Any] = {
            name.lower(): cells[name] for name in ("GROUP", "KIND", "NAMESPACE", "NAME", "STATUS")
            if cells.get(name, "-") != "-"
        }  # fmt: skip
        if cells.get("HEALTH"):
            found["health"] = {"status": cells["HEALTH"]}
        if cells.get("MESSAGE"):
            found["message"] = cells["MESSAGE"]
            if cells.get("STATUS") in ("SyncFailed", "OutOfSync") and "fail" in cells["MESSAGE"]:
                self.failures.append((place, cells["MESSAGE"], raw))
        listed.append(found)
        return True

    def _put(self, path: Path, value: str, place: Location, raw: str) -> None:
        holder = self.fields
        for step in path[:-1]:
            holder = holder.setdefault(str(step), {})
        holder[str(path[-1])] = value
        self.lines[path] = (place.line, raw)
