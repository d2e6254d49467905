"""The answer for whoever runs the cluster: what is wrong, what to do, what to send.

No file names, no rules, no table and no HTML: it may end up in a mail as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.markdown.parts import paragraphs, send_next, steps, wanted_next
from arclogs.views.markdown_text import fence, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Finding, Report
    from arclogs.views.interface import Layout

RISKS: Final = {
    "read-only": "",
    "mutating": "changes the cluster",
    "destructive": "deletes or interrupts something: please read it before you run it",
}


def customer_note(report: Report, layout: Layout) -> str:
    """Return the text; what it asks for stands last, so that it is not missed."""
    del layout
    found = report.answer
    lines = _answer(report, found) if found else _no_answer(report)
    wanted = send_next("What we need from you", wanted_next(report))
    return "\n".join([*lines, *wanted]).rstrip() + "\n"


def _answer(report: Report, found: Finding) -> Iterator[str]:
    if found.confidence == "possible":
        yield from _possible(report, found)
        return
    yield from (f"### {prose(found.title)}", "")
    if found.confidence == "likely":
        yield from ("This is the most likely cause; it is not proven yet.", "")
    yield from _about(found)
    yield from steps("What to do", found.fix, RISKS)
    yield from steps("How to see that it worked", found.verify, RISKS)


def _possible(report: Report, found: Finding) -> Iterator[str]:
    candidates = words.candidates(report)
    if len(candidates) == 1:
        yield from (f"### Possible cause: {prose(found.title)}", "")
        yield from _about(found)
    else:
        yield from ("### What we can tell so far", "", "These causes fit what you sent:", "")
        yield from (f"{n}. {prose(f.title)}" for n, f in enumerate(candidates, 1))
        yield ""
    for asked in found.collect[:1]:
        what = "which one it is" if len(candidates) > 1 else "whether it is"
        yield f"**Please run this and send us the output.** It tells us {what}: {prose(asked.why)}."
        yield from ("", *fence(asked.command, "sh"), "")
    heading = "If it is the first" if len(candidates) > 1 else "If it is"
    yield from steps(heading, found.fix, RISKS)


def _about(found: Finding) -> Iterator[str]:
    if found.summary.strip() != found.title:
        yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(found.impact)


def _no_answer(report: Report) -> Iterator[str]:
    yield from ("### We cannot name the cause yet", "")
    if report.unexplained:
        yield "What you sent shows errors that we have not seen before. We are looking into them."
    elif report.coverage.missing:
        yield "What you sent shows no error that we know."
    else:
        yield "What you sent is complete and shows no error: when does the failure appear?"
    yield ""
