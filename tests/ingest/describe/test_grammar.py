from __future__ import annotations

import pytest

from arclogs.ingest.describe.grammar import OBJECT_LINES, Line, outline, shown, split_objects


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def test_nesting_goes_by_indentation_and_not_by_column() -> None:
    root = outline(
        lines(
            "A:  1\nB:\n  one:\n    State:       Running\n      Started:  now\n    Ready:  True\nC:\n"
        )
    )
    assert [node.key for node in root.children] == ["A", "B", "C"]
    one = root.children[1].children[0]
    assert [(node.key, node.value) for node in one.children] == [
        ("State", "Running"),
        ("Ready", "True"),
    ]
    assert one.children[0].children[0].line.number == 5


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Service Account:  kube-mode", "Service Account", "kube-mode"),
        ("Runner Scale Set Name: builders", "Runner Scale Set Name", "builders"),
        ("Volume:        ", "Volume", ""),
        ("Image:", "Image", ""),
        ("/home from work (rw)", "", "/home from work (rw)"),
        (
            "node.kubernetes.io/not-ready:NoExecute op=Exists",
            "",
            "node.kubernetes.io/not-ready:NoExecute op=Exists",
        ),
        ("ADDR:  http://proxy:3128", "ADDR", "http://proxy:3128"),
    ],
)
def test_a_key_ends_at_a_colon_before_a_blank(text: str, key: str, value: str) -> None:
    (node,) = outline(lines(f"Section:\n  {text}")).children[0].children
    assert (node.key, node.value) == (key, value)


@pytest.mark.parametrize("mark", ["<none>", "<unset>", "<nil>", "<unknown>", "<no", "<"])
def test_marks_for_nothing(mark: str) -> None:
    assert shown(mark) == ""


def test_other_values_in_brackets_are_values() -> None:
    assert shown("<set to the key 'a' in secret 'b'>") == "<set to the key 'a' in secret 'b'>"


def test_a_value_with_line_breaks_goes_on_at_column_0() -> None:
    root = outline(
        lines(
            "Status:\n  Message:  one\ntwo\n\nError: three\nfour\n  Phase:  Failed\nEvents:  <none>"
        )
    )
    assert [node.key for node in root.children] == ["Status", "Events"]
    message, phase = root.children[0].children
    assert message.text == "one\ntwo\nError: three\nfour"
    assert phase.value == "Failed"


def test_objects_start_with_a_name() -> None:
    text = "noise\nName:  a\nKind:  x\n\n\nName:  b\nEvents:\n  row\nName: of something\n\n\nName:  c\n"
    chunks = list(split_objects(lines(text)))
    assert [chunk[0].text for chunk in chunks] == ["noise", "Name:  a", "Name:  b", "Name:  c"]


def test_an_object_is_kept_in_bounds() -> None:
    endless = (
        Line(number, "Name:  a" if number == 1 else "  x") for number in range(1, OBJECT_LINES * 2)
    )
    (chunk,) = split_objects(endless)
    assert len(chunk) == OBJECT_LINES + 1


def test_nothing_in_nothing_out() -> None:
    assert list(split_objects(lines("\n\n"))) == []
