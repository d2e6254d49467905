"""Logs of the controller manager, and of the listener up to 0.13: zap, console or JSON.

    2025-09-02T20:13:58Z<TAB>ERROR<TAB>Reconciler error<TAB>{"name": "x", "error": "…"}
    {"severity":"info","ts":"2024-03-22T16:02:53Z","logger":"EphemeralRunner","message":"…"}
    {"level":"error","ts":1635916146.03,"logger":"actions-runner-controller.runner","msg":"…"}

Sources: ARC logging/logger.go, uber-go/zap zapcore/console_encoder.go, controller-runtime
pkg/log/zap. TABs become runs of blanks in many pastes. An ERROR is followed by a Go stack trace.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.kubectl.logs import is_kubectl, read_kubectl
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.logs.golog import is_golog, read_golog
from arclogs.ingest.text.levels import level_by_word, level_of
from arclogs.ingest.text.logfmt import with_error
from arclogs.ingest.text.structured import (
    clean,
    error_in,
    first_value,
    flatten,
    load_object,
    plain,
)
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line

_LEVELS = r"DEBUG|INFO|WARN|ERROR|DPANIC|PANIC|FATAL|LEVEL\(-?\d+\)"
_CONSOLE = lazy_compile(
    rf"""
    (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d[^\s]{{0,16}}|\d\.\d+e\+09)  # 2025-09-02T20:13:58Z
    (?:\t|\ +)
    ({_LEVELS}|(?:debug|info|warn|error|dpanic|panic|fatal)(?=\t))
    (?:\t|\ +)
    (.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_JSON = lazy_compile(
    r'\{(?=.{0,400}?"(?:level|severity)": ?")(?=.*"ts":)(?=.*"(?:msg|message)":)', re.S
)
_CUT = lazy_compile(r'\{"(?:severity|level)": ?"(\w+)"')  # a JSON line without its end
_GAP = lazy_compile(r"\t| {2,}")
_TAIL = lazy_compile(r'[\t ](?=\{(?:"|\}$))')
# Loggers that a paste with single blanks would glue to the message.
_LOGGER = lazy_compile(
    r"(setup|Ephemeral\w+|Autoscaling\w+|listener-app\S*|auto_scaler|controller-runtime\.\S+) +"
)
_FRAME = lazy_compile(
    r"\s|(?=\S*[./()])\S+$|goroutine \d|created by |\[signal |exit status "
)  # "<TAB>file.go:12", "main.(*T).Method", "goroutine 1 [running]:"
_VERSION = lazy_compile(r"v?\d+\.\d+\.\d+")
_LISTENER_LOGGERS = ("listener-app", "auto_scaler", "service", "kubemanager")
_NOT_FIELDS = frozenset(
    {"caller", "error", "level", "logger", "message", "msg", "severity", "stacktrace", "ts"}
)


class ZapLog:
    """Parser of zap logs."""

    name = "controller"

    def sniff(self, head: Head) -> int:
        texts = [t for t in head_texts(head) if not _beside(t)]
        hits = sum((_CONSOLE.match(t) or _JSON.match(t)) is not None for t in texts)
        return confidence(hits, len(texts))

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)
        reader = ZapReader()

        def start(line: Line) -> Draft | None:
            draft = reader.read(line)
            if draft is None:
                source, fields = reader.source_of(line, None), reader.base_of(line)
                return read_golog(line, source, desk.book, fields)
            if draft.timestamp is None:
                desk.book.once(Code.TIME_OUT_OF_RANGE, f"line {line.number} has no possible time")
            return draft

        def bare(line: Line) -> Draft:
            return read_kubectl(line, desk.book, block.command) or reader.bare(line)

        def continues(line: Line) -> str | None:
            return line.text if desk.draft and goes_on(desk.draft, line.text) else None

        said: set[str] = set()
        for item in assemble(desk, unwrap(block, desk.book), start, continues, bare):
            if isinstance(item, Record) and (version := item.fields.get("version")) is not None:
                yield from version_stated(item, version, said)
            yield item


