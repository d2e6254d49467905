"""What is asked for is asked for once; what is captured stays one piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.model.report import Collect, Missing, Report
from arclogs.views.interface import Audience, Layout
from arclogs.views.markdown_text import prose
from arclogs.views.ticket import render_markdown
from arclogs.views.ticket.parts import wanted_next

DATA = Path(__file__).parents[1] / "data"


def report(name: str, asked: str, missing: str) -> Report:
    whole = Report.model_validate_json((DATA / f"{name}.json").read_text())
    collect = (Collect(why="it decides", command=asked),)
    first = whole.findings[0].model_copy(update={"collect": collect})
    wants = (Missing(what="accounts", why_it_matters="they count", command=missing),)
    coverage = whole.coverage.model_copy(update={"missing": wants})
    return whole.model_copy(update={"findings": (first, *whole.findings[1:]), "coverage": coverage})


@pytest.mark.parametrize(
    ("asked", "missing", "again"),
    [
        ("kubectl -n a get pods,sa,role -o yaml", "kubectl -n a get sa,role -o yaml", False),
        ("kubectl -n a get pods,sa,role -o yaml", "kubectl -n b get sa,role -o yaml", True),
        ("kubectl -n a get pods,sa -o yaml", "kubectl -n a get sa,role -o yaml", True),
        ("kubectl -n a get pods -o yaml", "kubectl -n a logs x", True),
    ],
)
def test_what_one_command_gets_is_not_asked_for_again(
    asked: str, missing: str, again: bool
) -> None:
    wanted = [command for _, command in wanted_next(report("possible", asked, missing))]
    assert (missing in wanted) == again


def test_an_escalation_of_a_proven_cause_tells_how_to_get_what_is_missing() -> None:
    command = "kubectl -n a get sa,role -o yaml"
    proven = report("confirmed", "kubectl -n a get pods -o yaml", command)
    assert proven.answer is not None
    assert proven.answer.confidence == "confirmed"
    texts = {a: render_markdown(proven, Layout(audience=a)) for a in Audience}
    assert command in texts[Audience.ESCALATION]
    assert command not in texts[Audience.INTERNAL]


def test_the_first_of_several_causes_is_not_told_as_a_fact() -> None:
    text = render_markdown(
        Report.model_validate_json((DATA / "possible.json").read_text()), Layout()
    )
    found = Report.model_validate_json((DATA / "possible.json").read_text()).answer
    assert found is not None
    before = text[: text.index(prose(found.summary.split(".")[0]))]
    assert "**If it is the first**" in before


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("masked by [object Object].", "masked by `[object Object]`."),
        ("a [ b c d e f", "a `[` b c d e f"),
        ("[x] and [y z]", "`[x]` and `[y z]`"),
    ],
)
def test_what_brackets_hold_is_one_code_span(text: str, shown: str) -> None:
    assert prose(text) == shown
