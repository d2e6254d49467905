"""Documents are structs, and pydantic validates them as it would models of its own."""

from __future__ import annotations

from typing import Annotated

import pytest
from msgspec import field
from pydantic import Field, ValidationError

from arclogs.model.frozen import Frozen


class Leaf(Frozen, frozen=True, kw_only=True):
    """The end of a branch."""

    name: str
    from_: int | None = field(default=None, name="from")
    """Where it begins."""


class Tree(Frozen, frozen=True, kw_only=True):
    size: Annotated[int, Field(ge=1)] = 1
    """How large it is,
    in metres."""
    leaves: tuple[Leaf, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    below: tuple[Tree, ...] = ()
    place: str = ""
    top: Leaf

    unstated = frozenset({"place"})

    def check(self) -> None:
        if self.top in self.leaves:
            raise ValueError("the top is no leaf")


TREE = {
    "top": {"name": "a"},
    "leaves": [{"name": "b", "from": 3}],
    "below": [{"top": {"name": "c"}}],
}


def test_it_is_made_of_plain_data_and_comes_back_as_it():
    tree = Tree.model_validate(TREE)
    assert tree == Tree(
        top=Leaf(name="a"),
        leaves=(Leaf(name="b", from_=3),),
        below=(Tree(top=Leaf(name="c")),),
    )
    assert Tree.model_validate_json(tree.model_dump_json().replace(',"place":""', "")) == tree
    assert tree.model_dump()["leaves"] == ({"name": "b", "from_": 3},)
    assert tree.model_copy({"size": 2}).size == 2


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({"top": {"name": 1}}, ("top", "name"), "string_type"),
        ({"top": {"name": "a", "nam": "b"}}, ("top", "nam"), "extra_forbidden"),
        ({"top": {"name": "a", "from_": 3}}, ("top", "from_"), "extra_forbidden"),
        ({"top": {"name": "a", "from": "x"}}, ("top", "from"), "int_parsing"),
        ({"place": "here"}, ("place",), "extra_forbidden"),
        ({"size": 0}, ("size",), "greater_than_equal"),
        ({"below": [{"top": {}}]}, ("below", 0, "top", "name"), "missing"),
        ({"below": [{**TREE, "size": 0}]}, ("below", 0, "size"), "greater_than_equal"),
        ({"top": {"name": "b", "from": 3}}, (), "value_error"),
        ({"below": [3]}, ("below", 0), "dict_type"),
    ],
)
def test_a_fault_is_told_with_its_place(wrong, at, said):
    with pytest.raises(ValidationError) as raised:
        Tree.model_validate({**TREE, **wrong})
    assert [(error["loc"], error["type"]) for error in raised.value.errors()] == [(at, said)]


def test_every_fault_is_told():
    with pytest.raises(ValidationError) as raised:
        Tree.model_validate({"size": 0, "leaves": [{}, {}], "more": 1})
    assert raised.value.error_count() == 5


def test_what_is_made_anew_is_nobody_elses():
    one, other = (Tree.model_validate(TREE) for _ in range(2))
    assert one.names == {}
    assert one.names is not other.names


def test_it_does_not_change():
    with pytest.raises(AttributeError):
        Leaf(name="a").name = "b"  # type: ignore[misc]


def test_the_schema_tells_what_docstrings_tell():
    schema = Tree.model_json_schema()
    tree, leaf = schema["$defs"]["Tree"], schema["$defs"]["Leaf"]
    assert tree["properties"]["size"] == {
        "default": 1, "minimum": 1, "title": "Size", "type": "integer",
        "description": "How large it is, in metres.",
    }  # fmt: skip
    assert leaf["description"] == "The end of a branch."
    assert leaf["properties"]["from"]["description"] == "Where it begins."
    assert "place" not in tree["properties"]
    assert tree["required"] == ["top"]
    assert tree["additionalProperties"] is leaf["additionalProperties"] is False
