"""Patterns that are compiled at their first use."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import Any

import pytest

import arclogs
from arclogs.lazy_regex import LazyPattern, lazy_compile

_WORD = lazy_compile(r"(?P<word>[a-z]+)", re.IGNORECASE)
_HELD = (lazy_compile(rb"\d+"),)


def test_a_stand_in_gives_its_place_to_the_compiled_pattern() -> None:
    stand_in = lazy_compile("[0-9]")
    globals()["_PLACE"] = stand_in
    assert stand_in.search("a1")
    assert isinstance(globals()["_PLACE"], re.Pattern)


def test_a_stand_in_is_the_pattern_wherever_it_is_held() -> None:
    assert _HELD[0].sub(b"n", b"1 22") == b"n n"
    assert [m.group() for m in _HELD[0].finditer(b"1 22")] == [b"1", b"22"]
    assert (_HELD[0].pattern, _HELD[0].groups) == (rb"\d+", 0)


def test_flags_and_groups_are_those_of_the_pattern() -> None:
    found = _WORD.fullmatch("ABC")
    assert found is not None
    assert found["word"] == "ABC"
    assert dict(_WORD.groupindex) == {"word": 1}


def test_what_a_pattern_does_not_have_compiles_nothing() -> None:
    stand_in = lazy_compile("(")
    assert not hasattr(stand_in, "__iter__")
    assert type(stand_in).__name__ == "LazyPattern"
    with pytest.raises(re.error):
        stand_in.search("")


def test_every_pattern_of_arclogs_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else would tell of a bad one before it is used."""
    made: list[tuple[Any, int]] = []
    before = LazyPattern.__init__

    def note(self: LazyPattern, wanted: tuple[Any, int], module: dict[str, Any]) -> None:
        made.append(wanted)
        before(self, wanted, module)

    monkeypatch.setattr(LazyPattern, "__init__", note)
    for module in pkgutil.walk_packages(arclogs.__path__, "arclogs."):
        if module.name != "arclogs.__main__":
            spec = importlib.import_module(module.name).__spec__
            assert spec is not None
            assert spec.loader is not None
            fresh = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(fresh)
    assert len(made) > 400
    for wanted in made:
        re.compile(*wanted)
