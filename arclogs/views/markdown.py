"""The report as a summary for a ticket, in GitHub's Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import known_issues, words
from arclogs.views.markdown_text import cell_code, code, fence, prose
from arclogs.views.outline.remainder import MOST_NEAR_MISSES, MOST_UNEXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.report import Evidence, Finding, NearMiss, Report, Step
    from arclogs.views.interface import Layout

# A comment holds 65,536 characters; a report must fit into one.
LONGEST_CELL: Final = 160
LONGEST_LINE: Final = 600
MOST_EVIDENCE: Final = 30
MOST_LISTED: Final = 10


def render_markdown(report: Report, layout: Layout) -> str:
    """Return the ticket: the answer, its evidence, what to do, what to send next."""
    found = report.answer
    lines = [*_head(report), *_environment(report)]
    if found is None:
        lines += [*_paragraphs(words.looked_at(report).replace("\n", "\n\n")), *_more(report, "")]
    else:
        lines += _answer(report, found)
    lines += _send_next(report)
    if found is not None:
        lines += [*_excerpt(found), *_more(report, "details")]
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
    facts += [
        f"bundle {code(report.bundle.name)} sha256 {code(report.bundle.sha256)}",
        f"arclogs {prose(report.arclogs.version)}, rules {code(report.arclogs.rules_hash[:12])}",
    ]
    yield from ("", " · ".join(facts), "")


def _environment(report: Report) -> Iterator[str]:
    facts = [f"{label} {code(value)}" for label, value in words.environment(report)]
    yield "**Environment** " + (" · ".join(facts) or "not known from this bundle")
    yield ""


def _answer(report: Report, found: Finding) -> Iterator[str]:
    if found.confidence == "possible":
        yield from _candidates(report)
        for asked in found.collect[:1]:
            yield f"**To tell them apart**: {prose(asked.why)}"
            yield from ("", *fence(asked.command, "sh"), "")
    yield from _paragraphs(found.summary)
    if found.impact:
        yield from _paragraphs(f"Impact: {found.impact}")
    for issue in found.known_issues:
        yield from _paragraphs(f"Known bug: {known_issues.told(issue)}")
    yield from _table(words.in_order(found.evidence))
    if found.rivals:
        yield from ("**Why the others fell**", "")
        for r in found.rivals:
            yield f"- {prose(r.title)} ({code(r.rule)}): {prose(r.why)}"
        yield ""
    yield from _steps(words.fix_heading(found), found.fix)
    yield from _steps("Verify", found.verify)


def _candidates(report: Report) -> Iterator[str]:
    for number, f in enumerate(words.candidates(report), 1):
        yield f"{number}. {prose(f.title)} ({code(f.rule)}, {f.severity})"
    yield ""


def _paragraphs(text: str) -> Iterator[str]:
    for line in words.reflow(text).split("\n"):
        item = line.lstrip().startswith(("- ", "* "))
        yield f"- {prose(line.lstrip()[2:])}" if item else prose(line)
        yield ""


def _table(evidence: Sequence[Evidence]) -> Iterator[str]:
    if not evidence:
        return
    yield from ("| time (UTC) | where | what |", "|---|---|---|")
    for item in evidence[:MOST_EVIDENCE]:
        time = prose(words.moment(item.timestamp)) if item.timestamp else ""
        said = f"{prose(item.says, cell_code)}: " if item.says else ""
        against = " (speaks against it)" if item.role == "refutes" else ""
        where = cell_code(words.place(item.member, item.line))
        yield f"| {time} | {where} | {said}{cell_code(_cut(item.text, LONGEST_CELL))}{against} |"
    yield ""


def _steps(heading: str, steps: Sequence[Step]) -> Iterator[str]:
    if not steps:
        return
    yield from (f"**{heading}**", "")
    for step in steps:
        yield f"- [ ] {prose(step.title)} ({step.risk})"
        yield from ("", *fence(step.command, "sh", "  "), "") if step.command else ()
    if not steps[-1].command:
        yield ""


def _send_next(report: Report) -> Iterator[str]:
    found = report.answer
    wanted = [(m.what + ": " + m.why_it_matters, m.command) for m in report.coverage.missing]
    if found is not None and found.confidence != "confirmed":
        asked = found.collect[1:] if found.confidence == "possible" else found.collect
        wanted[:0] = [(item.why, item.command) for item in asked]
    if not wanted:
        return
    yield from ("**What to send next**", "")
    for why, command in wanted[:MOST_LISTED]:
        yield from (f"- {prose(why)}", "", *fence(command, "sh", "  "), "")


def _excerpt(found: Finding) -> Iterator[str]:
    evidence = words.in_order(found.evidence)[:MOST_EVIDENCE]
    lines = [f"{words.place(e.member, e.line)}: {_cut(e.text, LONGEST_LINE)}" for e in evidence]
    if lines:
        heading = f"Log excerpt ({words.amount(len(lines), 'line')})"
        yield from _block(heading, fence("\n".join(lines), "text"), "details")


def _more(report: Report, tag: str) -> Iterator[str]:
    """Yield what else was seen: open where it is all there is, folded below an answer."""
    others = words.others(report)
    listed = [_other(f) for f in others[:MOST_LISTED]]
    yield from _block(f"Also seen ({len(others)})", listed, tag)
    if report.answer is None:
        listed = [_near_miss(miss) for miss in report.near_misses[:MOST_NEAR_MISSES]]
        yield from _block("Near misses", listed, tag)
    lines = [
        f"{words.times(u.count)}: {words.place(e.member, e.line)}: {_cut(e.text, LONGEST_LINE)}"
        for u in report.unexplained[:MOST_UNEXPLAINED]
        for e in u.examples[:1]
    ]
    heading = f"Unexplained errors ({len(report.unexplained)})"
    yield from _block(heading, fence("\n".join(lines), "text") if lines else [], tag)


def _input(report: Report) -> Iterator[str]:
    issues = report.environment.known_issues
    heading = f"Known bugs of these versions, none seen here ({len(issues)})"
    yield from _block(heading, known_issues.listed(issues), "details")
    doubts = report.coverage.shortcomings
    listed = [f"- {code(d.about)} {prose(d.says)}" for d in doubts[:MOST_LISTED]]
    yield from _block(f"Doubts about the logs ({len(doubts)})", listed, "details")
    notes = report.coverage.notes
    listed = [f"- {code(n.member)} {code(n.code)}: {prose(n.detail)}" for n in notes[:MOST_LISTED]]
    yield from _block(f"How the input was read ({len(notes)})", listed, "details")


def _near_miss(miss: NearMiss) -> str:
    why = prose("; ".join((*miss.missing, *miss.refuted_by)))
    title = prose(miss.title or miss.rule)
    return f"- {title} ({code(miss.rule)}): {miss.held} of {miss.of} signals; {why}"


def _other(found: Finding) -> str:
    follows = f", explained by {code(found.explained_by)}" if found.explained_by else ""
    facts = f"{found.kind}, {found.severity}, {found.confidence}, {words.times(found.count)}"
    where = "".join(f" at {code(words.place(e.member, e.line))}" for e in found.evidence[:1])
    return f"- {prose(found.title)} ({code(found.rule)}, {facts}{follows}){where}"


def _block(heading: str, lines: Sequence[str], tag: str) -> Iterator[str]:
    if not lines:
        return
    yield f"<{tag}><summary>{heading}</summary>" if tag else f"**{heading}**"
    yield from ("", *lines, "")
    yield from (f"</{tag}>", "") if tag else ()


def _cut(text: str, most: int) -> str:
    # A line end would start a line of its own in the excerpt: it is shown, as everywhere.
    line = text.strip().replace("\n", "\\n")
    return line if len(line) <= most else f"{line[:most]} …"
