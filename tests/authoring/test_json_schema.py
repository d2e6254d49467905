"""The JSON Schema takes what the loader takes, refuses what it can see is wrong, explains every key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from arclogs.authoring import draft
from arclogs.authoring.json_schema import rule_schema
from arclogs.rules.files.load import rule_files
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import read_source

SCHEMA = rule_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
TESTS = Path(__file__).parents[1]
CASES = [
    rule
    for path in sorted((TESTS / "rules" / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
    for rule in case["rules"]
]
FILLED = {"kind": "cause", "title": "t", "area": "rbac", "severity": "high", "explain": "e"}
BROKEN = {path.stem: path for path in sorted((TESTS / "rules" / "files" / "broken").glob("*.yaml"))}
BEYOND = {
    # what a schema cannot see: other keys, other files, the syntax of YAML and of patterns
    "alias", "tag", "duplicate-key", "not-yaml", "another-name", "unknown-rule", "bad-pattern",
    "bad-pattern-in-where", "matches-everything", "near-no-signal", "no-such-signal",
    "unknown-function", "where-without-capture",
}  # fmt: skip


def faults(data):
    return [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_shipped_rule_fits():
    assert {
        p.name: f for p in rule_files(pack_directory()) if (f := faults(read_source(p).data))
    } == {}


def test_every_short_form_that_the_engine_cases_use_fits():
    assert [f for rule in CASES if (f := faults({**FILLED, **rule}))] == []


def test_a_drafted_rule_fits(tmp_path):
    log = tmp_path / "job.log"
    log.write_text("2026-11-20T10:04:11.0000000Z ##[error]lattice volume 7 denied\n")
    text = draft.rule_from_line("my-rule", "cause", draft.text_at(f"{log}:1", []))
    assert faults(yaml.safe_load(text)) == []


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - BEYOND))
def test_a_broken_rule_does_not_fit(name):
    assert faults(yaml.safe_load(BROKEN[name].read_text("utf-8")))


def test_what_a_schema_cannot_see_is_still_broken():
    assert BROKEN.keys() >= BEYOND


def keys_of(title, shape):
    return [(f"{title}.{name}", value) for name, value in shape.get("properties", {}).items()]


KEYS = [k for t, s in {"Rule": SCHEMA, **SCHEMA["$defs"]}.items() for k in keys_of(t, s)]


@pytest.mark.parametrize(("key", "value"), KEYS, ids=[k for k, _ in KEYS])
def test_every_key_is_described_for_the_editor(key, value):
    assert value.get("description"), key
    assert value["description"][-1] not in ",;"
