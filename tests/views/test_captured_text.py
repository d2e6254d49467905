"""Captured text is shown, never acted upon: by no terminal, no browser, no tracker."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from arclogs.model.report import Report
from arclogs.views.interface import Audience, Format, Layout
from arclogs.views.registry import VIEWS
from arclogs.views.sanitize import UNSEEN, sanitize

DATA = Path(__file__).parent / "data"
HOSTILE: dict[str, str] = json.loads((DATA / "hostile.json").read_text())
FIXED = {"schema_version", "kind", "component", "severity", "confidence", "risk", "role", "timestamp",
         "first_seen", "last_seen", "first_timestamp", "last_timestamp", "code"}  # fmt: skip
NAMES = ("confirmed", "partial", "possible", "unknown")
SGR = re.compile(r"\x1b\[[0-9;]*m")
NOFORMAT = re.compile(r"^\{noformat\}\n.*?^\{noformat\}$", re.MULTILINE | re.DOTALL)
MARKDOWN = MarkdownIt("gfm-like")
assert MARKDOWN.linkify is not None
MARKDOWN.linkify.set({"fuzzy_link": False})  # GitHub links no bare domain: 0.NAME


def injected(value: Any, text: str, key: str = "") -> Any:
    """Return a report's data with the text behind every free text in it."""
    match value:
        case str() if key not in FIXED:
            return f"{value} {text}"
        case dict():
            return {k: injected(v, text, k) for k, v in value.items()}
        case list():
            return [injected(v, text, key) for v in value]
        case _:
            return value


@cache
def hostile_report(text: str, name: str = "confirmed") -> Report:
    data = json.loads((DATA / f"{name}.json").read_text())
    return Report.model_validate(injected(data, text))


