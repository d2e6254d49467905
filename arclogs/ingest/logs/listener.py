"""Logs of the listener from 0.14: slog, with lines of Go's log package between.

    time=2026-05-04T10:07:21.219Z level=INFO source=github.com/actions/scaleset@v0.3.0/client.go:971
        msg="refreshing token" githubConfigUrl=https://github.com/acme           (one line)
    2026/05/04 10:07:22 [DEBUG] GET https://api.github.com/x (status: 502): retrying in 1s (4 left)
    2026/05/04 10:07:22 Application returned an error: failed to create actions message session client

Sources: ARC cmd/ghalistener/main.go, actions/scaleset, log/slog text_handler.go and json_handler.go.
The last `Application returned an error` line tells why a listener died.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.kubectl.logs import is_kubectl, read_kubectl
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.logs.golog import is_golog, read_golog
from arclogs.ingest.logs.zap import goes_on
from arclogs.ingest.text.levels import level_by_word, level_of
from arclogs.ingest.text.logfmt import read_pairs, with_error
from arclogs.ingest.text.structured import flatten, load_object, plain
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.observation import Statement
from arclogs.model.record import Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line

_TEXT = lazy_compile(r"time=\S+ level=[A-Z]+\S* (?:source=\S+ )?msg=")
_JSON = lazy_compile(
    r'\{"time": ?"[^"]{10,40}", ?"level": ?"[A-Z]+[^"]*", ?(?:"source": ?\{[^}]*\}, ?)?"msg": ?"'
)
_CLIENT = lazy_compile(r"github\.com/actions/scaleset@(v\d+\.\d+\.\d+)/")
_RELEASES = {"v0.2.0": "0.14.0", "v0.3.0": "0.14.1", "v0.4.0": "0.14.2"}
"""ARC's release by that of the client it is built with (go.mod of ARC's tags)."""
_NOT_FIELDS = ("err", "error", "level", "msg", "source", "time")


class ListenerLog:
    """Parser of the listener's slog stream."""

    name = "listener"

    def sniff(self, head: Head) -> int:
        texts = [t for t in head_texts(head) if not (t[0].isspace() or is_kubectl(t))]
        slog = sum(is_slog(t) for t in texts)
        # Go's log package alone may be any program, unless it says what only the listener says.
        golog = sum(is_golog(t) for t in texts)
        sure = slog or any("Application returned an error: " in t for t in texts)
        return confidence(slog + golog, len(texts), 95 if sure else 5)

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)
        reader = SlogReader()

        def start(line: Line) -> Draft | None:
            draft = reader.read(line)
            if draft is None:
                return read_golog(line, Source.LISTENER, desk.book, reader.base_of(line))
            if draft.timestamp is None:
                desk.book.once(Code.TIME_OUT_OF_RANGE, f"line {line.number} has no possible time")
            return draft

        def bare(line: Line) -> Draft:
            return read_kubectl(line, desk.book, block.command) or reader.bare(line)

        def continues(line: Line) -> str | None:
            return line.text if desk.draft and goes_on(desk.draft, line.text) else None

        said: set[str] = set()
        for item in assemble(desk, unwrap(block, desk.book), start, continues, bare):
            if isinstance(item, Record) and (place := item.fields.get("place")) is not None:
                yield from release_stated(item, place, said)
            yield item


class SlogReader:
    """Reads slog lines of the listener, in either form."""

    def __init__(self) -> None:
        self._origin: Mapping[str, str] | None = None
        self._base: Mapping[str, str] = {}

    def read(self, line: Line) -> Draft | None:
        """Return the draft of a slog line, or None.

        `logger` is the component (listener, worker, metrics exporter) or else the source place.
        """
        text, base = line.text, self.base_of(line)
        if text.startswith("time=") and _TEXT.match(text):
            words = read_pairs(text)
            fields = {**base, **words}
            place = words.get("source")
        elif text.startswith('{"time":') and _JSON.match(text):
            pairs = load_object(text)
            if pairs is None:
                return None
            place = _place(pairs.get("source"))
            words = {key: plain(pairs[key]) for key in _NOT_FIELDS if key in pairs}
            fields = flatten(pairs, base)
        else:
            return None
        for key in _NOT_FIELDS:
            fields.pop(key, None)
        if place is not None:
            fields["place"] = place
        return Draft(
            line,
            Source.LISTENER,
            with_error(words.get("msg", ""), words),
            parse_timestamp(words.get("time", "")) or line.timestamp,
            level_of(words.get("level", "")),
            fields.get("component", place),
            fields,
        )

    def base_of(self, line: Line) -> Mapping[str, str]:
        """Return the fields of a line that states none: not the namespace it runs in."""
        if line.origin is not self._origin:
            self._origin = line.origin
            self._base = {k: v for k, v in line.origin.items() if k != "namespace"}
        return self._base

    def bare(self, line: Line) -> Draft:
        """Return the draft of a line in no known format."""
        level, fields = level_by_word(line.text), self.base_of(line)
        return Draft(line, Source.LISTENER, line.text, line.timestamp, level, None, fields)


def is_slog(text: str) -> bool:
    """Tell whether a line is slog's."""
    return (_TEXT.match(text) or _JSON.match(text)) is not None


def release_stated(record: Record, place: str, said: set[str]) -> Iterator[Statement]:
    """Yield ARC's release as the source place of a record tells it, each once."""
    client = _CLIENT.match(place)
    release = _RELEASES.get(client[1]) if client else None
    if release is not None and release not in said:
        said.add(release)
        location, raw = record.at(0)
        yield Statement("controller_version", release, location, raw)


def _place(source: object) -> str | None:
    """Return `github.com/actions/scaleset@v0.3.0/client.go:971`: it dates the program."""
    if isinstance(source, dict):
        return f"{source.get('file', '')}:{source.get('line', '')}"
    return source if isinstance(source, str) else None


PARSER = ListenerLog()
