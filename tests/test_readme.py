"""README shows real output: what stands in it is what the program prints today.

`ARCLOGS_UPDATE_README=1 pytest tests/test_readme.py` writes it anew.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from arclogs.analyze import analyze
from arclogs.cli.group import cli
from arclogs.rules import load_rules
from arclogs.views.interface import Layout
from arclogs.views.text import render_text

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
UPDATE = os.environ.get("ARCLOGS_UPDATE_README") == "1"


def shown(sample):
    """Return the report down to its fixes: enough to see the answer and its proof."""
    text = render_text(analyze([ROOT / "samples" / sample]), Layout(width=96))
    end = text.index("\nVerify\n")
    return text[:end].rstrip("\n") + "\n …"


def rule_table():
    rows = ["| cause | area | id |", "|---|---|---|"]
    causes = sorted(
        (r for r in load_rules().rules if r.kind == "cause"), key=lambda r: (r.area, r.id)
    )
    return "\n".join([*rows, *(f"| {r.title} | {r.area} | `{r.id}` |" for r in causes)])


def check(pattern, expected):
    text = README.read_text(encoding="utf-8")
    found = re.search(pattern, text, re.DOTALL)
    assert found, pattern
    if UPDATE:
        start, end = found.span(1)
        README.write_text(text[:start] + expected + text[end:], encoding="utf-8")
        return
    assert found[1] == expected


@pytest.mark.parametrize("sample", ["founding-as-collected", "founding-with-accounts"])
def test_output_in_readme_is_what_the_program_prints(sample):
    check(rf"<!-- output: {sample} -->\n```text\n(.*?)```\n", shown(sample) + "\n")


def test_readme_lists_every_cause():
    check(r"<!-- rules -->\n(.*?)\n## Output", "\n" + rule_table() + "\n")


def test_readme_names_every_exit_code_and_option():
    text = README.read_text(encoding="utf-8")
    for name in ("--format", "--fail-on", "--rules", "--no-redact", "--allow-partial", "-o FILE"):
        assert name in text
    for code in (0, 1, 2, 3, 4, 5, 70, 130):
        assert f"| {code} |" in text


def test_the_walk_through_works_as_it_stands(tmp_path, monkeypatch):
    block = re.search(
        r"<!-- walk-through -->\n```console\n(.*?)```",
        README.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert block
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    lines = [line.split("  #")[0] for line in block[1].splitlines()]
    assert len(lines) == 5
    for line in lines:
        _, program, *words = shlex.split(line)
        done = CliRunner().invoke(cli, words)
        assert (program, done.exit_code) == ("arclogs", 0), f"{line}\n{done.output}"
    assert {path.name for path in tmp_path.iterdir()} == {
        "samples", "collect.sh", "masked.tgz", "note.md",
    }  # fmt: skip


def test_every_command_stands_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert not [
        name for name in cli.commands if f"`arclogs {name}" not in text and f"`{name}`" not in text
    ]