class ZapReader:
    """Reads zap lines one by one; knows from the lines before whose they are."""

    def __init__(self) -> None:
        self._listener = False
        self._origin: Mapping[str, str] | None = None
        self._base: Mapping[str, str] = {}

    def read(self, line: Line) -> Draft | None:
        """Return the draft of a line that starts a zap message, or None."""
        text = line.text
        match = _CONSOLE.match(text)
        if match is not None:
            return self._console(line, match[1], match[2], match[3])
        if text.startswith("{") and _JSON.match(text):
            pairs = load_object(text)
            if pairs is not None:
                return self._json(line, pairs)
        return None

    def source_of(self, line: Line, logger: str | None) -> Source:
        """Return which of the two programs wrote a line."""
        if logger is not None:
            self._listener = logger.startswith(_LISTENER_LOGGERS)
            return Source.LISTENER if self._listener else Source.CONTROLLER
        origin = line.origin
        if origin.get("container") in ("listener", "autoscaler"):
            return Source.LISTENER
        if self._listener or origin.get("pod", "").endswith("-listener"):
            return Source.LISTENER
        return Source.CONTROLLER

    def base_of(self, line: Line) -> Mapping[str, str]:
        """Return the fields of a line that states none.

        Without the origin's namespace: these programs live in one and write about another.
        """
        if line.origin is not self._origin:
            self._origin = line.origin
            self._base = {k: v for k, v in line.origin.items() if k != "namespace"}
        return self._base

    def bare(self, line: Line) -> Draft:
        """Return the draft of a line that is not in zap's format (a panic, a plain print)."""
        cut = _CUT.match(line.text)
        level = level_by_word(line.text) if cut is None else level_of(cut[1])
        source = self.source_of(line, None)
        return Draft(line, source, line.text, line.timestamp, level, None, self.base_of(line))

    def _console(self, line: Line, stamp: str, level: str, rest: str) -> Draft:
        head, tail = _halves(rest)
        logger, message = _logger_of(head)
        pairs: Mapping[str, object] = {}
        fields = self.base_of(line)
        if tail:
            loaded = load_object(tail)
            if loaded is not None:
                pairs = loaded
                fields = flatten(loaded, fields)
                if "error" in loaded:
                    del fields["error"]
            else:
                pairs = {"error": error_in(tail)}
                message = f"{message} {tail}"
        return Draft(
            line,
            self.source_of(line, logger),
            _message(logger, message, pairs),
            parse_timestamp(stamp) or line.timestamp,
            level_of(level),
            logger,
            fields,
        )

    def _json(self, line: Line, pairs: dict[str, object]) -> Draft:
        logger = pairs.get("logger")
        logger = logger if isinstance(logger, str) and logger else None
        message = plain(pairs.get("message", pairs.get("msg", "")))
        rest = {k: v for k, v in pairs.items() if k not in _NOT_FIELDS}
        if line.text.count('"message":') > 1:
            rest["message"] = message  # the call's own key, as in the console format
            message = plain(first_value(line.text, "message"))
        text = _message(logger, message, pairs)
        stack = pairs.get("stacktrace")
        if isinstance(stack, str):
            text = f"{text}\n{clean(stack)}"
        return Draft(
            line,
            self.source_of(line, logger),
            text,
            parse_timestamp(str(pairs.get("ts"))) or line.timestamp,
            level_of(str(pairs.get("severity", pairs.get("level", "")))),
            logger,
            flatten(rest, self.base_of(line)),
        )


def goes_on(draft: Draft, text: str) -> bool:
    """Tell whether a line belongs to the Go stack trace or panic of the open draft."""
    panic = draft.text.startswith(("panic: ", "fatal error: "))
    if not text:
        return panic
    alarming = draft.level is not None and draft.level >= Level.WARNING
    return (panic or alarming or bool(draft.more)) and _FRAME.match(text) is not None


def _beside(text: str) -> bool:
    """Tell lines that say nothing of the format: stack frames, Go's own log lines, kubectl's."""
    return _FRAME.match(text) is not None or is_golog(text) or is_kubectl(text)


def _halves(rest: str) -> tuple[str, str]:
    """Cut the JSON tail off the columns before it."""
    at = rest.find('\t{"')
    if at < 0:
        match = _TAIL.search(rest)
        if match is None:
            return rest, ""
        at = match.start()
    return rest[:at], rest[at + 1 :]


def _logger_of(head: str) -> tuple[str | None, str]:
    """Cut `[logger<TAB>]message`."""
    if "\t" in head:
        logger, _, message = head.partition("\t")
        return logger.strip(), message.strip()
    gap = _GAP.search(head)
    if gap is not None and " " not in head[: gap.start()]:
        return head[: gap.start()], head[gap.end() :].rstrip()
    match = _LOGGER.match(head)
    if match is not None and match.end() < len(head):
        return match[1], head[match.end() :].rstrip()
    return None, head.rstrip()


def _message(logger: str | None, message: str, pairs: Mapping[str, object]) -> str:
    error = pairs.get("error")
    if error is not None:
        return with_error(message, {"error": plain(error)})
    if logger is not None and logger.endswith("events") and "reason" in pairs:
        # The recorder logs an event as message "Warning" with the words that matter as keys.
        return f"{message} {plain(pairs['reason'])}: {plain(pairs.get('message', ''))}"
    return message


def version_stated(record: Record, version: str, said: set[str]) -> Iterator[Statement]:
    """Yield the controller's version that a record carries, each once."""
    if version in said or record.source is not Source.CONTROLLER:
        return
    said.add(version)
    if _VERSION.match(version):
        place, raw = record.at(0)
        yield Statement("controller_version", version.removeprefix("v"), place, raw)


PARSER = ZapLog()
