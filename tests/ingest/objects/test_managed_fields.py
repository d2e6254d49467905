from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.objects.managed_fields import without_managed_fields
from arclogs.ingest.objects.yaml.text import load_yaml


def loaded(text: str) -> Any:
    return load_yaml(text)


WHO = """\
    managedFields:
    - apiVersion: v1
      fieldsV1:
        f:metadata:
          .: {}
          k:{"name":"runner"}: {}
      manager: kubectl
"""
POD = f"""\
- kind: Pod
  metadata:
    annotations:
      note: |
        managedFields:
        - not these
{WHO}    name: default
    uid: u
  spec: {{}}"""


def test_who_set_which_field_is_left_out_and_nothing_else():
    assert without_managed_fields(POD, 2) == POD.replace(WHO, "", 1)


def test_it_may_be_the_last_of_the_metadata_and_of_the_object():
    last = f"- kind: Pod\n  metadata:\n    name: a\n{WHO}".rstrip("\n")
    assert without_managed_fields(last, 2) == "- kind: Pod\n  metadata:\n    name: a"
    assert without_managed_fields(f"{last}\n  spec: {{}}", 2).endswith("name: a\n  spec: {}")
    alone = "kind: Pod\nmetadata:\n  managedFields:\n  - manager: x\n  name: a\nspec: {}"
    assert without_managed_fields(alone, 0) == "kind: Pod\nmetadata:\n  name: a\nspec: {}"


@pytest.mark.parametrize(
    "text",
    [
        "- kind: X\n  data:\n    managedFields:\n    - a\n    b: c",
        "- kind: X\n  metadata:\n    name: a\n  data:\n    managedFields:\n    - a",
        "- kind: X\n  metadata:\n    name: a\n  note: |\n    managedFields:\n    - a",
        "- kind: X\n  metadata: {managedFields: [a]}",
        "- kind: X\n  metadata:\n      managedFields:\n      - a",
        "- kind: X",
    ],
)
def test_that_word_elsewhere_stays(text):
    assert without_managed_fields(text, 2) == text


VALUES = st.recursive(
    st.text("ab:-#{}'\"\n |>&*!", max_size=8) | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "managedFields", "metadata", "z"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(VALUES, st.dictionaries(st.sampled_from(["annotations", "labels", "name"]), VALUES), VALUES)
def test_what_an_object_says_otherwise_is_the_same_without_it(who, metadata, spec):
    fields = {"kind": "X", "metadata": {**metadata, "managedFields": who}, "spec": spec}
    text = yaml.safe_dump([fields], sort_keys=True, allow_unicode=True).rstrip("\n")
    (left,) = loaded(without_managed_fields(text, 2))
    left["metadata"].pop("managedFields", None)
    (whole,) = loaded(text)
    whole["metadata"].pop("managedFields")
    assert left == whole
