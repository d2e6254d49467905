"""One text in three dialects: what a reader of GitHub, of Jira and of a mail sees."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from arclogs.model.report import Report
from arclogs.views.interface import Audience, Layout
from arclogs.views.jira_text import code, escaped, noformat, prose
from arclogs.views.ticket import render_jira, render_mail, render_markdown

DATA = Path(__file__).parents[1] / "data"
REPORTS = ("confirmed", "partial", "possible", "unknown", "healthy")
HOSTILE: dict[str, str] = json.loads((DATA / "hostile.json").read_text())


def load(name: str) -> Report:
    return Report.model_validate_json((DATA / f"{name}.json").read_text())


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", re.sub(r"\\(?=\W)|&#\d+;", "", text)))


@pytest.mark.parametrize("audience", [Audience.CUSTOMER, Audience.ESCALATION])
@pytest.mark.parametrize("name", REPORTS)
def test_all_dialects_say_the_same(name: str, audience: Audience) -> None:
    """Every word of one text is in the others, but for markup and the heads of tables."""
    layout = Layout(audience=audience)
    github, jira, mail = (
        words_of(render(load(name), layout))
        for render in (render_markdown, render_jira, render_mail)
    )
    markup = {"details", "summary", "sh", "text", "noformat", "h3", "h4", "h5"}
    heads = {"Evidence", "times", "are", "time", "UTC", "where", "what", "environment"}
    columns = {"file", "read", "as", "records", "from", "to"}
    numbers = {str(n) for n in range(1, 10)}
    for other in (jira, mail):
        lost = {w for w in (github - other) + (other - github) if not w.isnumeric()}
        assert lost <= markup | heads | columns | numbers


def test_what_repeats_is_left_out_where_nothing_folds() -> None:
    report = load("confirmed")
    assert "Log excerpt (4 lines)" in render_markdown(report, Layout())
    for render in (render_jira, render_mail):
        text = render(report, Layout())
        assert "Log excerpt" not in text
        assert "Why the others fell" in text


def test_a_mail_has_no_markup() -> None:
    for name in REPORTS:
        for audience in Audience:
            text = render_mail(load(name), Layout(audience=audience))
            assert not re.search(
                r"</?\w+>(?<!<controller-namespace>)|\*\*|`|^\||^#|^- \[", text, re.M
            )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The service-account of it", "The service-account of it"),
        ("on 2026-03-02 at 10:04", "on 2026-03-02 at 10:04"),
        ("see ARC-128", "see ARC\\-128"),
        ("- no list", "\\- no list"),
        ("h1. no heading", "h1&#46; no heading"),
        ("bq. no quote", "bq&#46; no quote"),
        ("read (x) and (read-only)", "read \\(x) and (read-only)"),
        ("smile :) :-( ;) :D", "smile :\\) :\\-\\( ;\\) &#58;D"),
        ("run `a|b`", "run {{a&#124;b}}"),
        ("C:\\new", "{{C:&#92;new}}"),
        ("at https://x.example/a?b", "at {{https&#58;//x.example/a\\?b}}"),
        ("hello [~octocat]", "hello {{&#91;\\~octocat\\]}}"),
    ],
)
def test_jira_prose(text: str, shown: str) -> None:
    assert prose(text) == shown


def test_jira_code_and_blocks() -> None:
    assert code("a*b {c}") == "{{a\\*b \\{c\\}}}"
    assert code("  ") == ""
    assert escaped("a\nb") == "a&#92;nb"
    assert noformat("a {noformat} b\n{ code }")[1:-1] == ["a { noformat} b", "{ code }"]


pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
BETWEEN = "\n\nh6. NEXT\n\n"


def parsed(source: str) -> list[Any]:
    run = subprocess.run(
        ["pandoc", "-f", "jira", "-t", "json"], input=source, capture_output=True, text=True, check=True
    )  # fmt: skip
    blocks: list[Any] = json.loads(run.stdout)["blocks"]
    return blocks


def kinds(node: Any, found: Counter[str]) -> Counter[str]:
    match node:
        case {"t": str(kind), **rest}:
            found[kind] += 1
            kinds(rest, found)
        case dict():
            kinds(list(node.values()), found)
        case list():
            for part in node:
                kinds(part, found)
    return found


@pandoc
def test_a_reader_of_jira_markup_finds_commands_in_their_list_items() -> None:
    blocks = parsed(render_jira(load("confirmed"), Layout()))
    lists = [block["c"] for block in blocks if block["t"] == "BulletList"]
    fix = lists[0]
    assert [part["t"] for part in fix[0]] == ["Para", "CodeBlock"]
    assert fix[0][1]["c"][1].strip() == (
        "kubectl -n arc-runners delete ephemeralrunner linux-k8s-x7k2p"
    )
    assert kinds(blocks, Counter())["Table"] == 1


@pandoc
def test_hostile_text_is_no_markup_to_a_reader_of_jira_markup() -> None:
    """One document of all texts, each in prose, in a cell and in a block, against one of `x`."""

    def document(texts: list[str]) -> Counter[str]:
        parts = [
            f"{prose(t)}\n\n|{code(t)}|{prose(t)}|\n\n* {prose(t)}\n" + "\n".join(noformat(t))
            for t in texts
        ]
        return kinds(parsed(BETWEEN.join(parts)), Counter())

    texts = [text[:200] for text in HOSTILE.values() if text.strip()]
    hostile, harmless = document(texts), document(["x"] * len(texts))
    # Words differ, and some are code; Underline: `\+` is an escape to Jira, not to pandoc 2.17.
    for kind in ("Str", "Space", "SoftBreak", "Code", "Underline", "Para", "Plain"):
        hostile.pop(kind, None)
        harmless.pop(kind, None)
    assert hostile == harmless
