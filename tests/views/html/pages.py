"""Pages of the reports that the golden files know, with exhibits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from arclogs.model.exhibits import Excerpt, Exhibits
from arclogs.model.report import Report
from arclogs.model.timeline import Timeline
from arclogs.views.html import render_html
from arclogs.views.interface import Audience, Layout

DATA = Path(__file__).parents[1] / "data"
TIMELINE = DATA.parent / "timeline" / "founding.json"
HOSTILE: dict[str, str] = json.loads((DATA / "hostile.json").read_text())
_FIXED = {"schema_version", "kind", "severity", "confidence", "risk", "role", "timestamp", "first_seen",
          "last_seen", "first_timestamp", "last_timestamp", "code", "time", "first", "last", "lanes_by",
          "component", "affected_from", "affected_to", "fixed"}  # fmt: skip


def injected(value: Any, text: str, key: str = "") -> Any:
    """Return data with the text behind every free text in it."""
    match value:
        case str() if value and key not in _FIXED:
            return f"{value} {text}"
        case dict():
            return {k: injected(v, text, k) for k, v in value.items()}
        case list() | tuple():
            return [injected(v, text, key) for v in value]
        case _:
            return value


def exhibits_of(report: Report) -> Exhibits:
    """Return a real timeline, and lines around the evidence of the answer."""
    evidence = report.answer.evidence if report.answer else ()
    excerpts = [
        Excerpt(
            member=item.member,
            line=item.line,
            first=item.line - 2,
            lines=("before <b>it</b>", "1 & 2", item.text, "after it"),
        )
        for item in evidence
        if item.line > 2
    ]
    timeline = Timeline.model_validate_json(TIMELINE.read_text())
    return Exhibits(timeline=timeline, excerpts=tuple(excerpts))


def page(name: str, text: str = "", audience: Audience = Audience.INTERNAL) -> str:
    """Return the page of a report, with hostile text everywhere if there is some."""
    report = Report.model_validate_json((DATA / f"{name}.json").read_text())
    exhibits = exhibits_of(report)
    if text:
        report = Report.model_validate(injected(report.model_dump(), text))
        exhibits = Exhibits.model_validate(injected(exhibits.model_dump(), text))
    return render_html(report, Layout(audience=audience), exhibits)
