"""What one view says the other says too, and in the agreed order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arclogs.model.report import Report
from arclogs.views.interface import Layout
from arclogs.views.outline import Entry, outline
from arclogs.views.plain import render_plain
from arclogs.views.text import render_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parent / "data"
ORDER = [
    "Bundle", "Environment", "<answer>", "What happened", "What was seen", "Fix",
    "Fix, once the first cause is proven", "Verify", "Why the others fell", "Also seen", "Near misses",
    "Unexplained errors", "Not in the bundle", "Doubts about the logs", "References",
    "How the input was read", "",
]  # fmt: skip
ANSWERS = {"Root cause", "Likely cause", "Possible causes, most frequent first",
           "No known cause found"}  # fmt: skip


@pytest.fixture(params=["confirmed", "partial", "possible", "unknown", "healthy"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def report(name: str) -> Report:
    return Report.model_validate_json((DATA / f"{name}.json").read_text())


def entries(section: Iterable[Entry]) -> Iterator[Entry]:
    for entry in section:
        yield entry
        yield from entries(entry.below)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_both_views_say_everything(report: Report) -> None:
    plain = squeezed(render_plain(report, Layout()))
    text = squeezed(render_text(report, Layout(width=80)))
    said = list(entries(outline(report)))
    assert len(said) > 10
    for entry in said:
        if entry.role == "time":  # the day stands in the heading of a terminal's section
            day, clock = entry.text.removesuffix("Z").split("T")
            assert squeezed(day + clock) in plain
            assert clock in text
        else:
            assert squeezed(entry.text) in plain
            assert squeezed(entry.text) in text


def test_sections_come_in_order(report: Report) -> None:
    labels = [s.label if s.label not in ANSWERS else "<answer>" for s in outline(report)]
    assert labels == sorted(labels, key=ORDER.index)
    assert "<answer>" in labels


def test_evidence_comes_by_time_then_state(report: Report) -> None:
    happened = [s for s in outline(report) if s.label in ("What happened", "What was seen")]
    for section in happened:
        times = [next((b.text for b in e.below if b.role == "time"), None) for e in section.below]
        dated = [t for t in times if t]
        assert times == [*sorted(dated), *[None] * (len(times) - len(dated))]


def test_last_line_tells_the_coverage(report: Report, name: str) -> None:
    problems = "2 problems (exit 3)" if name == "partial" else "no problems"
    for view in (render_plain, render_text):
        last = view(report, Layout()).splitlines()[-1]
        assert last.startswith("Coverage: 4 of ")
        assert last.endswith(problems)


def test_lines_fit_the_terminal_but_what_is_copied_stays_whole(report: Report) -> None:
    said = entries(outline(report))
    commands = {e.text for e in said if e.role in ("command", "place")}
    for line in render_text(report, Layout(width=60)).splitlines():
        assert len(line) <= 60 or line.strip() in commands


def test_causes_that_one_line_leaves_open_are_told_with_it_once() -> None:
    data = json.loads((DATA / "possible.json").read_text())
    sure, *others = data["findings"]
    shown = sure["evidence"]
    for at, other in enumerate(others, 1):
        other |= {"kind": "cause", "confidence": "possible", "explained_by": None}
        other["evidence"] = shown if at < 3 else []
    data["findings"] = [sure | {"confidence": "confirmed"}, *others]
    report = Report.model_validate(data)
    (section,) = (s for s in outline(report) if s.label == "Also seen")
    together, *alone = section.below
    assert together.text == "2 possible causes of one failure"
    assert [e.text.split(" (")[0] for e in together.below if e.label == "Cause"] == [
        other["title"] for other in others[:2]
    ]
    assert len([e for e in together.below if e.label == "Line"]) == 1
    assert [e.text for e in alone] == [other["title"] for other in others[2:]]
