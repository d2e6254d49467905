from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.catalog import Catalog
from arclogs.browse.fields import values
from arclogs.browse.opened import open_case
from arclogs.case.objects.merged import merged
from arclogs.case.objects.objects import KubeObject
from arclogs.model.catalog import CatalogObject, Shown
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust
from arclogs.views.objects.yaml import render_yaml
from arclogs.views.sanitize import UNSEEN

SAMPLES = Path(__file__).parents[3] / "samples"
# What YAML itself cannot hold: YAML 1.1, chapter 5.1.
PRINTED = st.characters(exclude_categories=["Cs"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(PRINTED, max_size=20),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(st.text(PRINTED, max_size=8), below, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip


def shown(fields, *others):
    observations = tuple(
        Observation("Pod", "a", "ci", f, t, Location("x.yaml", n), complete=t is Trust.LIVE)
        for n, (f, t) in enumerate([(fields, Trust.LIVE), *others], 1)
    )
    about = CatalogObject(
        kind="Pod",
        namespace="ci",
        name="a",
        shown=tuple(
            Shown(by="yaml", member=o.location.member, line=o.location.line, complete=o.complete)
            for o in observations
        ),
    )
    return render_yaml(about, merged(KubeObject("Pod", "a", "ci", observations)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.text(PRINTED, max_size=8), VALUES, max_size=4))
def test_any_fields_are_read_back_as_they_were(fields):
    text = shown(fields)
    assert (yaml.safe_load(text) or {}) == fields
    assert not UNSEEN.search(text)


@pytest.mark.parametrize(
    "value",
    ["yes", "1", "0x1f", "a: b", "# no", "- x", "", " x", "x\n", "x\n\n", "\nx", "a\n b\nc", "é",
     "2026-03-02T10:00:00Z", "1:30", "a #b", "{a}", "\x1b[31mred", "‮x", "x\x85y", "\t", "a\r\nb",
     "~", "null", "=", "<<", "'", '"', "\\", "%a", "@a", "`a"],
)  # fmt: skip
def test_texts_that_look_like_something_else(value):
    text = shown({"a": [value, {"b": value, value: 1}]})
    assert yaml.safe_load(text) == {"a": [value, {"b": value, value: 1}]}
    assert not UNSEEN.search(text)


@pytest.mark.parametrize("sample", ["founding-with-accounts", "healthy"])
def test_every_object_of_a_sample(sample):
    catalog = Catalog(open_case([SAMPLES / sample]).case)
    for kind in catalog.kinds:
        for item in catalog.find(kind):
            tree = merged(item)
            assert yaml.safe_load(render_yaml(catalog.describe(item), tree)) == values(tree)


def test_marks_say_where_a_field_is_from_and_who_disagrees():
    text = shown({"status": {"phase": "Running"}}, ({"status": {"phase": "Pending"}}, Trust.TABLE))
    assert text == (
        "# Pod ci/a\n"
        "#   [1] yaml      x.yaml:1\n"
        "#   [2] yaml      x.yaml:2\n"
        "status:\n"
        "  phase: Running  # but [2] line 2: Pending\n"
    )
