"""Three texts of one report, rendered as GitHub does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from arclogs.model.report import Report
from arclogs.views.interface import Audience, Layout
from arclogs.views.markdown_text import prose
from arclogs.views.ticket import render_markdown

DATA = Path(__file__).parents[1] / "data"
REPORTS = ("confirmed", "partial", "possible", "unknown", "healthy")
MARKDOWN = MarkdownIt("gfm-like")
assert MARKDOWN.linkify is not None
MARKDOWN.linkify.set({"fuzzy_link": False})  # GitHub links no bare domain: 0.NAME


def load(name: str) -> Report:
    return Report.model_validate_json((DATA / f"{name}.json").read_text())


def text_of(name: str, audience: Audience) -> str:
    return render_markdown(load(name), Layout(audience=audience))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("audience", Audience)
def test_commands_belong_to_their_step_and_folds_close(name: str, audience: Audience) -> None:
    text = text_of(name, audience)
    depth = 0
    for token in MARKDOWN.parse(text):
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "fence" and token.info == "sh" and "kubectl" in token.content:
            assert depth == 1 or token.level == 0
    assert text.count("<details>") == text.count("</details>")
    assert "\n\n\n\n" not in text


@pytest.mark.parametrize("name", REPORTS)
def test_tables_have_a_cell_for_each_column(name: str) -> None:
    for audience in Audience:
        html = MARKDOWN.render(text_of(name, audience))
        for table in html.split("<table>")[1:]:
            rows = table.split("</table>")[0].split("<tr>")[1:]
            assert len({row.count("<td") + row.count("<th>") for row in rows}) == 1


@pytest.mark.parametrize("name", REPORTS)
def test_a_customer_reads_no_file_no_rule_and_no_markup(name: str) -> None:
    report = load(name)
    text = text_of(name, Audience.CUSTOMER)
    told = [m.member for m in report.coverage.members] + [f.rule for f in report.findings]
    told += [report.bundle.sha256[:12], report.arclogs.rules_hash[:12], "arclogs"]
    assert [word for word in told if word in text] == []
    types = {token.type for token in MARKDOWN.parse(text)}
    assert not types & {"html_block", "table_open"}


def test_a_customer_is_asked_for_nothing_once_the_cause_is_proven() -> None:
    assert "What we need from you" not in text_of("confirmed", Audience.CUSTOMER)
    assert "What we need from you" in text_of("unknown", Audience.CUSTOMER)
    assert "**Please run this and send us the output.**" in text_of("possible", Audience.CUSTOMER)


@pytest.mark.parametrize("name", ["confirmed", "partial", "possible"])
def test_an_escalation_leaves_nothing_out(name: str) -> None:
    report = load(name)
    text = text_of(name, Audience.ESCALATION)
    told = [report.bundle.sha256, report.arclogs.rules_hash, report.arclogs.version]
    told += [f.rule for f in report.findings] + [r.rule for f in report.findings for r in f.rivals]
    told += [m.member for m in report.coverage.members]
    told += [f"{e.member}:{e.line}" for f in report.findings for e in f.evidence if e.line]
    told += [miss.rule for miss in report.near_misses]
    assert [word for word in told if word not in text] == []
    assert len(text) > len(text_of(name, Audience.INTERNAL))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("breaks the rule - no limits", "breaks the rule - no limits"),
        ("- no list", "`-` no list"),
        ("1. no list", "`1.` no list"),
        ("=== no heading", "`===` no heading"),
        ("is 1. or 2. of them", "is 1. or 2. of them"),
    ],
)
def test_a_dash_within_a_sentence_is_a_dash(text: str, shown: str) -> None:
    assert prose(text) == shown


@pytest.mark.parametrize(("confidence", "told"), [("confirmed", True), ("likely", False)])
def test_a_customer_learns_of_every_proven_cause(confidence: str, told: bool) -> None:
    data = json.loads((DATA / "confirmed.json").read_text())
    answer, other = data["findings"][:2]
    other |= {"confidence": confidence, "title": "Another cause", "entities": {"pod": "runner-b"}}
    text = render_markdown(Report.model_validate(data), Layout(audience=Audience.CUSTOMER))
    assert ("### Another cause" in text) is told
    assert ("runner-b" in text) is told
    assert answer["title"] in text.split("### Another cause")[0]
