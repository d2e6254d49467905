"""Read all members of a bundle and keep what a case is made of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.case.case import Evidence
from arclogs.case.coverage.survey import Survey
from arclogs.case.records.store import RecordStore, Wanted
from arclogs.ingest.interface import Elided, Unparsed
from arclogs.ingest.read import read_member
from arclogs.model.coverage import Code, MemberCoverage, Note
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation, Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.bundle.member import Member
    from arclogs.ingest.interface import Item, Quick


class Gathered(Struct):
    """The evidence of a bundle and how far it was covered."""

    evidence: Evidence
    notes: list[Note] = field(default_factory=list)
    members: list[MemberCoverage] = field(default_factory=list)
    survey: Survey = field(default_factory=Survey)
    unparsed: dict[str, Unparsed] = field(default_factory=dict)
    """The first passage of each member that its parser could not read."""


def gather(
    bundle: Iterable[Member | Note],
    wanted: Wanted,
    see: Callable[[Record | Elided], None] | None = None,
    stopped: Callable[[], bool] | None = None,
    quick: Quick | None = None,
    after: Callable[[Gathered], None] | None = None,
    read: Callable[[Member], Iterable[Item | MemberCoverage]] | None = None,
) -> Gathered:
    """Read every member once, in the order in which they come.

    `see` is shown every record, and runs of dull ones that were counted.
    `stopped` is asked after each of them: once it says True, nothing more is read, and noted. With
    `quick`, dull records of large logs are counted and not made. `after` is shown what was gathered so
    far, after each member; it must not change it. `read` reads a member, if another than `read_member`.
    """
    read = read or partial(read_member, quick=quick)
    result = Gathered(Evidence(RecordStore(wanted), [], [], [], []))
    for found in bundle:
        if isinstance(found, Note):
            result.notes.append(found)
            continue
        before = result.evidence.store.total
        for item in read(found):
            if see is not None and isinstance(item, Record | Elided):
                see(item)
            _take(item, result)
            if stopped is not None and stopped():
                _note_stop(found.name, result.evidence.store.total - before, result)
                break
        if stopped is not None and stopped():
            break
        if after is not None:
            after(result)
    result.notes += result.evidence.store.notes()
    result.members.sort(key=lambda m: m.member)
    result.notes += _not_understood(result)
    result.notes = sorted(set(result.notes))
    return result


def _note_stop(member: str, records: int, result: Gathered) -> None:
    """Account for a member that was left in the middle, and for all that comes after it."""
    if not any(m.member == member for m in result.members):
        result.members.append(MemberCoverage(member, "not read to its end", records, 0))
    detail = "reading was stopped here; what comes after it was not read"
    result.notes.append(Note(member, Code.READ_STOPPED, detail))


def _not_understood(result: Gathered) -> Iterator[Note]:
    for member in result.members:
        first = result.unparsed.get(member.member)
        if first is not None:
            many = f"{member.unparsed} passages were" if member.unparsed > 1 else "a passage was"
            detail = f"{many} not understood; line {first.location.line}: {first.reason}"
            yield Note(member.member, Code.TEXT_UNPARSED, detail)


def _take(item: object, result: Gathered) -> None:
    evidence = result.evidence
    match item:
        case Record():
            evidence.store.add(item)
            result.survey.see_record(item)
        case Elided():
            evidence.store.elide(item)
            result.survey.see_elided(item)
        case Event():
            evidence.events.append(item)
            result.survey.see_event(item)
        case Observation():
            evidence.observations.append(item)
        case Collected():
            evidence.proofs.append(item)
        case Statement():
            evidence.statements.append(item)
        case Note():
            result.notes.append(item)
        case MemberCoverage():
            result.members.append(item)
        case Unparsed():
            result.unparsed.setdefault(item.location.member, item)
        case _:
            raise TypeError(f"parsers do not yield {type(item).__name__}")
