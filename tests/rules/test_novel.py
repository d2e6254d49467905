"""What nobody has seen yet must surface, and must not be called what it is not (`novel.yaml`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from arclogs.rules import load_rules
from arclogs.rules.proving import investigate_files
from arclogs.rules.report import findings_of
from arclogs.rules.unexplained import unexplained

RULES = load_rules()
CASES = yaml.safe_load((Path(__file__).parent / "novel.yaml").read_text(encoding="utf-8"))
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
IDS = "bcdfghjklmnpqrstvwxz"
FIRST_FIVE = 5
"""As many as every view shows."""


def text_of(parts):
    """Write out the lines of a file."""
    lines = [
        line
        for part in parts
        for line in ([part] if isinstance(part, str) else [part["line"]] * part["times"])
    ]
    written = []
    for number, line in enumerate(lines):
        moment = START + timedelta(seconds=13 * number)
        values = {
            "{t}": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "{s}": moment.strftime("%Y-%m-%dT%H:%M:%S.0000000Z"),
            "{i}": str(number),
            "{id}": "".join(IDS[(number * k + k) % len(IDS)] for k in (1, 3, 7, 11, 13)),
        }
        for name, value in values.items():
            line = line.replace(name, value)
        written.append(line)
    return "\n".join([*written, ""])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_it_is_among_the_first_five_and_no_cause_is_firm(case):
    files = {name: text_of(parts) for name, parts in case["files"].items()}
    found, verdict = investigate_files(files, RULES, thorough=False)
    shown = unexplained(found, verdict)[:FIRST_FIVE]
    assert case["shows"] in "\n".join(e.text for g in shown for e in g.examples), shown
    firm = [
        f.rule for f in findings_of(verdict) if f.kind == "cause" and f.confidence != "possible"
    ]
    assert firm == []
