"""A report to the line of a queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.model.coverage import Code
from arclogs.model.report import Collect, Reference
from arclogs.triage.reply import reply
from arclogs.triage.route import component
from arclogs.triage.row import Row, Status

if TYPE_CHECKING:
    from arclogs.model.report import CoverageNote, Finding, Report

MOST_MISSING: Final = 4
MOST_RIVALS: Final = 5
MOST_UNREAD: Final = 4
_ISSUES: Final = ("/issues/", "/pull/", "/discussions/")


def row_of(ticket: str, report: Report) -> Row:
    """Return what triage tells of a ticket."""
    answer = report.answer
    sure = answer is not None and _sure(answer)
    missing = () if sure else _missing(answer, report)
    row = Row(
        ticket=ticket,
        status="open",
        missing=missing,
        reply=reply(answer, missing, () if sure else _unread(report)),
        scale_sets=report.environment.scale_sets,
        namespaces=report.environment.namespaces,
        first_seen=report.bundle.first_timestamp,
        last_seen=report.bundle.last_timestamp,
        sha256=report.bundle.sha256,
        complete=report.coverage.complete,
    )
    return row.model_copy(update=_answered(answer, report) if answer else _unanswered(report))


def _answered(answer: Finding, report: Report) -> dict[str, object]:
    return {
        "status": _status(answer),
        "cause": answer.rule,
        "title": answer.title,
        "confidence": answer.confidence,
        "severity": answer.severity,
        "component": component(answer.area),
        "known_issue": _known_issue(answer),
        "known_bugs": answer.known_issues,
        "also_possible": _rivals(answer, report),
        "entities": answer.entities,
        "nodes": tuple(v for k, v in sorted(answer.entities.items()) if k == "node"),
        "first_seen": answer.first_seen or report.bundle.first_timestamp,
        "last_seen": answer.last_seen or report.bundle.last_timestamp,
    }


def _unanswered(report: Report) -> dict[str, object]:
    examples = [example.text for group in report.unexplained for example in group.examples]
    return {"first_error": examples[0] if examples else ""}


def _sure(answer: Finding) -> bool:
    return answer.confidence == "confirmed" or answer.severity == "info"


def _status(answer: Finding) -> Status:
    if answer.severity == "info":
        return "healthy"
    return "open" if answer.confidence == "possible" else "answered"


def _missing(answer: Finding | None, report: Report) -> tuple[Collect, ...]:
    """Return what would settle it: what the rule asks for first, then what every verdict wants."""
    wanted = list(answer.collect) if answer else []
    if answer is None or not wanted:
        wanted += [
            Collect(why=f"{m.what}: {m.why_it_matters}", command=m.command)
            for m in report.coverage.missing
        ]
    once = {collect.command: collect for collect in reversed(wanted)}
    return tuple(reversed(once.values()))[:MOST_MISSING]


def _unread(report: Report) -> tuple[CoverageNote, ...]:
    """Return what was lost of what the customer sent: the same again would not help."""
    lost = [note for note in report.coverage.notes if Code(note.code).loses_evidence]
    return tuple(lost[:MOST_UNREAD])


def _rivals(answer: Finding, report: Report) -> tuple[str, ...]:
    if answer.confidence != "possible":
        return ()
    others = [
        f.rule
        for f in report.findings
        if f.kind == "cause" and f is not answer and f.confidence == "possible"
    ]
    return tuple(others[:MOST_RIVALS])


def _known_issue(answer: Finding) -> Reference | None:
    """Return the bug that produces this, of a version that the bundle shows before any other."""
    for bug in sorted(answer.known_issues, key=lambda bug: bug.version is None):
        if bug.references:
            return Reference(url=bug.references[0].url, note=bug.title)
    return next((r for r in answer.references if any(part in r.url for part in _ISSUES)), None)
