"""The internal note: the answer, its evidence, what to do; everything else is folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views import words
from arclogs.views.outline.remainder import MOST_NEAR_MISSES, MOST_UNEXPLAINED
from arclogs.views.ticket.blocks import (
    Code,
    Fold,
    Heading,
    Item,
    Items,
    Label,
    Paragraph,
    Prose,
    Strong,
    Verbatim,
)
from arclogs.views.ticket.parts import (
    LONGEST_LINE,
    MOST_EVIDENCE,
    MOST_LISTED,
    bugs_seen,
    cut,
    doubts,
    evidence_of,
    folded_list,
    made_by,
    near_miss,
    not_there,
    paragraphs,
    reading,
    rivals,
    section,
    send_next,
    steps,
    unexplained,
    unseen_bugs,
    wanted_next,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Finding, Report
    from arclogs.views.ticket.blocks import Block, Line, Section


def note(report: Report) -> Iterator[Section]:
    """Yield the note: the answer, its evidence, what to do, what to send next."""
    found = report.answer
    yield section("Summary", (*_head(report), *_environment(report)))
    if found is None:
        yield section("Answer", paragraphs(words.looked_at(report).replace("\n", "\n\n")))
        yield from _more(report)
    else:
        yield section("Answer", _answer(report, found))
    yield section("What to send next", send_next("What to send next", wanted_next(report)))
    if found is not None:
        yield section("Log excerpt", _excerpt(found))
        fallen = rivals(found)
        heading = f"Why the others fell ({len(fallen)})"
        yield section("Why the others fell", folded_list(heading, fallen))
        yield from _more(report)
    yield from _input(report)


def _head(report: Report) -> Iterator[Block]:
    found, several = report.answer, len(words.candidates(report))
    if found is None:
        yield Heading(3, ("arclogs: No known cause found",))
    elif several > 1:
        yield Heading(3, (f"arclogs: {words.verdict(report, found)} ({several})",))
    else:
        sure = f" ({found.severity}, {found.confidence})"
        yield Heading(3, ("arclogs: ", Prose(found.title), sure))
    answer: Line = ()
    if found and several < 2:
        answer = (f"{words.verdict(report, found)} ", Code(found.rule), " · ")
    yield Paragraph((*answer, *made_by(report)))


def _environment(report: Report) -> Iterator[Block]:
    line: list[str | Code] = []
    for label, value in words.environment(report):
        line += [f"{' · ' if line else ''}{label} ", Code(value)]
    yield Paragraph((Strong("Environment"), ": ", *(line or ["not known from this bundle"])))


def _answer(report: Report, found: Finding) -> Iterator[Block]:
    several = len(words.candidates(report)) > 1
    if found.confidence == "possible":
        yield _candidates(report)
        for asked in found.collect[:1]:
            label = "To tell them apart" if several else "To be sure"
            yield Paragraph((Strong(label), ": ", Prose(asked.why)))
            yield Verbatim(asked.command, "sh")
    if several:
        yield Label("If it is the first")
    yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(f"Impact: {found.impact}")
    yield from bugs_seen(found)
    yield from evidence_of(found)
    yield from steps(words.fix_heading(found, several=several), found.fix)
    yield from steps("Verify", found.verify)


def _candidates(report: Report) -> Block:
    lines: list[Line] = [
        (Prose(f.title), " (", Code(f.rule), f", {f.severity})") for f in words.candidates(report)
    ]
    return Items(tuple(map(Item, lines)), ordered=True)


def _excerpt(found: Finding) -> Iterator[Block]:
    evidence = words.in_order(found.evidence)[:MOST_EVIDENCE]
    lines = [f"{words.place(e.member, e.line)}: {cut(e.text, LONGEST_LINE)}" for e in evidence]
    if lines:
        heading = f"Log excerpt ({words.amount(len(lines), 'line')})"
        yield Fold(heading, (Verbatim("\n".join(lines), "text"),), dispensable=True)


def _more(report: Report) -> Iterator[Section]:
    """Yield what else was seen: open where it is all there is, folded below an answer."""
    folded = report.answer is not None
    others = words.others(report)
    listed = [_other(f) for f in others[:MOST_LISTED]]
    heading = f"Also seen ({len(others)})"
    yield section("Also seen", folded_list(heading, listed, folded=folded))
    if report.answer is None:
        listed = [near_miss(miss) for miss in report.near_misses[:MOST_NEAR_MISSES]]
        yield section("Near misses", folded_list("Near misses", listed, folded=folded))
    errors = unexplained(report.unexplained, 1, MOST_UNEXPLAINED, folded=folded)
    yield section("Unexplained errors", errors)


def _input(report: Report) -> Iterator[Section]:
    if report.answer is not None and report.answer.confidence == "confirmed":
        yield section("Not in the bundle", not_there(report))
    yield section("Known bugs", unseen_bugs(report, dispensable=True))
    yield section("Doubts about the logs", doubts(report, MOST_LISTED))
    yield section("How the input was read", reading(report.coverage.notes, MOST_LISTED))


def _other(found: Finding) -> Line:
    facts = f", {found.kind}, {found.severity}, {found.confidence}, {words.times(found.count)}"
    line: Line = (Prose(found.title), " (", Code(found.rule), facts)
    if found.explained_by:
        line += (", explained by ", Code(found.explained_by))
    line += (")",)
    for item in found.evidence[:1]:
        line += (" at ", Code(words.place(item.member, item.line)))
    return line
