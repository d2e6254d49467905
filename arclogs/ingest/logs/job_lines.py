"""One line of a job log: its stamp, its marker, and what it does to the place in the job.

    2025-11-18T09:14:07.0238310Z ##[error]Process completed with exit code 1.
    Error: Process completed with exit code 1.
    build<TAB>Initialize containers<TAB>2025-11-18T09:14:07.0238310Z ##[error]Process completed…

Sources: actions/runner Runner.Common/Logging.cs and ExecutionContext.cs (stamp and markers), what
github.com shows of them, cli/cli pkg/cmd/run/view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.kubectl.logs import read_kubectl
from arclogs.ingest.logs.assemble import Draft
from arclogs.ingest.logs.job_steps import JobSteps
from arclogs.ingest.text.levels import level_of
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from arclogs.ingest.logs.assemble import Desk
    from arclogs.ingest.text.line import Line

_STAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z"
_STAMPED = lazy_compile(rf"({_STAMP})(?: |$)")
_GH = lazy_compile(rf"([^\t]{{1,200}})\t([^\t]{{1,200}})\t\ufeff?({_STAMP})(?: |$)")
_MARKER = lazy_compile(r"##\[([a-z][a-z-]*)(?: [^\]]*)?\]|\[command\]")
_WEB = lazy_compile(r"(Error|Warning|Notice): ")
_ACTION = lazy_compile(r"Run [\w.-]+/[\w./-]+@[\w./-]+$")
_ANSWER = ("Message: ", "Body: ", "Headers: ")
_HOOK_FAILED = "Executing the custom container implementation failed."
_WEB_ERROR_LINES = 20


class JobReader:
    """Reads a job log line by line and keeps its place in the job."""

    def __init__(self, desk: Desk, origin: Mapping[str, str], command: str | None = None) -> None:
        self._desk = desk
        self._origin = origin
        self._command = command
        self._stamped = False
        self._in_group = False
        self._maybe_step: tuple[Draft, str] | None = None
        self.steps = JobSteps(origin)

    def start(self, line: Line) -> Draft | None:
        """Return the draft of a stamped line; in a log with stamps only they start a message."""
        text = line.text
        match = _STAMPED.match(text)
        if match is None:
            match = _GH.match(text)
            if match is None:
                return None if self._stamped else self._web(line)
            self._stamped = True
            self.steps.named(match[1], match[2])
            return self._draft(line, match[3], text[match.end() :])
        self._stamped = True
        return self._draft(line, match[1], text[match.end() :])

    def marked(self, line: Line) -> Draft | None:
        """Return the draft of a line with a marker and without a stamp, or None."""
        match = _MARKER.match(line.text)
        if match is None:
            return None
        return self._marked(line, match[1], line.text[match.end() :], line.timestamp)

    def continues(self, line: Line) -> str | None:
        """Return the text of a line without stamp or marker that belongs to the message before."""
        draft, text = self._desk.draft, line.text
        if draft is None or self._stamped:
            return text
        if draft.level is not Level.ERROR:
            return None
        answer = is_answer(draft.text, text)
        # A webhook's answer goes over lines that nothing marks on the web page.
        many = "denied the request" in draft.text and len(draft.more) < _WEB_ERROR_LINES
        return text if answer or many or text[:1].isspace() else None

    def bare(self, line: Line) -> Draft | None:
        """Return the draft of a line of a log without stamps."""
        own = read_kubectl(line, self._desk.book, self._command)
        if own is not None:
            return own
        text = line.text
        if self._in_group and text.startswith("  "):
            text = text[2:]
        else:
            self._in_group = text == "GITHUB_TOKEN Permissions"
        self.steps.message(text)
        return self._made(line, text, line.timestamp, None)

    def _draft(self, line: Line, stamp: str, text: str) -> Draft:
        time = parse_timestamp(stamp)
        if time is None:
            self._desk.book.once(Code.TIME_OUT_OF_RANGE, f"line {line.number} has no possible time")
        match = _MARKER.match(text)
        if match is None:
            self.steps.message(text)
            return self._made(line, text, time, None)
        return self._marked(line, match[1], text[match.end() :], time or line.timestamp)

    def _web(self, line: Line) -> Draft | None:
        """Read a line off the web page, or of a log that lost its stamps."""
        text = line.text
        if self._maybe_step is not None:
            draft, title = self._maybe_step
            self._maybe_step = None
            if text.startswith("  ") and self._desk.draft is draft:
                self.steps.step(title)
                draft.source, draft.fields = Source.JOB, self.steps.fields
                self._in_group = True
        marked = self.marked(line)
        if marked is not None:
            return marked
        match = _WEB.match(text)
        if match is not None:
            level = level_of(match[1])
            text = text[match.end() :]
            if text.startswith(_HOOK_FAILED):
                self.steps.failed()
            return self._made(line, text, line.timestamp, level)
        if not text.startswith("Run "):
            return None
        before = self.steps.fields
        if text.startswith("Run '") or _ACTION.match(text):
            self.steps.group(text)
            self._in_group = True
        draft = self._made(line, text, line.timestamp, None)
        if self.steps.fields is before:
            self._maybe_step = (draft, text.removeprefix("Run "))
        return draft

    def _marked(self, line: Line, marker: str | None, text: str, time: datetime | None) -> Draft:
        level = None
        if marker == "endgroup":
            text = ""
        elif marker == "group":
            self.steps.group(text)
        elif marker == "debug":
            level = Level.DEBUG
            self.steps.debug(text)
        elif marker in ("error", "warning", "notice"):
            level = level_of(marker)
            if text.startswith(_HOOK_FAILED):
                self.steps.failed()
        return self._made(line, text, time, level)

    def _made(self, line: Line, text: str, time: datetime | None, level: Level | None) -> Draft:
        source = Source.HOOK if self.steps.in_hook else Source.JOB
        fields = self.steps.fields_of(text) if level is not None else self.steps.fields
        return Draft(line, source, text, time or line.timestamp, level, None, fields)


def is_stamped(text: str) -> bool:
    """Tell whether a line has the stamp of a downloaded job log."""
    return (_STAMPED.match(text) or _GH.match(text)) is not None


def is_answer(before: str, text: str) -> bool:
    """Tell whether a line goes on with the API server's answer in the message before it."""
    return text.startswith(_ANSWER) and "HTTP-Code: " in before
