"""Field paths: what each form leads to, and that no text breaks the parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arclogs.case.objects.paths import parse_path, walk

POD = {
    "metadata": {"labels": {"app.kubernetes.io/name": "x", "plain": "y"}, "finalizers": ["a", "b"]},
    "spec": {
        "containers": [
            {"name": "runner", "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]},
            {"name": "dind", "env": [{"name": "A", "value": "3"}]},
        ],
        "automount": False,
    },
}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("metadata.labels.plain", ["y"]),
        ('metadata.labels["app.kubernetes.io/name"]', ["x"]),
        ("metadata.finalizers[*]", ["a", "b"]),
        ("metadata.finalizers[1]", ["b"]),
        ("spec.containers[*].env[name=A].value", ["1", "3"]),
        ("spec.containers[name=dind].env[*].name", ["A"]),
        ("spec.automount", [False]),
        ("spec.nothing.there", []),
        ("metadata[*]", []),
        ("metadata.finalizers[9]", []),
    ],
)
def test_path_leads_to(path, values):
    assert [value for value, _ in walk(POD, parse_path(path))] == values


def test_walk_tells_the_exact_place():
    places = [place for _, place in walk(POD, parse_path("spec.containers[*].env[name=A].value"))]
    assert places == [
        ("spec", "containers", 0, "env", 0, "value"),
        ("spec", "containers", 1, "env", 0, "value"),
    ]


@pytest.mark.parametrize("bad", ["", "a[", "a[]", "[", "a..b", "a[b"])
def test_what_is_no_path_is_refused_with_its_place(bad):
    with pytest.raises(ValueError, match="path"):
        parse_path(bad)


@given(st.text(max_size=40), st.recursive(st.none() | st.text(max_size=3), st.lists, max_leaves=5))
def test_any_text_is_a_path_or_a_value_error(text, value):
    try:
        steps = parse_path(text)
    except ValueError:
        return
    assert isinstance(list(walk(value, steps)), list)
