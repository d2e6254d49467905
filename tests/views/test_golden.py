"""Each view of each report, as it was when somebody last looked at it.

After a wanted change: ARCLOGS_UPDATE_GOLDEN=1 pytest tests/views/test_golden.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arclogs.model.report import Report
from arclogs.views.interface import Audience, Format, Layout
from arclogs.views.registry import VIEWS

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "golden"
REPORTS = ("confirmed", "partial", "possible", "unknown", "healthy")
LAYOUTS = {
    "text": (Format.TEXT, Layout(width=100)),
    "text-80-color": (Format.TEXT, Layout(width=80, styled=True, color=True)),
    "text-ascii-allowed": (Format.TEXT, Layout(width=100, ascii=True, partial_allowed=True)),
    "plain": (Format.PLAIN, Layout()),
    "markdown": (Format.MARKDOWN, Layout()),
    "customer": (Format.MARKDOWN, Layout(audience=Audience.CUSTOMER)),
    "escalation": (Format.MARKDOWN, Layout(audience=Audience.ESCALATION)),
    "jira": (Format.JIRA, Layout()),
    "jira-customer": (Format.JIRA, Layout(audience=Audience.CUSTOMER)),
    "jira-escalation": (Format.JIRA, Layout(audience=Audience.ESCALATION)),
    "mail": (Format.MAIL, Layout()),
    "mail-customer": (Format.MAIL, Layout(audience=Audience.CUSTOMER)),
    "mail-escalation": (Format.MAIL, Layout(audience=Audience.ESCALATION)),
    "html": (Format.HTML, Layout()),
    "jsonl": (Format.JSONL, Layout()),
    "sarif": (Format.SARIF, Layout()),
    "json": (Format.JSON, Layout()),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("kind", LAYOUTS)
def test_view_is_as_agreed(name: str, kind: str) -> None:
    report = Report.model_validate_json((DATA / f"{name}.json").read_text())
    view, layout = LAYOUTS[kind]
    path = GOLDEN / f"{name}.{kind}.txt"
    text = VIEWS[view](report, layout)
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def test_every_format_has_a_view() -> None:
    assert set(VIEWS) == set(Format)
