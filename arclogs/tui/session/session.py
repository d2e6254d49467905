"""What the screens know of the bundle: how far it is read, its rows, and the report once it is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from arclogs.tui.session.events import Failed, Progress, Ready, Reply, Request, Rows, SoFar, Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.authoring.trace import Trace
    from arclogs.browse.piece import Piece
    from arclogs.browse.timeline import Wanted
    from arclogs.model.report import Finding, Report
    from arclogs.model.timeline import Timeline
    from arclogs.tui.session.events import Event, Order, RuleCard
    from arclogs.tui.session.excerpt import Excerpt
    from arclogs.tui.session.objects import Address, ObjectFound, ObjectsFound


class Reader(Protocol):
    """What carries out an order: `process.ReadingProcess`."""

    def start(self, order: Order, focus: str | None, tell: Callable[[Event], None]) -> None: ...
    def send(self, request: Request | Stop) -> None: ...
    def close(self) -> None: ...


class NoAnswer(Exception):
    """A question could not be answered; the words are for the user."""


class Session:
    """One bundle under one set of rules. Lives on the loop of the UI."""

    def __init__(self, order: Order, reader: Reader) -> None:
        self.order = order
        self.progress = Progress(0, None, 0)
        self.pieces: list[Piece] = []
        """Rows as they come: records in the order of reading, then events."""
        self.left_out = 0
        """Rows for which there was no room."""
        self.so_far: tuple[Finding, ...] = ()
        """What would be found if there were no more to read."""
        self.report: Report | None = None
        self.rules: tuple[RuleCard, ...] = ()
        self.failure: str | None = None
        self.stopping = False
        self.objects_found: ObjectsFound | None = None
        """All objects, once somebody has asked for them."""
        self._reader = reader
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._traces: dict[str, Trace] = {}
        self._number = 0

    @property
    def reading(self) -> bool:
        """Tell whether there is more to come."""
        return self.report is None and self.failure is None

    def start(self, tell: Callable[[Event], None], focus: str | None = None) -> None:
        """Read the bundle, from the beginning; `focus` is the rule that somebody works on.

        `tell` is called in another thread. Every event is to come back by `take`.
        """
        self._reset()
        self._reader.start(self.order, focus, tell)

    def stop(self) -> None:
        """Read no further; what was read is judged."""
        if self.reading and not self.stopping:
            self.stopping = True
            self._reader.send(Stop())

    def close(self) -> None:
        """End the reading and all questions."""
        self._reader.close()

    async def trace(self, rule_id: str) -> Trace:
        """Return what each signal of a rule came to; raise NoAnswer."""
        if rule_id not in self._traces:
            self._traces[rule_id] = await self._ask("trace", rule_id)
        return self._traces[rule_id]

    async def lines(self, member: str, line: int) -> Excerpt:
        """Return the original lines around a line; raise NoAnswer."""
        excerpt: Excerpt = await self._ask("lines", member, line)
        return excerpt

    async def objects(self) -> ObjectsFound:
        """Return all objects of the bundle; raise NoAnswer."""
        if self.objects_found is None:
            self.objects_found = await self._ask("objects")
        return self.objects_found

    async def timeline(self, wanted: Wanted) -> Timeline:
        """Return the timeline, or a part of it; raise NoAnswer."""
        found: Timeline = await self._ask("timeline", wanted)
        return found

    async def one_object(self, at: Address) -> ObjectFound:
        """Return what is known of one object; raise NoAnswer."""
        found: ObjectFound = await self._ask("one_object", at)
        return found

    def logs_of(self, name: str) -> list[tuple[str, int, int]]:
        """Return the members that tell of a pod or runner: name, first line, number of rows."""
        from arclogs.browse.piece import logs_of  # there already, with the first rows

        return logs_of(self.pieces, name)

    def holds_record(self, member: str, line: int) -> bool:
        """Tell whether a line is of a record or event that was read."""
        from arclogs.browse.piece import begun_by  # there already, with the first rows

        return any(
            begun_by(heads, batch, member, line) is not None
            for piece in self.pieces for heads, batch in piece.parts()
        )  # fmt: skip

    async def _ask(self, what: str, *given: Any) -> Any:
        self._number += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._asked[self._number] = answer
        self._reader.send(Request(self._number, what, given))
        return await answer

    def take(self, event: Event) -> None:
        """Learn from an event."""
        match event:
            case Progress():
                self.progress = event
            case SoFar(findings):
                self.so_far = findings
            case Rows(piece, left_out):
                if piece is not None:
                    self.pieces.append(piece)
                self.left_out = left_out
            case Ready(report, rules):
                self.report, self.rules = report, rules
            case Failed(why):
                self.failure = why
                self._forget_questions(why)
            case Reply(number, value, error):
                self._answered(number, value, error)

    def _answered(self, number: int, value: Any, error: str | None) -> None:
        answer = self._asked.pop(number, None)
        if answer is None or answer.done():
            return
        if error is None:
            answer.set_result(value)
        else:
            answer.set_exception(NoAnswer(error))

    def _forget_questions(self, why: str) -> None:
        for number in list(self._asked):
            self._answered(number, None, why)

    def _reset(self) -> None:
        self._forget_questions("the bundle is read again")
        self.progress, self.pieces, self._traces = Progress(0, None, 0), [], {}
        self.objects_found = None
        self.left_out, self.so_far = 0, ()
        self.report, self.rules, self.failure, self.stopping = None, (), None, False
