from __future__ import annotations

from arclogs.model.catalog import TreeNode
from arclogs.views.objects.tree import render_tree


def node(kind, name, *children, **more):
    return TreeNode(kind=kind, name=name, namespace="ci", children=children, **more)


TREE = node(
    "AutoscalingRunnerSet", "linux",
    node("AutoscalingListener", "linux-754b578d-listener", inferred=True, standing="absent"),
    node(
        "EphemeralRunnerSet", "linux-7hx2q",
        node(
            "Pod", "linux-7hx2q-runner-w9k4d",
            TreeNode(kind="job", name="build", namespace=None, role="works on", standing="unknown",
                     remarks=("octo/api", "run 7")),
            state="Running",
        ),
        standing="unknown",
    ),
    state="1 runner",
)  # fmt: skip


def test_the_tree_is_drawn():
    assert render_tree([TREE, TREE]).startswith(
        """\
AutoscalingRunnerSet linux (ci)  1 runner
├─ AutoscalingListener linux-754b578d-listener  [inferred, absent]
└─ EphemeralRunnerSet linux-7hx2q  [not collected]
   └─ Pod linux-7hx2q-runner-w9k4d  Running
      └─ works on job build  octo/api; run 7
AutoscalingRunnerSet linux (ci)  1 runner
"""
    )


def test_without_lines_where_they_cannot_be_shown():
    text = render_tree([TREE], ascii_only=True)
    assert text.isascii()
    assert "\n`- EphemeralRunnerSet linux-7hx2q  [not collected]\n   `- Pod" in text


def test_names_do_not_act_on_the_terminal():
    text = render_tree([node("Pod", "a\x1b[31m\nb", remarks=("\u202ex",))])
    assert text == "Pod a\\x1b[31m\\nb (ci)  \\u202ex\n"
