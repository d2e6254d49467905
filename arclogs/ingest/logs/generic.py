"""Text of any kind: the fallback, and tickets where a few lines of several logs are mixed.

    Error from server (BadRequest): container "job" in pod "x" is waiting to start
    2026-11-23T02:05:28Z ERROR could not mount volume
    the listener says: (followed by lines in the formats of other parsers)

A line in a format that arclogs knows is read as such, whatever stands around it, the message of an
event too. Any other line is a record of its own, of unknown source, with the time and level it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import unwrap
from arclogs.ingest.helm.output import is_helm_error
from arclogs.ingest.kubectl.logs import read_kubectl
from arclogs.ingest.logs import zap
from arclogs.ingest.logs.api_status import readable
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.logs.dind import read_dockerd
from arclogs.ingest.logs.golog import read_golog
from arclogs.ingest.logs.hook import read_command
from arclogs.ingest.logs.job_lines import JobReader, is_answer, is_stamped
from arclogs.ingest.logs.listener import SlogReader
from arclogs.ingest.logs.runner import RunnerReader, versions_stated
from arclogs.ingest.logs.runner_lines import is_runner
from arclogs.ingest.logs.told_events import told_event
from arclogs.ingest.text.levels import level_by_word
from arclogs.ingest.text.timestamps import ISO, parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line

_LEADING = lazy_compile(
    rf"[\[(]?({ISO}(?: [+-]\d{{4}}(?: [A-Z]{{3,4}})?)?"  # Go's Time.String() has a blank before the zone
    r"|\d{10}(?:\d{3}){0,3}(?:\.\d{1,9})?(?= ))[\])]?[:,|]?\s*"
)
_ZONE = lazy_compile(r"Z|[+-]\d\d")
# On GitHub's page each error of a job begins with this word; these are the runner's own.
_ANNOTATED = lazy_compile(
    r"Error: (?=Error: |Process completed with exit code|Executing the custom container impl"
    r"|The runner has received a shutdown|The operation was canceled|The self-hosted runner"
    r"|Failed to (?:resolve|download) action)"
)
_STACK = lazy_compile(r"\s+(?:at |--->|--- End|File \"|\.\.\. \d+ more)|\t|Caused by: ")


class GenericText:
    """Parser of text that no other parser claims."""

    name = "text"

    def sniff(self, _head: Head) -> int:
        return 10

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)
        reader = _AnyReader(desk, block)
        lines = unwrap(block, desk.book)
        versions: set[str] = set()
        stated: set[tuple[str, str]] = set()
        for item in assemble(desk, lines, reader.start, reader.continues, reader.bare):
            if not isinstance(item, Record):
                yield item
                continue
            if item.source is Source.CONTROLLER and (version := item.fields.get("version")):
                yield from zap.version_stated(item, version, versions)
            elif item.source is Source.RUNNER:
                yield from versions_stated(item, stated)
            yield told_event(item) or readable(item)


class _AnyReader:
    """Tries the line formats that arclogs knows."""

    def __init__(self, desk: Desk, block: Block) -> None:
        self._desk = desk
        self._command = block.command
        self._zap = zap.ZapReader()
        self._slog = SlogReader()
        self._runner = RunnerReader(desk, block.command, mixed=True)
        self._job = JobReader(desk, block.origin, block.command)

    def start(self, line: Line) -> Draft | None:
        text = line.text
        first = text[:1]
        if first.isdigit():
            if is_stamped(text):
                return self._job.start(line)
            return self._zap.read(line) or read_golog(line, Source.UNKNOWN, self._desk.book)
        match first:
            case "[":
                return self._runner.start(line)
            case "{":
                return self._zap.read(line) or self._slog.read(line)
            case "t":
                return read_dockerd(line) or self._slog.read(line)
            case "#":
                return self._job.marked(line)
            case ":":
                return read_command(line)
            case "I" | "W" | "E" | "F":
                return read_golog(line, Source.UNKNOWN, self._desk.book)
        return None

    def continues(self, line: Line) -> str | None:
        glued = self._runner.continues(line)
        if glued is not None:
            return glued
        draft, text = self._desk.draft, line.text
        if draft is None or not text:
            return None
        if draft.source is Source.CONTROLLER or draft.source is Source.LISTENER:
            return text if zap.goes_on(draft, text) else None
        if text[0] not in " \tCMBH":
            return None
        return text if is_answer(draft.text, text) or _STACK.match(text) else None

    def bare(self, line: Line) -> Draft | None:
        if self._runner.dropped():
            return None
        if is_runner(line.text):
            return self._runner.bare(line)
        own = read_kubectl(line, self._desk.book, self._command)
        if own is not None:
            return own
        text, time = line.text, line.timestamp
        if is_helm_error(text):
            return Draft(line, Source.HELM, text, time, Level.ERROR)
        match = _LEADING.match(text)
        if match is not None:
            stated = parse_timestamp(match[1])
            if stated is None:
                detail = f"line {line.number} has no possible time"
                self._desk.book.once(Code.TIME_OUT_OF_RANGE, detail)
            elif match[1][4] == "-" and not _ZONE.search(match[1], 19):
                detail = f"no time zone from line {line.number} on, taken as UTC"
                self._desk.book.once(Code.TIME_NO_ZONE, detail)
            text, time = text[match.end() :] or text, stated or time
        level = level_by_word(text)
        return Draft(line, Source.UNKNOWN, _ANNOTATED.sub("", text, count=1), time, level)


PARSER = GenericText()
