"""Logs of the runner: container stdout and `_diag` files.

    [RUNNER 2026-03-17 11:19:53Z INFO Terminal] WRITE LINE: √ Connected to GitHub
    √ Connected to GitHub
    [WORKER 2026-03-17 11:19:57Z ERR  StepsRunner]  ---> System.Exception: The hook script at '…'

On stdout a message of several lines repeats its header on each; in `_diag` files only the first line
has one. What the terminal shows is printed twice on stdout, traced and bare: it becomes one record.
Sources: actions/runner Runner.Common/StdoutTraceListener.cs, HostTraceListener.cs, Terminal.cs.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.kubectl.logs import is_kubectl, read_kubectl
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.logs.dind import read_dockerd
from arclogs.ingest.logs.hook import container_mode
from arclogs.ingest.logs.job_steps import hook_named
from arclogs.ingest.logs.runner_lines import (
    HEADER,
    Life,
    goes_on,
    is_runner,
    is_stack,
    shown,
    shown_text,
)
from arclogs.ingest.text.levels import level_of
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.observation import Statement
from arclogs.model.record import Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line
    from arclogs.model.record import Level

_AGENT = lazy_compile(r'\s*"AgentName": "([^"]+)"')
_VERSION = lazy_compile(r"(?:Current runner version: '|Version: )(\d[\w.+-]*)")
_USER_AGENT = lazy_compile(r"Adding extra user agent 'actions-runner-controller/([^']+)'")
_ARGUMENTS = lazy_compile(r"^\s*Arguments: '([^']+)'", re.MULTILINE)
_TWIN_WINDOW = 16


class RunnerLog:
    """Parser of the runner's own logs."""

    name = "runner"

    def sniff(self, head: Head) -> int:
        texts = [t for t in head_texts(head) if not is_kubectl(t)]
        # A _diag file may open with the tail of a stack trace.
        headers = sum(t.startswith("[") and HEADER.match(t) is not None for t in texts)
        if headers >= 3 and headers * 5 >= len(texts):
            return 95
        return confidence(sum(map(is_runner, texts)), len(texts), 92)

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)
        reader = RunnerReader(desk, block.command)
        said: set[tuple[str, str]] = set()
        lines = unwrap(block, desk.book)
        for item in assemble(desk, lines, reader.start, reader.continues, reader.bare):
            if isinstance(item, Record) and item.source is Source.RUNNER:
                yield from versions_stated(item, said)
            yield item


