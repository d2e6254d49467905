from __future__ import annotations

import re

from arclogs.ingest.objects.shapes import Node, Shape
from arclogs.ingest.objects.templates.template import WHOLE_NUMBER, Gap, Kind, Template
from arclogs.ingest.objects.templates.tree import TemplateTree

WORD = Kind("", re.compile("[a-z]+").fullmatch, None, str)
TAIL = "\n- "


def template(head, *gaps):
    return Template(head, [Gap(*gap) for gap in gaps], Shape(Node(0)), TAIL, 2, 1)


def found(tree, text):
    match = tree.match(text, 0)
    return None if match is None else (match.value.row, text[match.end :])


def test_templates_that_begin_alike_are_told_apart_where_they_differ():
    tree = TemplateTree()
    tree.add(template("- a: ", (WORD, "\n", "\n  b: "), (WORD, "\n", TAIL)))
    tree.add(template("- a: ", (WORD, "\n", "\n  b: "), (WHOLE_NUMBER, "\n", TAIL)))
    tree.add(template("- a: ", (WORD, "\n", TAIL)))
    tree.add(template("- a: ", (WORD, "\n", "\n  b: "), (0, "\n", "!\n- ")))
    assert found(tree, "- a: x\n  b: y\n- ") == (("x", "y"), "- ")
    assert found(tree, "- a: x\n  b: 7\n- a") == (("x", 7), "- a")
    assert found(tree, "- a: x\n- ") == (("x",), "- ")
    assert found(tree, "- a: x\n  b: x!\n- ") == (("x",), "- ")
    for other in ("- a: X\n- ", "- a: x", "- a: x\n  b: y", "- b: x\n- ", "- a: x\n  c: y\n- ", ""):
        assert found(tree, other) is None


def test_what_was_replaced_is_dropped_in_time():
    tree = TemplateTree()
    last = template("- a: x0", (WORD, "\n", TAIL))
    tree.add(last)
    for number in range(1, 100):
        next_one = template(f"- a: x{number}", (WORD, "\n", TAIL))
        tree.add(next_one, instead_of=last)
        last = next_one
    assert found(tree, "- a: x99y\n- ") == (("y",), "- ")
    assert found(tree, "- a: x1y\n- ") is None
    assert len(tree._heads) < 12
