"""The internal note: the answer, its evidence, what to do; everything else is folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views import words
from arclogs.views.markdown.escalation import near_miss
from arclogs.views.markdown.parts import (
    LONGEST_LINE,
    MOST_EVIDENCE,
    MOST_LISTED,
    block,
    bugs_seen,
    cut,
    evidence_table,
    made_by,
    not_there,
    paragraphs,
    send_next,
    steps,
    unseen_bugs,
    wanted_next,
)
from arclogs.views.markdown_text import code, fence, prose
from arclogs.views.outline.remainder import MOST_NEAR_MISSES, MOST_UNEXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Finding, Report
    from arclogs.views.interface import Layout


def note(report: Report, layout: Layout) -> str:
    """Return the note: the answer, its evidence, what to do, what to send next."""
    found = report.answer
    lines = [*_head(report), *_environment(report)]
    if found is None:
        lines += [*paragraphs(words.looked_at(report).replace("\n", "\n\n")), *_more(report, "")]
    else:
        lines += _answer(report, found)
    lines += send_next("What to send next", wanted_next(report))
    if found is not None:
        lines += [*_excerpt(found), *_rivals(found), *_more(report, "details")]
    lines += _input(report)
    lines.append(
        prose(f"Coverage: {words.coverage(report, partial_allowed=layout.partial_allowed)}")
    )
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    found, several = report.answer, len(words.candidates(report))
    if found is None:
        yield "### arclogs: No known cause found"
    elif several > 1:
        yield f"### arclogs: {words.verdict(report, found)} ({several})"
    else:
        sure = f"{found.severity}, {found.confidence}"
        yield f"### arclogs: {prose(found.title)} ({sure})"
    facts = [f"{words.verdict(report, found)} {code(found.rule)}"] if found and several < 2 else []
    facts.append(made_by(report))
    yield from ("", " · ".join(facts), "")


def _environment(report: Report) -> Iterator[str]:
    facts = [f"{label} {code(value)}" for label, value in words.environment(report)]
    yield "**Environment** " + (" · ".join(facts) or "not known from this bundle")
    yield ""


def _answer(report: Report, found: Finding) -> Iterator[str]:
    several = len(words.candidates(report)) > 1
    if found.confidence == "possible":
        yield from _candidates(report)
        for asked in found.collect[:1]:
            label = "To tell them apart" if several else "To be sure"
            yield f"**{label}**: {prose(asked.why)}"
            yield from ("", *fence(asked.command, "sh"), "")
    if several:
        yield from ("**If it is the first**", "")
    yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(f"Impact: {found.impact}")
    yield from bugs_seen(found)
    yield from evidence_table(words.in_order(found.evidence))
    yield from steps(words.fix_heading(found, several=several), found.fix)
    yield from steps("Verify", found.verify)


def _candidates(report: Report) -> Iterator[str]:
    for number, f in enumerate(words.candidates(report), 1):
        yield f"{number}. {prose(f.title)} ({code(f.rule)}, {f.severity})"
    yield ""


def _excerpt(found: Finding) -> Iterator[str]:
    evidence = words.in_order(found.evidence)[:MOST_EVIDENCE]
    lines = [f"{words.place(e.member, e.line)}: {cut(e.text, LONGEST_LINE)}" for e in evidence]
    if lines:
        heading = f"Log excerpt ({words.amount(len(lines), 'line')})"
        yield from block(heading, fence("\n".join(lines), "text"), "details")


def _rivals(found: Finding) -> Iterator[str]:
    listed = [f"- {prose(r.title)} ({code(r.rule)}): {prose(r.why)}" for r in found.rivals]
    yield from block(f"Why the others fell ({len(listed)})", listed)


def _more(report: Report, tag: str) -> Iterator[str]:
    """Yield what else was seen: open where it is all there is, folded below an answer."""
    others = words.others(report)
    listed = [_other(f) for f in others[:MOST_LISTED]]
    yield from block(f"Also seen ({len(others)})", listed, tag)
    if report.answer is None:
        listed = [near_miss(miss) for miss in report.near_misses[:MOST_NEAR_MISSES]]
        yield from block("Near misses", listed, tag)
    lines = [
        f"{words.times(u.count)}: {words.place(e.member, e.line)}: {cut(e.text, LONGEST_LINE)}"
        for u in report.unexplained[:MOST_UNEXPLAINED]
        for e in u.examples[:1]
    ]
    heading = f"Unexplained errors ({len(report.unexplained)})"
    yield from block(heading, fence("\n".join(lines), "text") if lines else [], tag)


def _input(report: Report) -> Iterator[str]:
    if report.answer is not None and report.answer.confidence == "confirmed":
        yield from not_there(report)
    yield from block(*unseen_bugs(report), "details")
    doubts = report.coverage.shortcomings
    listed = [f"- {code(d.about)} {prose(d.says)}" for d in doubts[:MOST_LISTED]]
    yield from block(f"Doubts about the logs ({len(doubts)})", listed, "details")
    notes = report.coverage.notes
    listed = [f"- {code(n.member)} {code(n.code)}: {prose(n.detail)}" for n in notes[:MOST_LISTED]]
    yield from block(f"How the input was read ({len(notes)})", listed, "details")


def _other(found: Finding) -> str:
    follows = f", explained by {code(found.explained_by)}" if found.explained_by else ""
    facts = f"{found.kind}, {found.severity}, {found.confidence}, {words.times(found.count)}"
    where = "".join(f" at {code(words.place(e.member, e.line))}" for e in found.evidence[:1])
    return f"- {prose(found.title)} ({code(found.rule)}, {facts}{follows}){where}"
