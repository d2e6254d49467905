"""Looking at the objects that columns leave gives what looking at every object gives."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.objects.index import ObjectIndex
from arclogs.case.objects.objects import merge
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust
from arclogs.rules.language.signals import ObjectSignal
from arclogs.rules.matching import match_object as matching
from arclogs.rules.matching import narrow
from tests.case.trees import FIELDS, paths
from tests.ingest.objects.test_shapes import flat

NAMES = st.sampled_from(["p", "q", "r", "s"])
SPACES = st.sampled_from(["one", "two", None])
WORDS = st.sampled_from(["x", "true", "1", "", "null", "p", True, 0, "$v", "$w"])
TESTS = st.sampled_from(
    ["", "", "", "|neq", "|in", "|not_in", "|contains", "|startswith", "|matches", "|gt", "|exists"]
)


@st.composite
def observations(draw):
    seen = []
    for number in range(draw(st.integers(0, 9))):
        trust = draw(st.sampled_from([Trust.LIVE, Trust.LIVE, Trust.DESCRIBE, Trust.TABLE]))
        complete = trust is Trust.LIVE and draw(st.booleans())
        fields = draw(FIELDS)
        if complete and draw(st.booleans()):
            fields = flat(fields)
        gone = frozenset() if complete else draw(st.frozensets(paths(), max_size=1))
        seen.append(
            Observation(
                "Pod", draw(NAMES), draw(SPACES), fields, trust, Location("f", number + 1), complete,
                gone,
            )
        )  # fmt: skip
    return seen


@st.composite
def wheres(draw):
    where = {}
    if draw(st.booleans()):
        where["namespace"] = draw(st.sampled_from(["$ns", "one"]))
    if draw(st.booleans()):
        where[draw(st.sampled_from(["name", "name|in", "name|neq"]))] = draw(
            st.sampled_from(["$v", "p", "$ns"])
        )
    for _ in range(draw(st.integers(0, 3))):
        test = draw(TESTS)
        wanted = draw(WORDS)
        if test in ("|in", "|not_in"):
            wanted = draw(st.lists(WORDS, min_size=1, max_size=2))
        if test == "|exists":
            wanted = draw(st.booleans())
        where[draw(paths() | st.just("arc.component")) + test] = wanted
    return where


def shown(result):
    """All of a result: of the matches that bind the same, the first speaks for the others."""
    matches: dict[tuple[tuple[str, str], ...], Any] = {}
    for match in result.matches:
        key = tuple(sorted(match.bindings.items()))
        matches.setdefault(key, (list(match.proofs), match.assumed, match.nameless))
    return result.truth, result.why, list(result.proofs), list(matches.items())


@settings(max_examples=300, deadline=None)
@given(observations(), wheres(), st.dictionaries(st.sampled_from(["n", "m"]), paths()),
       st.dictionaries(st.sampled_from(["v", "w", "ns"]), st.sampled_from(["x", "p", "one"])),
       st.booleans())  # fmt: skip
def test_objects_left_out_change_nothing(seen, where, capture, known, exists):
    signal = ObjectSignal(
        object="Pod", where=where, capture=capture, cite={}, exists=exists, state="live", says="so"
    )
    index = ObjectIndex(merge(seen))
    case: Any = SimpleNamespace(live=index, collected=SimpleNamespace(proof=lambda *_: None))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrow, "FEWEST", 1000)
        patch.setattr(matching, "named_items", lambda *_: None)
        every = shown(matching.match_object(signal, known, case))
        patch.undo()
        patch.setattr(narrow, "FEWEST", 1)
        assert shown(matching.match_object(signal, known, case)) == every
        patch.setattr(narrow, "_MANY", 1)
        index.answers.clear()
        assert shown(matching.match_object(signal, known, case)) == every