@pytest.fixture(params=HOSTILE)
def text(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.mark.parametrize("form", Format)
def test_nothing_unseen_leaves(form: Format, text: str) -> None:
    for name in NAMES:
        out = VIEWS[form](hostile_report(text, name), Layout())
        assert UNSEEN.findall(out.replace("\n", "")) == []
        out.encode("utf-8")


def test_a_styled_report_holds_only_our_own_escapes(text: str) -> None:
    out = VIEWS[Format.TEXT](hostile_report(text), Layout(styled=True, color=True))
    assert SGR.search(out)
    assert UNSEEN.findall(SGR.sub("", out).replace("\n", "")) == []


@pytest.mark.parametrize("form", [Format.TEXT, Format.PLAIN])
def test_what_was_hidden_is_shown(form: Format, text: str) -> None:
    out = VIEWS[form](hostile_report(text), Layout(width=200))
    shown = "".join(sanitize(text).split())[:900]
    assert shown in "".join(out.split())


def test_json_gives_the_exact_text_back(text: str) -> None:
    report = hostile_report(text)
    assert json.loads(VIEWS[Format.JSON](report, Layout())) == json.loads(
        json.dumps(report.model_dump())
    )


def test_ascii_json_is_ascii(text: str) -> None:
    assert VIEWS[Format.JSON](hostile_report(text), Layout(ascii=True)).isascii()


def test_plain_labels_cannot_be_forged() -> None:
    out = VIEWS[Format.PLAIN](hostile_report(HOSTILE["forged label"]), Layout())
    lines = out.splitlines()
    assert [line for line in lines if line.startswith("Coverage:")] == [lines[-1]]
    assert sum(line.startswith("Root cause:") for line in lines) == 1


def rendered_text(markdown: str) -> list[str]:
    """Return what a tracker would look at for mentions; fail on anything that acts."""
    found = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "html_block":
            assert re.fullmatch(
                r"<details><summary>[\w ()]+</summary>\s*|</details>\s*", token.content
            )
        in_code = False
        for child in token.children or ():
            assert child.type not in {"link_open", "image", "em_open", "strong_em", "s_open"}
            if child.type == "html_inline":
                assert child.content in {"<code>", "</code>"}
                in_code = child.content == "<code>"
            if child.type == "text" and not in_code:
                found.append(child.content)
    return found


@pytest.mark.parametrize("audience", Audience)
def test_markdown_is_inert(audience: Audience, text: str) -> None:
    for name in NAMES:
        out = VIEWS[Format.MARKDOWN](hostile_report(text, name), Layout(audience=audience))
        for shown in rendered_text(out):
            assert not re.search(r"@\w|#\d|GH-\d|://|www\.|:tada:|\$", shown)


@cache
def shape(text: str, name: str, audience: Audience) -> list[str]:
    report = hostile_report(text, name)
    tokens = MARKDOWN.parse(VIEWS[Format.MARKDOWN](report, Layout(audience=audience)))
    wanted = {"table_open", "tr_open", "td_open", "heading_open", "fence", "html_block"}
    return [t.type for t in tokens if t.type in wanted]


@pytest.mark.parametrize("audience", Audience)
def test_markdown_keeps_its_shape(audience: Audience, text: str) -> None:
    """As many tables, rows, cells, headings, list items and fences as without the hostile text."""
    if audience is not Audience.CUSTOMER:
        text = text[:200]  # they leave out, and name, what does not fit into a comment

    for name in ("confirmed", "possible", "unknown"):
        assert shape(text, name, audience) == shape("harmless", name, audience)


@pytest.mark.parametrize("audience", Audience)
def test_a_ticket_fits_into_a_comment(audience: Audience) -> None:
    data = json.loads((DATA / "confirmed.json").read_text())
    evidence = data["findings"][0]["evidence"] * 30
    data["findings"][0]["evidence"] = [{**e, "text": "x" * 65_536} for e in evidence]
    data["findings"] += [{**data["findings"][0], "rank": n} for n in range(4, 60)]
    report = Report.model_validate(data)
    assert len(VIEWS[Format.MARKDOWN](report, Layout(audience=audience))) <= 65_536
    assert len(VIEWS[Format.JIRA](report, Layout(audience=audience))) <= 32_767


def jira_source(text: str, name: str, audience: Audience) -> str:
    return VIEWS[Format.JIRA](hostile_report(text[:100], name), Layout(audience=audience))


def jira_shape(source: str) -> list[str]:
    """Return what each line begins with and, in a table, how many cells it has."""
    lines = NOFORMAT.sub("{noformat}", source).splitlines()
    starts = [(re.match(r"h\d\. |\|\|?|\{noformat\}", line), line.count("|")) for line in lines]
    return [f"{found[0]}{bars}" for found, bars in starts if found]


@pytest.mark.parametrize("audience", Audience)
def test_jira_is_inert(audience: Audience, text: str) -> None:
    """Outside what arclogs writes itself, no sign is left that Jira acts upon."""
    for name in NAMES:
        source = jira_source(text, name, audience)
        if name != "partial":
            assert jira_shape(source) == jira_shape(jira_source("harmless", name, audience))
        shown = re.sub(r"\\[-#*_+?^~%{}\[\]()!@]|&#\d+;", "xx", NOFORMAT.sub("", source))
        shown = re.sub(r"^(\*|#) |^\*[A-Z][\w ,.]+\*|^h[345]\. ", "", shown, flags=re.MULTILINE)
        shown = re.sub(r"(?<!\{)\{\{(?!\{)[^{}]*\}\}(?!\})", "xx", shown)
        assert not re.search(r"[\\{}\[\]!#*+^~@]|://|mailto:|[:;]-?[)(DPp]|\([a-z/?-]\)", shown)
        assert not re.search(r"(?<!\w)[-_]|[-_](?!\w)|^(?:bq|h\d)\.|[A-Z]-\d", shown, re.MULTILINE)
        for line in shown.splitlines():
            assert line.startswith("|") or "|" not in line


@pytest.mark.parametrize("audience", Audience)
def test_nothing_in_a_mail_acts(audience: Audience, text: str) -> None:
    for name in NAMES:  # a word of a command is not parted, however long it is
        report = hostile_report(text[:900], name)
        lines = VIEWS[Format.MAIL](report, Layout(audience=audience)).splitlines()
        assert not re.match(r"(?!arclogs:)[!-9;-~]+:", lines[0])
        assert [line for line in lines if re.match(r"From |>|--$|-- |\.$", line)] == []
        assert [line for line in lines if line != line.rstrip()] == []
        assert max(len(line.encode()) for line in lines) <= 998
        wide = [line for line in lines if len(line) > 73 and " " in line.strip()]
        assert [line for line in wide if not re.match(r" {6,}|- |\d+\. | +kubectl", line)] == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_a_view(text: str) -> None:
    report = hostile_report(text)
    for form in Format:
        out = VIEWS[form](report, Layout())
        assert UNSEEN.findall(out.replace("\n", "")) == []
    for shown in rendered_text(VIEWS[Format.MARKDOWN](report, Layout())):
        assert not re.search(r"@\w|#\d|://", shown)
