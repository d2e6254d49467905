"""Each folder of data/chain is a small bundle and the tree that it implies.

After a wanted change: ARCLOGS_UPDATE_GOLDEN=1 pytest tests/case/test_chain.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from arclogs.bundle import Bundle, Limits
from arclogs.case.case import build_case
from arclogs.case.chain.chain import MOST_LEVELS, chain
from arclogs.case.gather import gather
from arclogs.model.location import Location
from arclogs.model.observation import Observation, Trust

DATA = Path(__file__).parents[1] / "data" / "chain"
KINDS = ("EphemeralRunner", "EphemeralRunnerSet", "AutoscalingRunnerSet", "Pod", "Runner")


def evidence_of(path):
    return gather(Bundle([path], Limits()), lambda batch: [False] * len(batch)).evidence


def shown(roots):
    return "".join(
        "  " * depth
        + " | ".join(
            filter(None, (f"{n.role} {n.kind} {n.namespace or '-'}/{n.name}".strip(), n.state,
                          ", ".join(n.marks), *n.remarks))
        )
        + "\n"
        for root in roots
        for depth, n in root.walk()
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
def test_tree(name):
    expected = DATA / name / "tree.expected"
    text = shown(chain(build_case(evidence_of(bundle(name)))))
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        expected.write_text(text)
    assert text == expected.read_text()


def bundle(name):
    return next(path for path in sorted((DATA / name).iterdir()) if path.suffix != ".expected")


def test_every_object_of_arc_stands_in_the_tree_once():
    case = build_case(evidence_of(bundle("whole-chain")))
    nodes = [node for root in chain(case) for _, node in root.walk()]
    for kind in ("AutoscalingRunnerSet", "AutoscalingListener", "EphemeralRunner", "Pod"):
        for item in case.live.of_kind(kind):
            assert [n.name for n in nodes if n.kind == kind].count(item.name) == 1


def test_the_tree_does_not_depend_on_the_order_of_reading():
    evidence = evidence_of(bundle("whole-chain"))
    turned = replace(evidence, observations=evidence.observations[::-1])
    assert shown(chain(build_case(evidence))) == shown(chain(build_case(turned)))


def test_without_what_serves_only_the_chain_is_left():
    case = build_case(evidence_of(bundle("whole-chain")))
    kinds = {n.kind for root in chain(case) for _, n in root.owned().walk()}
    assert kinds.isdisjoint({"Node", "PersistentVolumeClaim", "job", "Role"})
    assert {"EphemeralRunner", "Pod"} <= kinds


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.integers(0, 30), st.sampled_from(KINDS), st.integers(0, 30)
        ),
        max_size=60,
    )
)
def test_any_owner_references_give_a_shallow_tree(links):
    evidence = evidence_of(bundle("owner-circle"))
    seen = [
        Observation(
            kind,
            f"x-{number}",
            "ci",
            {
                "metadata": {
                    "name": f"x-{number}",
                    "namespace": "ci",
                    "ownerReferences": [{"kind": above, "name": f"x-{owner}"}],
                }
            },
            Trust.LIVE,
            Location("links.yaml", index),
        )
        for index, (kind, number, above, owner) in enumerate(links)
    ]
    roots = chain(build_case(replace(evidence, observations=seen)))
    nodes = [(depth, n.kind, n.name) for root in roots for depth, n in root.walk()]
    assert max((depth for depth, _, _ in nodes), default=0) <= MOST_LEVELS
    wanted = {(kind, f"x-{number}") for kind, number, _, _ in links if kind != "Pod"}
    assert wanted <= {(kind, name) for _, kind, name in nodes}
