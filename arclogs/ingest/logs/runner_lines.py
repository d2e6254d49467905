"""One line of the runner's log.

    [RUNNER 2025-07-16 07:44:02Z INFO Listener] Version: 2.326.0          container stdout
    [2025-07-16 07:44:02Z ERR  Terminal] WRITE ERROR: An error occurred   _diag files
    2026-11-23 02:05:37Z: Listening for Jobs                              what the terminal shows

Sources: actions/runner Runner.Common/StdoutTraceListener.cs, HostTraceListener.cs, Terminal.cs,
images' run.sh and run-helper.sh.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.logs.assemble import Draft
from arclogs.ingest.text.levels import level_by_word
from arclogs.ingest.text.origin import is_runner_pod
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.ingest.text.line import Line

HEADER = lazy_compile(
    r"""
    \[(?:(RUNNER|WORKER)[ ])?                          # the host, on container stdout
    (\d{4}-\d\d-\d\d[ ]\d\d:\d\d:\d\d)                 # 2025-07-16 07:44:02
    (?:Z[ ](CRIT|ERR[ ]?|WARN|INFO|VERB)[ ]([^\]]+)|(-\d{4}))  # Z INFO Listener; SelfUpdate: -0123
    \][ ]?(.*)
    """,
    re.VERBOSE | re.DOTALL,
)
TERMINAL = lazy_compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ): (.*)", re.DOTALL)

_WRITE = lazy_compile(r"WRITE (?:LINE|ERROR): ?")
_NAMES_JOB = lazy_compile(r"(?:Running job: (.+)|Job .+ completed with result: \w+)$")
_GLUED = lazy_compile(r"\s|--->|--- End of|#{20}|[}\]],?$|$")
_STACK = lazy_compile(r"\s+(?:at |--->|--- End of)")
_KNOWN = lazy_compile(
    r"√ |Current runner version: '|Listening for Jobs|Running job: |Runner listener exit |"
    r"Exiting runner\.\.\.|Exiting\.\.\.$|Exiting with unknown error code|Restarting runner|"
    r"Waiting for docker to be ready|Docker is ready|Runner reconnected|Runner connect error|"
    r"An error occurr?ed: |Failed to create a session|A session for this runner already exists|"
    r"Runner update |Runner will exit shortly|Update finished successfully|"
    r"Connected to GitHub|The runner no longer exists|Must not run interactively|"
    r"Runner is not configured|Stop retry on |Unhandled exception\.|Warning: failed to update cert"
)


def goes_on(before: str, message: str) -> bool:
    """Tell whether a line under an equal header continues the message whose last line is `before`.

    The runner repeats the header on every line of a message, and messages of one second share it:
    only the shape tells them apart.
    """
    return _GLUED.match(message) is not None or before.startswith("#" * 20)


def is_stack(text: str) -> bool:
    """Tell whether a line without a header is part of a .NET stack trace."""
    return _STACK.match(text) is not None


def is_runner(text: str) -> bool:
    """Tell whether the runner, its worker or its start scripts print such a line."""
    return (HEADER.match(text) or TERMINAL.match(text) or _KNOWN.match(text)) is not None


class Life:
    """What one runner's log has said of it up to a line."""

    def __init__(self, origin: Mapping[str, str]) -> None:
        self._origin = origin
        self._said: dict[str, str] = {}
        self.fields: Mapping[str, str] = origin

    def named(self, runner: str) -> None:
        """Take in the name in the runner's settings, on ARC its pod's name too."""
        pod = {"pod": runner} if is_runner_pod(runner) else {}
        self._change({"runner": runner, **pod})

    def shows(self, draft: Draft) -> None:
        """Take in a line of the terminal: it starts or ends a job."""
        match = _NAMES_JOB.match(draft.text)
        if match is None:
            return
        if match[1]:
            self._change({"job": match[1]})
            draft.fields = self.fields
        elif self._said.pop("job", None) is not None:
            self._change({})

    def _change(self, said: dict[str, str]) -> None:
        self._said |= said
        self.fields = {**self._origin, **self._said}


def shown_text(message: str) -> str:
    """Return what the terminal shows of a message of the Terminal source."""
    return _WRITE.sub("", message, count=1)


def shown(line: Line, text: str, fields: Mapping[str, str] | None = None) -> Draft:
    """Return the draft of a line that the terminal shows: most have no stamp."""
    match = TERMINAL.match(text)
    if match is not None:
        time = parse_timestamp(match[1]) or line.timestamp
        return Draft(line, Source.RUNNER, match[2], time, Level.INFO, None, fields)
    return Draft(line, Source.RUNNER, text, line.timestamp, level_by_word(text), None, fields)
