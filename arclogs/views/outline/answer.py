"""The part of the outline that is about the answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from arclogs.views import known_issues, words
from arclogs.views.outline.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.report import Evidence, Finding, Report, Step


def verdict(report: Report) -> Entry:
    """Return the answer, the possible answers, or that there is none."""
    found = report.answer
    if found is None:
        return Entry("No known cause found", role="section", below=_looked_at(report))
    heading = words.verdict(report, found)
    if found.confidence != "possible":
        below = (*_facts(found), *_explanation(found), *known_bugs(found), *to_settle(found))
        return Entry(heading, found.title, "section", below)
    candidates = words.candidates(report)
    listed = [
        Entry("Cause", f.title, "item", _facts(f, "Severity", "Rule"), number)
        for number, f in enumerate(candidates, 1)
    ]
    place = words.where(found)
    shared = (Entry("Where", place, "remark", _facts(found, "Seen")),) if place else ()
    several = len(listed) > 1
    explained = _explanation(found, "If it is 1" if several else "Summary")
    explained += known_bugs(found)
    settle = to_settle(found, "" if several else "To be sure")
    return Entry(heading, "", "section", (*listed, *settle, *shared, *explained))


def happened(found: Finding) -> Entry:
    """Return the evidence, in order of time."""
    below = [_evidence(item, i) for i, item in enumerate(words.in_order(found.evidence), 1)]
    heading = "What happened" if found.confidence != "possible" else "What was seen"
    return Entry(heading, role="section", below=tuple(below))


def rivals(found: Finding) -> Entry:
    """Return the other causes of the same symptom and why each fell."""
    below = tuple(
        Entry("Not", r.title, "item", (Entry("Rule", r.rule), Entry("Why", r.why, "prose")))
        for r in found.rivals
    )
    return Entry("Why the others fell", role="section", below=below)


def fix(report: Report, found: Finding) -> Entry:
    """Return what to do."""
    heading = words.fix_heading(found, several=len(words.candidates(report)) > 1)
    return Entry(heading, role="section", below=_steps(found.fix))


def verify(found: Finding) -> Entry:
    """Return how to see that the fix worked."""
    return Entry("Verify", role="section", below=_steps(found.verify))


def references(found: Finding) -> Entry:
    """Return where to read more."""
    below = tuple(
        Entry("See", ref.url, "item", (Entry("About", ref.note, "prose"),) if ref.note else ())
        for ref in found.references
    )
    return Entry("References", role="section", below=below)


def _facts(found: Finding, *only: str) -> tuple[Entry, ...]:
    facts = (
        ("Severity", words.severity(found.severity)),
        ("Confidence", found.confidence),
        ("Rule", found.rule),
        ("Where", words.where(found)),
        ("Seen", words.seen(found)),
    )
    return tuple(
        Entry(label, value) for label, value in facts if value and (not only or label in only)
    )


def _explanation(found: Finding, label: str = "Summary") -> tuple[Entry, ...]:
    paragraphs = ((label, found.summary), ("Impact", found.impact))
    return tuple(
        Entry(label, words.reflow(text), "prose")
        for label, text in paragraphs
        if text.strip() and text.strip() != found.title
    )


def known_bugs(found: Finding) -> tuple[Entry, ...]:
    """Return the bugs of released versions that produce a finding."""
    return tuple(
        Entry("Known bug", known_issues.told(issue), "prose") for issue in found.known_issues
    )


def to_settle(found: Finding, label: str = "") -> tuple[Entry, ...]:
    """Return the command that tells the possible causes apart, or makes a likely one sure."""
    if found.kind == "cause" and found.confidence == "confirmed":
        return ()
    label = label or ("To be sure" if found.confidence == "likely" else "To tell them apart")
    wanted = found.collect if found.confidence == "likely" else found.collect[:1]
    return tuple(
        Entry(label, item.why, "remark", (Entry("Command", item.command, "command"),))
        for item in wanted
    )


def _evidence(item: Evidence, number: int) -> Entry:
    below = [Entry("Time", item.timestamp, "time")] if item.timestamp else []
    if item.says:
        below.append(Entry("Line", item.text, "log"))
    below.append(Entry("At", words.place(item.member, item.line), "place"))
    if item.role == "refutes":
        below.append(Entry("Note", "speaks against this cause", "remark"))
    return Entry("Evidence", item.says or item.text, "item" if item.says else "log", tuple(below),
                 number)  # fmt: skip


def _steps(steps: Sequence[Step]) -> tuple[Entry, ...]:
    return tuple(_step(step, number) for number, step in enumerate(steps, 1))


def _step(step: Step, number: int) -> Entry:
    below = [Entry("Risk", step.risk)]
    if step.command:
        below.append(Entry("Command", step.command, "command"))
    return Entry("Step", words.reflow(step.title), "item", tuple(below), number)


def _looked_at(report: Report) -> tuple[Entry, ...]:
    formats = Counter[str]()
    for member in report.coverage.members:
        if member.skipped is None:
            formats[member.parser] += 1
    entries = [Entry("Result", words.looked_at(report), "prose")]
    entries += [
        Entry("Looked at", ", ".join(f"{name} {n:,}" for name, n in sorted(formats.items())), "prose")
    ] if formats else []  # fmt: skip
    first = next((f for f in report.findings if f.collect), None)
    return (*entries, *(to_settle(first, "To find out") if first else ()))
