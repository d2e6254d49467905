"""What a pass over all records tells of how far logs reach, before most of the records are dropped."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from arclogs.case.coverage.spread import Spread
from arclogs.model.record import Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from arclogs.ingest.interface import Elided
    from arclogs.model.event import Event

MOST_PODS = 20_000
"""Pods whose logs are told apart."""

EVENTS: Final = "events"
# Of the runner's dispatcher: `src/Runner.Listener/JobDispatcher.cs` and `Runner.cs` of actions/runner.
_BEGINS = "Running job: "
_RENEWED = "Successfully renew job"
_ENDED = ("completed with result", "Worker finished for job", "Runner execution has finished")


class Ending(Struct):
    """How the log of a runner left off."""

    job: str | None = None
    """Name of the job that was begun and not ended; None where none was."""
    line: int = 0
    """Number of the last line that shows the job alive."""
    renewed: bool = False
    """That line is a renewal of the job's lock."""


class LogSurvey(Struct):
    """The records of one program in one member."""

    spread: Spread = field(default_factory=Spread)
    records: int = 0
    last_line: int = 0
    pods: set[str | None] = field(default_factory=set)


class Survey(Struct):
    """Sees every record and event once."""

    logs: dict[str, dict[str, LogSurvey]] = field(default_factory=lambda: defaultdict(dict))
    """By member and source; events have the source `events`."""
    containers: dict[str, set[str | None]] = field(default_factory=dict)
    """Containers whose logs were seen, by pod; None where a log does not name its container."""
    endings: dict[tuple[str, str | None], Ending] = field(default_factory=dict)
    """By member and pod: the logs of runners."""

    def see_record(self, record: Record) -> None:
        """Take in a record."""
        source = record.source
        log = self._log(record.member, source.value, record.timestamp)
        log.last_line = record.line + len(record.raw) - 1
        pod = record.fields.get("pod")
        if pod not in log.pods and len(log.pods) < MOST_PODS:
            log.pods.add(pod)
        if pod is not None and source is not Source.JOB and source is not Source.HOOK:
            self._container(pod, record.fields.get("container"))
        if source is Source.RUNNER:
            self._follow(record, pod)

    def see_elided(self, item: Elided) -> None:
        """Take in dull records that were counted: their like has been seen."""
        log = self._log(item.like.member, item.like.source.value, None)
        log.records += item.count - 1
        log.last_line = item.last_line
        for stamp in item.stamps:
            log.spread.add(stamp)

    def see_event(self, event: Event) -> None:
        """Take in an event."""
        log = self._log(event.location.member, EVENTS, event.last)
        log.last_line = max(log.last_line, event.location.line)

    def _log(self, member: str, source: str, stamp: datetime | None) -> LogSurvey:
        logs = self.logs[member]
        log = logs.get(source)
        if log is None:
            log = logs[source] = LogSurvey()
        log.records += 1
        if stamp is not None:
            log.spread.add(stamp)
        return log

    def _container(self, pod: str, container: str | None) -> None:
        known = self.containers.get(pod)
        if known is None:
            if len(self.containers) >= MOST_PODS:
                return
            known = self.containers[pod] = set()
        known.add(container)

    def _follow(self, record: Record, pod: str | None) -> None:
        """Keep track of the job that a runner works on."""
        text = record.text
        if _BEGINS in text:
            begun = text.partition(_BEGINS)[2].split("\n", 1)[0].strip()
            self._ending(record, pod, Ending(begun, record.line))
        elif _RENEWED in text:
            known = self.endings.get((record.member, pod))
            name = known.job if known is not None else None
            self._ending(record, pod, Ending(name or "", record.line, renewed=True))
        elif any(word in text for word in _ENDED):
            self._ending(record, pod, Ending())

    def _ending(self, record: Record, pod: str | None, ending: Ending) -> None:
        key = (record.member, pod)
        if key in self.endings or len(self.endings) < MOST_PODS:
            self.endings[key] = ending

    def each(self) -> Iterator[tuple[str, str, LogSurvey]]:
        """Yield member, source and log, in a fixed order."""
        for member in sorted(self.logs):
            for source in sorted(self.logs[member]):
                yield member, source, self.logs[member][source]
