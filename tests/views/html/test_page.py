"""The page as text: what it may hold, and that nothing captured is more than text in it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.model.report import Report
from arclogs.views.html import render_html
from arclogs.views.html.page import MOST_BYTES
from arclogs.views.interface import Audience, Layout
from arclogs.views.sanitize import UNSEEN, sanitize
from arclogs.views.ticket.customer import RISKS
from tests.views.html.pages import DATA, HOSTILE, exhibits_of, page

REPORTS = ("confirmed", "partial", "possible", "unknown", "healthy")
# Where a browser would act on a value, and what may stand there.
VALUES = {
    "href": re.compile(r"#[a-z0-9-]+|https://github\.com/actions/\S+"),
    "id": re.compile(r"[a-z0-9-]+"),
    "tabindex": re.compile("0"),
}
_TAGS = re.compile(
    "a|body|button|caption|code|dd|details|div|dl|dt|figcaption|figure|footer|h[1-3]|head|header|html|i"
    "|li|main|meta|nav|ol|p|pre|script|section|span|b|strong|style|summary|table|tbody|td|th|thead"
    "|title|tr|ul|br|svg|defs|pattern|line|rect|text|g|circle|polygon"
)
_ATTRIBUTES = re.compile(
    "aria-label|aria-labelledby|charset|class|content|cx|cy|height|href|http-equiv|id|lang|name"
    "|patterntransform|patternunits|points|r|rel|role|rx|scope|tabindex|viewbox|width|x|x1|x2|y|y1|y2"
)


class Shape(HTMLParser):
    """Collects the elements of a page and its text; a stray end tag fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, Any]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def check(shape: Shape) -> None:
    for tag, attributes in shape.elements:
        assert _TAGS.fullmatch(tag)
        assert all(map(_ATTRIBUTES.fullmatch, attributes))
        for name, pattern in VALUES.items():
            assert pattern.fullmatch(attributes.get(name) or "") or name not in attributes
    assert [tag for tag, _ in shape.elements].count("script") == 1


@pytest.mark.parametrize("name", REPORTS)
def test_page_is_well_formed_and_needs_nothing_else(name: str) -> None:
    text = page(name)
    check(Shape(text))
    assert not re.search(r"url\((?!#tl-hatch)|@import|src=", text)


def test_policy_allows_the_one_style_and_script_only() -> None:
    text = page("confirmed")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    rules = dict(part.strip().split(" ", 1) for part in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"
    for kind, tag in (("style-src", "style"), ("script-src", "script")):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"


@pytest.mark.parametrize("name", ["confirmed", "possible", "unknown"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_captured_text_is_only_text(name: str, text: str) -> None:
    shown = page(name, text)
    assert UNSEEN.findall(shown.replace("\n", "")) == []
    shape = Shape(shown)
    check(shape)
    wanted = "".join(sanitize(text).split())[:100]
    assert wanted in "".join(shape.text.split())


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_no_text_breaks_the_page(text: str) -> None:
    check(Shape(page("confirmed", text)))


def test_evidence_has_its_lines_and_the_picture_leads_to_it() -> None:
    text = page("confirmed")
    assert 'href="#evidence-3"' in text
    assert 'id="evidence-3"' in text
    assert text.count('class="hit"') == 4
    assert "before &lt;b&gt;it&lt;/b&gt;" in text


def test_headings_go_down_a_step_at_a_time() -> None:
    for name in REPORTS:
        levels = [int(tag[1]) for tag, _ in Shape(page(name)).elements if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_customer_is_told_of_risks_in_the_words_of_the_note() -> None:
    for audience, said in (
        (Audience.CUSTOMER, RISKS["destructive"]),
        (Audience.INTERNAL, "destructive"),
    ):
        found = re.findall(
            r'<span class="badge destructive">([^<]*)</span>', page("confirmed", audience=audience)
        )
        assert set(found) == {said}
    assert ">read-only</span>" not in page("confirmed", audience=Audience.CUSTOMER)


def test_a_customer_sees_no_file_no_rule_and_no_rival() -> None:
    for name in REPORTS:
        report = Report.model_validate_json((DATA / f"{name}.json").read_text())
        shown = Shape(page(name, audience=Audience.CUSTOMER)).text
        told = [m.member for m in report.coverage.members] + [f.rule for f in report.findings]
        told += [report.bundle.sha256, report.arclogs.rules_hash]
        assert [text for text in told if text in shown] == []
        if report.answer:
            assert report.answer.title in shown


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", REPORTS)
def test_every_link_on_the_page_leads_somewhere(name: str, audience: Audience) -> None:
    elements = Shape(page(name, audience=audience)).elements
    places = {attributes["id"] for _, attributes in elements if "id" in attributes}
    links = {a["href"][1:] for _, a in elements if a.get("href", "").startswith("#")}
    # The picture is of another bundle than the reports: it numbers evidence that some do not have.
    assert {link for link in links if not link.startswith("evidence-")} <= places
    assert audience is not Audience.CUSTOMER or not any(x.startswith("evidence") for x in links)


def test_a_page_is_never_larger_than_a_mail_bears() -> None:
    report = Report.model_validate_json((DATA / "confirmed.json").read_text())
    answer = report.findings[0]
    long = [
        e.model_copy(update={"text": f"{n} " + "x" * 60_000})
        for n in range(20)
        for e in answer.evidence
    ]
    many = [answer.model_copy(update={"evidence": tuple(long), "rank": n}) for n in range(24)]
    exhibits = exhibits_of(report)
    wide = [e.model_copy(update={"lines": ("y" * 60_000,) * 4}) for e in exhibits.excerpts] * 20
    page = render_html(
        report.model_copy(update={"findings": tuple(many)}),
        Layout(),
        exhibits.model_copy(update={"excerpts": tuple(wide)}),
    )
    assert len(page.encode()) <= MOST_BYTES
    assert "more characters" in page
