"""The report for a ticket, in Markdown that GitHub renders and that a plain mail can bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.interface import Audience
from arclogs.views.markdown.customer import customer_note
from arclogs.views.markdown.escalation import escalation
from arclogs.views.markdown.note import note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout, View

_TEXTS: Final[Mapping[Audience, View]] = {
    Audience.INTERNAL: note,
    Audience.CUSTOMER: customer_note,
    Audience.ESCALATION: escalation,
}


def render_markdown(report: Report, layout: Layout) -> str:
    """Return the text for those who will read it."""
    return _TEXTS[layout.audience](report, layout)