class RunnerReader:
    """Reads runner lines one by one."""

    def __init__(self, desk: Desk, command: str | None = None, *, mixed: bool = False) -> None:
        self._desk = desk
        self._mixed = mixed
        self._command = command
        self._key: tuple[str | None, ...] | None = None
        self._last = ""
        self._glued: str | None = None
        self._drop = False
        self._diag = False
        self._traced: deque[str] = deque(maxlen=_TWIN_WINDOW)
        self._printed: deque[str] = deque(maxlen=_TWIN_WINDOW)
        self._lives: dict[tuple[str | None, str | None], Life] = {}
        self._life = Life({})
        self._origin: Mapping[str, str] | None = None

    def start(self, line: Line) -> Draft | None:
        """Return the draft of a line with a header that starts a message, or None."""
        if line.origin is not self._origin:
            self._enter(line.origin)
        text = line.text
        if text.startswith("["):
            match = HEADER.match(text)
            return None if match is None else self._headed(line, match)
        return read_dockerd(line) if text.startswith("time=") else None

    def continues(self, line: Line) -> str | None:
        """Return what a line adds to the message before it, or None."""
        if self._drop:
            return None
        if self._glued is not None:
            text, self._glued = self._glued, None
            self._learn(text)
            return text
        if self._diag or is_stack(line.text):
            self._learn(line.text)
            return line.text
        return None

    def bare(self, line: Line) -> Draft | None:
        """Return the draft of a line without a header, unless it was traced just before."""
        if self.dropped():
            return None
        if line.origin is not self._origin:
            self._enter(line.origin)
        own = read_kubectl(line, self._desk.book, self._command)
        if own is not None:
            return own
        text = line.text
        if text in self._traced:
            self._traced.remove(text)
            return None
        self._printed.append(text)
        draft = shown(line, text, self._life.fields)
        self._life.shows(draft)
        return draft

    def dropped(self) -> bool:
        """Tell, once, whether the line that was just read is the twin of one before."""
        drop, self._drop = self._drop, False
        return drop

    def _headed(self, line: Line, match: re.Match[str]) -> Draft | None:
        host, clock, word, logger, fraction, message = match.groups()
        self._diag = host is None and not self._mixed
        key = (host, clock, word, logger)
        if key == self._key and goes_on(self._last, message) and self._desk.adjoins(line):
            self._glued = self._last = message
            return None
        self._key, self._last = key, message
        time = parse_timestamp(f"{clock}.{fraction[1:]}Z" if fraction else f"{clock}Z")
        if time is None:
            detail = f"line {line.number} has no possible time"
            self._desk.book.once(Code.TIME_OUT_OF_RANGE, detail)
        level = level_of(word) if word else None
        if logger == "Terminal":
            return self._traced_twin(line, shown_text(message), time, level)
        fields = self._life.fields
        said = hook_named(message)
        if said:
            fields = {**fields, **said}
        return Draft(line, Source.RUNNER, message, time or line.timestamp, level, logger, fields)

    def _traced_twin(
        self, line: Line, text: str, time: datetime | None, level: Level | None
    ) -> Draft | None:
        """Return the draft of a line that is traced and printed; the twin may have come before."""
        before = self._desk.draft
        if not text or text in self._printed:
            if text:
                self._printed.remove(text)
            if before is not None and before.line.text == text and before.logger is None:
                before.timestamp, before.level = before.timestamp or time, level
                before.logger = "Terminal"
            self._drop = True
            return None
        self._traced.append(text)
        draft = shown(line, text, self._life.fields)
        draft.timestamp, draft.level = time or draft.timestamp, level
        draft.logger = "Terminal"
        self._life.shows(draft)
        return draft

    def _learn(self, text: str) -> None:
        """Take in a line that goes into the open draft."""
        match = _AGENT.match(text)
        said = hook_named(text)
        draft = self._desk.draft
        if match is not None:
            self._life.named(match[1])
        if draft is not None and (said or match is not None):
            draft.fields = {**self._life.fields, **said}

    def _enter(self, origin: Mapping[str, str]) -> None:
        """Go on with the log of another pod, where several are in one file."""
        self._origin = origin
        key = (origin.get("pod"), origin.get("container"))
        self._life = self._lives.setdefault(key, Life(origin))
        self._key = None


def versions_stated(record: Record, said: set[tuple[str, str]]) -> Iterator[Statement]:
    """Yield the versions and the container mode that a record states, each once."""
    text = record.text
    found: list[tuple[str, str]] = []
    if text.startswith(("Current runner version: '", "Version: ")):
        match = _VERSION.match(text)
        if match is not None and record.logger in (None, "Terminal", "Listener", "Worker"):
            found.append(("runner_version", match[1]))
    elif text.startswith("Adding extra user agent '"):
        match = _USER_AGENT.match(text)
        if match is not None:
            found.append(("controller_version", match[1]))
    offset = 0
    if len(record.raw) > 1 and "Arguments: '" in text:
        match = _ARGUMENTS.search(text)
        mode = container_mode(match[1]) if match is not None else None
        if match is not None and mode is not None:
            offset = match.start(1)
            found.append(("container_mode", mode))
    for name, value in found:
        if (name, value) not in said:
            said.add((name, value))
            place, raw = record.at(offset)
            about = {key: record.fields[key] for key in ("pod", "runner") if key in record.fields}
            yield Statement(name, value, place, raw, about)


PARSER = RunnerLog()
