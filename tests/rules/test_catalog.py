"""Every root cause of the catalog has a rule, or a line in the pack's README that says why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from arclogs.rules import load_rules
from arclogs.rules.files.pack import pack_directory

CATALOG = Path(__file__).parents[2].parent / "shared" / "knowledge" / "catalog.yaml"
EXCUSED = set(
    re.findall(r"^- `?([a-z0-9-]+)`?: ", (pack_directory() / "README.md").read_text("utf-8"), re.M)
)


def test_no_rule_is_excused_that_exists():
    assert not EXCUSED & {rule.id for rule in load_rules().rules}


@pytest.mark.corpus
@pytest.mark.skipif(not CATALOG.exists(), reason="the shared catalog is not beside the checkout")
def test_every_root_cause_has_a_rule_or_a_reason():
    slugs = {entry["slug"] for entry in yaml.safe_load(CATALOG.read_text("utf-8"))}
    causes = {rule.id for rule in load_rules().rules if rule.kind == "cause"}
    assert sorted(slugs - causes - EXCUSED) == []


def test_every_cause_has_both_fixtures():
    unproven = [
        rule.id
        for rule in load_rules().rules
        if rule.kind == "cause" and {t.expect.fires for t in rule.tests} != {True, False}
    ]
    assert unproven == []
