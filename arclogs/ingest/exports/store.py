r"""Logs as a log store gives them out: Loki, CloudWatch, Datadog, Elasticsearch, Google, Azure.

    {"labels":{"pod":"linux-k8s-x2f7d-runner-w9k4d"},"line":"√ Connected to GitHub","timestamp":"…"}
    @timestamp,@message,kubernetes.pod_name
    2026-11-23 02:06:24.214,Listening for Jobs,linux-k8s-x2f7d-runner-w9k4d

Each entry is one line that some program wrote, with the time and the pod that the store knows of it. The
lines of a pod are put into the order of time (most stores give the newest first) and handed on as a
block of their own, in the form of a container runtime's log, which the program's own parser reads.
One file for each store says how its entries look: `export_<store>`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from arclogs.ingest.exports.csv import read_rows
from arclogs.ingest.exports.json import texts
from arclogs.ingest.exports.labels import Pod, pod_of
from arclogs.ingest.interface import Block, Unparsed
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.lines import LINE_LIMIT, replace_surrogates
from arclogs.ingest.text.places import Places
from arclogs.ingest.text.structured import load_object
from arclogs.model.coverage import Code
from arclogs.model.location import Location

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from arclogs.ingest.exports.json import JsonText, Value
    from arclogs.ingest.interface import Head, Item

_SNIFFED = 20_000
BATCH = 50_000
"""Entries that are put in order together; a larger export is read in parts."""


class Said(Struct, frozen=True):
    """What one entry says: a line (or several) of a program, when and of which pod."""

    text: str
    time: datetime | None = None
    pod: Pod = field(default_factory=Pod)


class Entry(Struct, frozen=True):
    """One entry and its place in the member."""

    said: Said
    line: int
    raw: str


@lru_cache(maxsize=1)  # every store's parser asks for it
def _beginning(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)[:_SNIFFED]


class Export(Struct, frozen=True):
    """Parser of the exports of one store."""

    name: str
    marks: re.Pattern[str]
    """What the beginning of a JSON export holds."""
    words: tuple[str, ...]
    """Words one of which stands wherever `marks` fit: they are looked for first, for most JSON is of no
    log store."""
    entries: Callable[[JsonText], Iterator[tuple[Said | None, Value]]]
    message_keys: tuple[str, ...]
    columns: Callable[[Mapping[str, str]], Said | None] | None = None
    """Reads a row of a CSV export, by the names of its columns in small letters."""
    headers: tuple[frozenset[str], ...] = ()
    """Columns by which a CSV export of this store is known: all of one of these."""
    long_lines = True

    def sniff(self, head: Head) -> int:
        first = next((line for line in head.lines if line and not line.isspace()), "")
        if first.lstrip()[:1] in ("{", "["):
            text = _beginning(head.lines)
            likely = '"apiVersion"' not in text[:400] and any(word in text for word in self.words)
            return 96 if likely and self.marks.search(text) else 0
        if self.columns is None or "," not in first:
            return 0
        names = {name.strip(' "\ufeff').lower() for name in first.split(",")}
        return 96 if any(header <= names for header in self.headers) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        book = Notebook(block.member)
        batch: list[Entry] = []
        for found in self._read(block, book):
            if isinstance(found, Unparsed):
                yield found
                continue
            batch.append(found)
            if len(batch) >= BATCH:
                yield from logs(batch, block)
                batch = []
        yield from logs(batch, block)
        yield from book.notes()

    def _read(self, block: Block, book: Notebook) -> Iterator[Entry | Unparsed]:
        stream = iter(block.lines)
        first, number = next(stream, ""), block.first_line
        while not first.strip():
            following = next(stream, None)
            if following is None:
                return
            first, number = following, number + 1
        lines = _after(first, stream)
        if first.lstrip()[:1] in ("{", "["):
            yield from self._read_json(lines, number, block, book)
        elif self.columns is not None:
            for row in read_rows(lines, number):
                said = self.columns(row.cells) if row.cells is not None else None
                if said is None:
                    yield Unparsed(Location(block.member, row.line), f"no row of {self.name}")
                else:
                    yield Entry(unfolded(said), row.line, row.raw)

    def _read_json(
        self, lines: Iterable[str], number: int, block: Block, book: Notebook
    ) -> Iterator[Entry | Unparsed]:
        for text in texts(lines, number):
            for said, value in self.entries(text):
                line, raw = text.line_of(value, self.message_keys)
                if said is None:
                    yield Unparsed(Location(block.member, line), f"no log entry of {self.name}")
                else:
                    yield Entry(unfolded(said), line, raw)
            if text.broken:
                book.once(Code.JSON_TRUNCATED, f"the {self.name} export is cut or damaged")


def each(
    keys: Sequence[str], read: Callable[[Mapping[str, Any]], Said | None]
) -> Callable[[JsonText], Iterator[tuple[Said | None, Value]]]:
    """Return a reader of the objects in the arrays under `keys`, or else of all documents."""

    def entries(text: JsonText) -> Iterator[tuple[Said | None, Value]]:
        found = False
        for key in keys:
            for start in text.arrays(key):
                for value in text.items(start):
                    if isinstance(value.data, dict):
                        found = True
                        yield read(value.data), value
        if not found:
            for value in text.documents():
                if isinstance(value.data, dict) and not value.data.keys() & set(keys):
                    yield read(value.data), value

    return entries


def rebuilt(payload: Mapping[str, Any], first: Mapping[str, Any]) -> str:
    """Return a structured message as the line of JSON that its program wrote.

    Stores take level and time out of it; `first` puts them back where the program has them.
    """
    rest = {key: value for key, value in payload.items() if key not in first}
    return json.dumps({**first, **rest}, ensure_ascii=False, separators=(",", ":"), default=str)


def structured_line(payload: Mapping[str, Any], level: str, time: str) -> str | None:
    """Return the line of a message that the store holds in fields, None for one without words."""
    words = payload.get("message", payload.get("msg", payload.get("log")))
    if not isinstance(words, str):
        return None
    if "logger" in payload or "stacktrace" in payload:  # zap, as the controller prints it
        stamp = payload.get("ts", time)
        return rebuilt(
            payload, {"severity": str(payload.get("severity", level)).lower(), "ts": stamp}
        )
    if "msg" in payload:  # slog, as the listener prints it
        stamp = payload.get("time", time)
        first = {"time": stamp, "level": str(payload.get("level", level)).upper(), "msg": words}
        return rebuilt(payload, first)
    return words


def unfolded(said: Said) -> Said:
    """Return what is inside of a record of fluent-bit's, which many stores keep as the message."""
    if not said.text.startswith("{"):
        return said
    record = load_object(said.text)
    if record is None or not isinstance(record.get("log"), str):
        return said
    if "kubernetes" not in record and "stream" not in record:
        return said
    return replace(said, text=record["log"], pod=said.pod.completed(pod_of(record)))


