from __future__ import annotations

from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from arclogs.ingest.objects.parsing.parser_child import answer
from arclogs.ingest.objects.shapes import Flat, shape_of
from tests.case.trees import FIELDS


def flat(fields):
    """What a child process makes of an object, and its parent of that."""
    new: list[Any] = []
    number, row = cast("tuple[int, list[Any]]", answer([fields], {}, new))
    assert number == 0
    return Flat(shape_of(new[0]), row)


@given(FIELDS)
def test_a_shape_and_a_row_are_the_object_again(fields):
    kept = flat(fields)
    assert kept.tree() == fields
    assert list(kept) == list(fields)
    assert dict(kept) == fields
    assert all(type(kept[key]) is type(fields[key]) for key in fields)


@given(FIELDS)
def test_what_keys_lead_to_is_found_in_the_row(fields):
    kept = flat(fields)
    for key, value in fields.items():
        assert kept.at(key) == value
        for below in value if isinstance(value, dict) else ():
            assert kept.at(key, below) == value[below]
    assert kept.at("not there", "name") is None


def test_objects_alike_share_one_shape():
    known: dict[Any, int] = {}
    new: list[object] = []
    answers = [answer([{"kind": "Pod", "n": [{"a": n}]}], known, new) for n in range(3)]
    assert answers == [(0, ["Pod", 0]), (0, ["Pod", 1]), (0, ["Pod", 2])]
    assert len(new) == 1


@given(st.sampled_from([[{1: "x"}], [{"a": {True: 1}}], [], [1], ["x"], [{}, {}], "x", None, {}]))
def test_what_is_no_single_object_with_keys_of_text_is_handed_on_as_it_is(value):
    assert answer(value, {}, []) == (value,)
