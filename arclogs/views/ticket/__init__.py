"""The report for a ticket: in GitHub's Markdown, in Jira's markup, or for a plain mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.interface import Audience
from arclogs.views.ticket.blocks import Paragraph, Prose
from arclogs.views.ticket.customer import customer_note
from arclogs.views.ticket.escalation import escalation
from arclogs.views.ticket.fit import fitted
from arclogs.views.ticket.note import note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout
    from arclogs.views.ticket.blocks import Block, Section

_TEXTS: Final[Mapping[Audience, Callable[[Report], Iterator[Section]]]] = {
    Audience.INTERNAL: note,
    Audience.CUSTOMER: customer_note,
    Audience.ESCALATION: escalation,
}


def render_markdown(report: Report, layout: Layout) -> str:
    """Return the text in the Markdown that GitHub renders."""
    from arclogs.views.ticket.markdown import MOST_CHARACTERS, markdown_lines

    sections = _TEXTS[layout.audience](report)
    return fitted(sections, _closing(report, layout), markdown_lines, MOST_CHARACTERS)


def render_jira(report: Report, layout: Layout) -> str:
    """Return the text in the wiki markup of Jira Data Center and Server."""
    from arclogs.views.ticket.jira import MOST_CHARACTERS, jira_lines

    sections = _TEXTS[layout.audience](report)
    return fitted(sections, _closing(report, layout), jira_lines, MOST_CHARACTERS)


def render_mail(report: Report, layout: Layout) -> str:
    """Return the text for a plain mail, which may be of any length."""
    from arclogs.views.ticket.mail import mail_lines, stuffed

    sections = _TEXTS[layout.audience](report)
    return stuffed(fitted(sections, _closing(report, layout), mail_lines, None))


def _closing(report: Report, layout: Layout) -> tuple[Block, ...]:
    if layout.audience is Audience.CUSTOMER:
        return ()
    covered = words.coverage(report, partial_allowed=layout.partial_allowed)
    return (Paragraph((Prose(f"Coverage: {covered}"),)),)