def logs(batch: Iterable[Entry], block: Block) -> Iterator[Block]:
    """Yield one log for each pod and container."""
    streams: dict[Pod, list[Entry]] = defaultdict(list)
    for entry in batch:
        streams[entry.said.pod].append(entry)
    for pod, entries in streams.items():
        lines: list[str] = []
        raws: list[str] = []
        numbers: list[int] = []
        for entry in _in_order(entries):
            text = replace_surrogates(entry.said.text).rstrip("\r\n")
            for line in text.split("\n"):
                lines.append(_carried(line.rstrip("\r"), entry.said.time)[:LINE_LIMIT])
                raws.append(entry.raw)
                numbers.append(entry.line)
        if lines:
            origin = {**block.origin, **pod.fields()}
            yield Block(block.member, 1, lines, None, origin, Places(1, raws, numbers))


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Return the entries by time; those of one moment as the store had them from old to new."""
    times = [entry.said.time for entry in entries if entry.said.time is not None]
    if len(times) < len(entries):
        return entries
    if times[0] > times[-1]:
        entries = entries[::-1]
    return sorted(entries, key=lambda entry: entry.said.time or times[0])


def _carried(line: str, time: datetime | None) -> str:
    return line if time is None else f"{time:%Y-%m-%dT%H:%M:%S.%f}Z stdout F {line}"


def _after(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
