"""What the pattern of a template finds is what the walk through the tree finds, and parsing gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.objects.templates import tree
from arclogs.ingest.objects.templates.learned import Templates
from arclogs.ingest.objects.templates.pattern import TemplatePattern, pattern_of
from arclogs.ingest.objects.yaml.skeletons import YamlItems
from tests.ingest.objects.shown import parts_of, shown
from tests.ingest.objects.templates.test_template import LINES, dump, items, pods


def parts(text, *, compared=True):
    return parts_of(text, (Templates, "learn"), compared=compared, pieces=1)


@pytest.fixture
def found(monkeypatch):
    """Return what patterns, that are made at once, are asked for and find."""
    answers = []

    def match(self, text, at, most):
        answers.append(inner(self, text, at, most))
        return answers[-1]

    inner = TemplatePattern.match
    monkeypatch.setattr(tree, "_OFTEN", 1)
    monkeypatch.setattr(TemplatePattern, "match", match)
    return answers


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, max_size=3),
    st.lists(st.integers(0, 2), min_size=6, max_size=12),
)
@example(
    [("    {0}: {1}", "a", ["a", "b", "0"])], [0, 0, 0, 1, 2, 0]
)  # before the next item's dash
def test_whatever_stands_in_items_they_are_what_a_parser_says(lines, order):
    text = "\n".join(["items:", *items(lines, order), "kind: List"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_OFTEN", 1)
        assert list(map(shown, parts(text))) == list(map(shown, parts(text, compared=False)))


def test_values_lines_and_what_is_passed_over_are_those_of_a_parser(found):
    text = dump(*pods(7), *pods(2, restarts="17"), *pods(5, restarts="3"))
    read, parsed = parts(text), parts(text, compared=False)
    assert sum(match is not None for match in found) >= 6
    for one, other in zip(read[:-1], parsed[:-1]):
        tree = one.value.tree() if isinstance(one.value, Flat) else one.value
        assert tree == other.value
        for path in (("metadata", "uid"), ("spec", "args", 0), ("status", "restarts"), ("x",)):
            assert one.text.find(path) == other.text.find(path)


def test_one_that_does_not_find_most_is_dropped(found, monkeypatch):
    monkeypatch.setattr(tree, "_WORTHLESS", -3)
    text = dump(*pods(6), *pods(30, restarts="1.5"), *pods(30))
    read = parts(text)
    hits = sum(match is not None for match in found)
    assert 0 < hits < 6
    assert found.count(None) <= hits + 4  # and of the last thirty it is not asked
    trees = [e.value.tree() if isinstance(e.value, Flat) else e.value for e in read[:-1]]
    assert trees == [e.value for e in parts(text, compared=False)[:-1]]


def test_where_no_pattern_tells_what_fits_there_is_none(monkeypatch):
    templates = Templates(YamlItems("- "))
    item = "- kind: Pod\n  metadata:\n    name: {}\n    uid: {}"
    for name in ("a", "b", "c"):
        templates.learn(item.format(name, name))
    (template,) = templates._tree._templates
    pattern = pattern_of(template)
    assert pattern is not None
    text = item.format("xy", "xy") + "\n- "
    match = pattern.match(text, len(template.head), len(text))
    assert match is not None
    assert (match.value.row, match.skipped, text[match.end :]) == (("xy",), 0, "- ")
    assert pattern.match(item.format("xy", "z") + "\n- ", len(template.head), len(text)) is None
    monkeypatch.setattr("arclogs.ingest.objects.templates.pattern._MOST_CHARS", 10)
    assert pattern_of(template) is None
