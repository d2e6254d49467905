"""Pages of rules: every page can be read, every link leads somewhere, and no text of a rule acts."""

from __future__ import annotations

import json
import posixpath
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from arclogs.model.report import Collect, Reference, Step
from arclogs.rules import load_rules
from arclogs.views.rule_page import page_of, render_index, render_rule
from arclogs.views.sanitize import UNSEEN

RULES = load_rules().rules
BY_ID = {r.id: r for r in RULES}
PAGES = {page_of(r): render_rule(r, BY_ID) for r in RULES}
HOSTILE = json.loads((Path(__file__).parent / "data" / "hostile.json").read_text())
MARKDOWN = MarkdownIt("gfm-like")
assert MARKDOWN.linkify is not None
MARKDOWN.linkify.set({"fuzzy_link": False})  # GitHub links no bare domain: 0.NAME


def tokens(text):
    for block in MARKDOWN.parse(text):
        yield block
        yield from block.children or ()


def links(text):
    """Return the links that are written as links; GitHub makes none of a bare host name."""
    opened = (t for t in tokens(text) if t.type == "link_open" and t.markup != "linkify")
    return [t.attrs["href"] for t in opened]


def headings(text):
    blocks = MARKDOWN.parse(text)
    return [b.content for a, b in pairwise(blocks) if a.type == "heading_open"]


def test_every_link_between_pages_leads_to_one():
    pages = {**PAGES, "index.md": render_index(RULES)}
    for here, text in pages.items():
        for target in links(text):
            if not target.startswith("https://"):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(here), target)) in pages


def test_the_index_names_every_rule_once():
    assert sorted(links(render_index(RULES))) == sorted(PAGES)


def test_a_cause_has_a_page_in_full():
    text = PAGES["rbac/sa-token-rejected.md"]
    assert headings(text) == [
        "The runner's token belongs to a deleted service account",
        "What it means",
        "How it is recognised",
        "How sure it is",
        "Versions and modes",
        "Fix",
        "Verify",
        "What to collect where the bundle does not decide",
        "Related rules",
        "Proven on",
        "References",
    ]
    assert "kubectl -n <namespace> delete ephemeralrunner <pod>" in text
    assert "${{" not in text


def test_no_page_shows_a_variable_of_the_language():
    assert [page for page, text in PAGES.items() if "${{" in text] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_of_a_rule_do_not_act(name):
    evil = HOSTILE[name]
    rule = BY_ID["sa-token-rejected"]
    signals = {n: s.model_copy(update={"says": evil}) for n, s in rule.signals.items()}
    signals["unauthorized"] = signals["unauthorized"].model_copy(update={"match": evil})
    step = Step(title=evil, command=evil, risk="read-only")
    hostile = rule.model_copy(
        update={
            "title": evil, "explain": evil, "impact": evil, "signals": signals, "fix": [step],
            "verify": [step], "collect": [Collect(why=evil, command=evil)],
            "references": [Reference(url=evil, note=evil)],
            "tests": [t.model_copy(update={"name": evil}) for t in rule.tests],
        }
    )  # fmt: skip
    for text in (render_rule(hostile, BY_ID), render_index([hostile])):
        assert UNSEEN.findall(text.replace("\n", "")) == []
        kinds = {t.type for t in tokens(text)}
        assert not kinds & {"html_block", "image", "hr"}
        assert all(
            t.content.startswith(("<code>", "</code>"))
            for t in tokens(text)
            if t.type == "html_inline"
        )
        assert all(t.startswith("../") or t in PAGES or f"rbac/{t}" in PAGES for t in links(text))
    assert set(headings(render_rule(hostile, BY_ID))[1:]) <= set(headings(PAGES[page_of(rule)]))
