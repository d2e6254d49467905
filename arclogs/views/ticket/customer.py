"""The answer for whoever runs the cluster: what is wrong, what to do, what to send.

No file names, no rules, no table and no fold: it may end up in a mail as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.ticket.blocks import Heading, Item, Items, Paragraph, Prose, Strong, Verbatim
from arclogs.views.ticket.parts import paragraphs, section, send_next, steps, wanted_next

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Finding, Report
    from arclogs.views.ticket.blocks import Block, Section

RISKS: Final = {
    "read-only": "",
    "mutating": "changes the cluster",
    "destructive": "deletes or interrupts something: please read it before you run it",
}


def customer_note(report: Report) -> Iterator[Section]:
    """Yield the text; what it asks for stands last, so that it is not missed."""
    found = report.answer
    more = _proven_too(report)
    yield section("Answer", _answer(report, found, bool(more)) if found else _no_answer(report))
    for other in more:
        yield section("Answer", _cause(other, placed=True))
    yield section("What we need", send_next("What we need from you", wanted_next(report)))


def _proven_too(report: Report) -> list[Finding]:
    """Return the other causes that are confirmed: what broke elsewhere is no rival of the answer."""
    return [
        other
        for other in words.others(report)
        if other.kind == "cause" and other.confidence == "confirmed"
        and other.explained_by is None and other.severity != "info"
    ]  # fmt: skip


def _answer(report: Report, found: Finding, several: bool) -> Iterator[Block]:
    if found.confidence == "possible":
        yield from _possible(report, found)
    else:
        yield from _cause(found, placed=several)


def _cause(found: Finding, *, placed: bool) -> Iterator[Block]:
    """Yield a cause and what to do; `placed`: and where it is, since there are several."""
    yield Heading(3, (Prose(found.title),))
    if found.confidence == "likely":
        yield Paragraph(("This is the most likely cause; it is not proven yet.",))
    if placed and (where := words.where(found)):
        yield Paragraph(("Where: ", Prose(where)))
    yield from _about(found)
    yield from steps("What to do", found.fix, RISKS)
    yield from steps("How to see that it worked", found.verify, RISKS)


def _possible(report: Report, found: Finding) -> Iterator[Block]:
    candidates = words.candidates(report)
    if len(candidates) == 1:
        yield Heading(3, ("Possible cause: ", Prose(found.title)))
        yield from _about(found)
    else:
        yield Heading(3, ("What we can tell so far",))
        yield Paragraph(("These causes fit what you sent:",))
        yield Items(tuple(Item((Prose(f.title),)) for f in candidates), ordered=True)
    for asked in found.collect[:1]:
        what = "which one it is" if len(candidates) > 1 else "whether it is"
        please = Strong("Please run this and send us the output.")
        yield Paragraph((please, f" It tells us {what}: ", Prose(asked.why), "."))
        yield Verbatim(asked.command, "sh")
    heading = "If it is the first" if len(candidates) > 1 else "If it is"
    yield from steps(heading, found.fix, RISKS)


def _about(found: Finding) -> Iterator[Block]:
    if found.summary.strip() != found.title:
        yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(found.impact)


def _no_answer(report: Report) -> Iterator[Block]:
    yield Heading(3, ("We cannot name the cause yet",))
    if report.unexplained:
        said = "What you sent shows errors that we have not seen before. We are looking into them."
    elif report.coverage.missing:
        said = "What you sent shows no error that we know."
    else:
        said = "What you sent is complete and shows no error: when does the failure appear?"
    yield Paragraph((said,))
