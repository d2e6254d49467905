"""`rules fmt`: one form, reached at once, that says what the author said."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.authoring.formatting import format_rule
from arclogs.errors import RuleError
from arclogs.rules.files.load import rule_files
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import parse_source

CASES = yaml.safe_load((Path(__file__).parent / "formatting_cases.yaml").read_text("utf-8"))
SHIPPED = rule_files(pack_directory())
HERE = Path("a.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    wanted = case.get("formatted", case["given"])
    assert format_rule(case["given"], HERE) == wanted
    assert format_rule(wanted, HERE) == wanted


def test_shipped_rules_are_in_canonical_form():
    apart = [p.name for p in SHIPPED if format_rule(text := p.read_text("utf-8"), p) != text]
    assert not apart, "run `arclogs rules fmt rules`"


def comments(text):
    return sorted(part.strip() for part in text.split("\n") if part.strip().startswith("#"))


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SHIPPED), st.randoms(use_true_random=False))
def test_whatever_the_order_of_its_blocks_a_rule_comes_out_alike(path, random):
    text = path.read_text("utf-8")
    source = parse_source(text, path)
    lines = text.split("\n")
    starts = sorted(source.places[key,][0] - 1 for key in source.data)
    blocks = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines) - 1])]
    random.shuffle(blocks)
    shuffled = "\n".join([*lines[: starts[0]], *(line for b in blocks for line in b), ""])
    formatted = format_rule(shuffled, path)
    assert parse_source(formatted, path).data == source.data
    assert list(parse_source(formatted, path).data) == list(
        parse_source(format_rule(text, path), path).data
    )
    assert format_rule(formatted, path) == formatted
    assert comments(formatted) == comments(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id: [", "not valid YAML"),
        ("id: a\nid: b\n", "the key 'id' stands here twice"),
        ("a: &x 1\nb: !!python/object:os.system {}\n", "not allowed in rules"),
    ],
)
def test_what_is_no_rule_file_is_named_and_not_touched(text, says):
    with pytest.raises(RuleError, match=says):
        format_rule(text, HERE)
