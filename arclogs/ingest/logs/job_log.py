"""Job logs of GitHub Actions, downloaded or copied off the web page.

    2025-11-18T09:14:07.0214553Z ##[group]Run '/home/runner/k8s/index.js'
    2025-11-18T09:14:07.0238310Z ##[error]Error: failed to create job pod: Error: HTTP-Code: 403
    Message: Unknown API Status Code!            (only a message's first line has a stamp)

The web page shows neither stamps nor markers: `##[error]X` becomes `Error: X`, a group's title stays
bare and what is in it is indented by two blanks. `gh run view --log` puts job and step before the
stamp. Source: actions/runner Runner.Common/Logging.cs, Runner.Worker/ExecutionContext.cs.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.logs.api_status import readable
from arclogs.ingest.logs.assemble import Desk, assemble
from arclogs.ingest.logs.hook import container_mode
from arclogs.ingest.logs.hook_stages import staged
from arclogs.ingest.logs.job_lines import JobReader, is_stamped
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.ingest.interface import Block, Head, Item

_OWN = lazy_compile(
    r"##\[(?:group|error|debug|section|command|warning|endgroup)\]|Run '/[^']+\.(?:js|sh)'$"
    r"|Complete job name: |Runner name: '|Machine name: '|Download action repository '"
    r"|Error: (?:Process completed with exit code|Executing the custom container implementation)"
    r"|Post job cleanup\.$|Prepare workflow directory$|Cleaning up orphan processes$"
)
_ALSO = lazy_compile(
    r"Current runner version: '|Runner group name: '|GITHUB_TOKEN Permissions$|Secret source: "
    r"|Prepare all required actions$|Getting action download info$|(?:Error|Warning): |  \S|Run "
)
_VERSION = lazy_compile(r"Current runner version: '([^']+)'")
_HOOK_FAILED = "##[error]Executing the custom container implementation failed."
_RUNS = lazy_compile(r"(?:\S{0,200}\s)?(?:##\[group\])?(?:Run \S|Current runner version: )")
_MOST_COPIED = 60
"""Lines that somebody copies out of a log."""
_HEADER_LINES = 10


class JobLog:
    """Parser of job logs."""

    name = "job-log"

    def sniff(self, head: Head) -> int:
        texts = head_texts(head)
        if not texts:
            return 0
        stamped = sum(is_stamped(t) for t in texts)
        if stamped * 2 >= len(texts):
            return 95
        own = sum(_OWN.match(t) is not None for t in texts)
        also = sum(_ALSO.match(t) is not None for t in texts) if own else 0
        score = confidence(min(len(texts), stamped + own + also), len(texts), 90)
        return max(score, 70) if own >= 2 else score

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)
        reader = JobReader(desk, block.origin, block.command)
        lines = unwrap(block, desk.book)
        if block.numbered is None:
            first = list(islice(lines, _MOST_COPIED))
            if len(first) < _MOST_COPIED and _is_excerpt([line.text for line in first]):
                reader.steps.begin_in_hook()
            lines = chain(first, lines)
        said = _Said()
        items = assemble(desk, lines, reader.start, reader.continues, reader.bare)
        for item in staged(items):
            if isinstance(item, Record):
                record = readable(item)
                yield from said.by(record)
                yield record
            else:
                yield item
        yield from said.rest()


def _is_excerpt(texts: Sequence[str]) -> bool:
    """Tell lines about a failed hook run among which none shows what was run.

    Off the web page, where an error that is the runner's looks like one that a step printed, none do.
    """
    failed = any(_HOOK_FAILED in text for text in texts)
    return failed and not any(map(_RUNS.match, texts))


class _Said:
    """The statements of a job log, each once."""

    def __init__(self) -> None:
        self._version: Record | None = None
        self._version_said = False
        self._modes: set[str] = set()

    def by(self, record: Record) -> Iterator[Statement]:
        held = self._version
        if held is None:
            if not self._version_said and record.text.startswith("Current runner version: '"):
                self._version, self._version_said = record, True
        elif "runner" in record.fields or record.line > held.line + _HEADER_LINES:
            # The version stands above the name of the runner that it is said of.
            yield from self._of(held, record)
            self._version = None
        if record.text.startswith("Run '"):
            mode = container_mode(record.fields.get("hook", ""))
            if mode is not None and mode not in self._modes:
                self._modes.add(mode)
                place, raw = record.at(0)
                yield Statement("container_mode", mode, place, raw, _about(record))

    def rest(self) -> Iterator[Statement]:
        if self._version is not None:
            yield from self._of(self._version, self._version)

    def _of(self, held: Record, later: Record) -> Iterator[Statement]:
        match = _VERSION.match(held.text)
        if match is not None:
            place, raw = held.at(0)
            yield Statement("runner_version", match[1], place, raw, _about(later))


def _about(record: Record) -> dict[str, str]:
    return {key: record.fields[key] for key in ("pod", "runner") if key in record.fields}


PARSER = JobLog()
