from __future__ import annotations

import pytest

from arclogs.ingest.describe.fields import ShownFields, access_modes, bracketed, dotted, integer
from arclogs.ingest.describe.grammar import Line, outline

LINE = Line(7, "x")


def test_put_nests_and_grows_lists() -> None:
    fields = ShownFields()
    fields.put(("spec", "containers", 0, "name"), "runner", LINE)
    fields.put(("spec", "containers", 1, "name"), "dind", LINE)
    assert fields.fields == {"spec": {"containers": [{"name": "runner"}, {"name": "dind"}]}}


@pytest.mark.parametrize(
    "path",
    [
        ("spec", "containers", 5, "name"),  # beyond the next item
        ("spec", "containers", "name"),  # a list is no map
        ("spec", 0),  # and a map no list
        ("spec", "image", "tag"),  # a scalar neither
        ("spec", "containers"),  # what holds items is not replaced
    ],
)
def test_put_leaves_alone_what_does_not_fit(path: tuple[str | int, ...]) -> None:
    fields = ShownFields()
    fields.put(("spec", "containers", 0, "name"), "runner", LINE)
    fields.put(("spec", "image"), "x", LINE)
    before = str(fields.fields)
    fields.put(path, "surprise", LINE)
    assert str(fields.fields) == before
    assert path not in fields.lines


def test_locator_of_a_value_that_came_from_one_line() -> None:
    fields = ShownFields()
    fields.mark(("spec",), Line(1, "Spec:"))
    fields.put(("spec", "env", 0), {"name": "A", "value": "1"}, LINE)
    assert fields.locator.find(("spec", "env", 0, "value")) == (7, "x")
    assert fields.locator.find(("spec",)) == (1, "Spec:")
    assert fields.locator.find(("spec", "nodeName")) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("spec", "nodeName"), "spec.nodeName"),
        (("spec", "containers", 0, "env"), "spec.containers[].env"),
        (
            ("metadata", "labels", "app.kubernetes.io/name"),
            'metadata.labels["app.kubernetes.io/name"]',
        ),
    ],
)
def test_dotted(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_a_long_annotation_that_kubectl_cut_is_left_out() -> None:
    text = "Annotations:  short: yes\n              long:\n                " + "x" * 138 + "..."
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    fields = ShownFields()
    fields.put_annotations(("metadata", "annotations"), outline(lines).get("Annotations"))
    assert fields.fields == {"metadata": {"annotations": {"short": "yes"}}}
    assert fields.absent == set()


def test_a_long_value_of_the_first_annotation() -> None:
    text = "Annotations:  policy:\n                a\n                b\n              other: c"
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    fields = ShownFields()
    fields.put_annotations(("metadata", "annotations"), outline(lines).get("Annotations"))
    assert fields.fields["metadata"]["annotations"] == {"policy": "a\nb", "other": "c"}


@pytest.mark.parametrize(
    ("text", "number"), [("10", 10), ("-1", -1), ("²", None), ("9" * 30, None)]
)
def test_integer(text: str, number: int | None) -> None:
    assert integer(text) == number


def test_lists_in_one_cell() -> None:
    assert access_modes("RWO,RWOP,New") == ["ReadWriteOnce", "ReadWriteOncePod", "New"]
    assert bracketed("[a/b c]") == ["a/b", "c"]
    assert bracketed("[]") == []
