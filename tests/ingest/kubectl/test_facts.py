from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.ingest.kubectl.facts import KubectlFacts
from arclogs.model.observation import Observation, Statement

DATA = Path(__file__).parents[1] / "data/facts"


def read(name: str, member: str | None = None, command: str | None = None) -> list[Item]:
    lines = (DATA / name).read_text("utf-8").split("\n")
    return list(KubectlFacts().parse(Block(member or name, 1, lines, command)))


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_facts_are_recognised(path):
    lines = path.read_text("utf-8").split("\n")
    assert KubectlFacts().sniff(Head(path.name, tuple(lines))) >= 95


def test_other_text_is_not():
    for lines in (
        ("NAME READY", "x 1/1"),
        ("apiVersion: v1", "kind: Pod"),
        ("the Server Version: v1.2.3",),
    ):
        assert KubectlFacts().sniff(Head("version.txt", lines)) == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "version-1.27.txt",
            [("kubectl_version", "1.27.16", 2), ("kubernetes_version", "1.31.4-eks-2d5f260", 4)],
        ),
        (
            "version-1.35.txt",
            [("kubectl_version", "1.35.2", 1), ("kubernetes_version", "1.36.2", 3)],
        ),
        (
            "version-oc.txt",
            [("kubectl_version", "4.16.3", 1), ("kubernetes_version", "1.29.7+4510e9c", 4)],
        ),
        ("version.yaml", [("kubectl_version", "1.35.2", 3), ("kubernetes_version", "1.36.2", 9)]),
        ("cluster_version.json", [("kubernetes_version", "1.36.2", 5)]),
    ],
)
def test_versions_are_stated_with_their_line(name, expected):
    items = read(name)
    found = [(s.name, s.value, s.location.line) for s in items if isinstance(s, Statement)]
    assert found == expected
    lines = (DATA / name).read_text("utf-8").split("\n")
    assert all(lines[s.location.line - 1] == s.raw for s in items if isinstance(s, Statement))


def test_versions_in_one_line_of_json():
    line = '{"clientVersion":{"gitVersion":"v1.35.2"},"serverVersion":{"gitVersion":"v1.36.2"}}'
    items = list(KubectlFacts().parse(Block("v.json", 1, [line])))
    assert [(s.name, s.value) for s in items if isinstance(s, Statement)] == [
        ("kubectl_version", "1.35.2"),
        ("kubernetes_version", "1.36.2"),
    ]


def test_access_rules_of_an_account():
    command = "kubectl auth can-i --list -n ci --as=system:serviceaccount:ci:builders-kube-mode"
    (rules,) = read("can-i-list.txt", command=command)
    assert isinstance(rules, Observation)
    assert (rules.kind, rules.name, rules.namespace) == ("AccessRules", "builders-kube-mode", "ci")
    assert rules.complete
    assert rules.fields["rules"][1] == {"resource": "pods/exec", "verbs": ["get", "create"]}
    assert rules.fields["rules"][3] == {
        "resource": "secrets",
        "verbs": ["get"],
        "resourceNames": ["one", "two"],
    }
    assert len(rules.fields["rules"]) == 4
    assert rules.locator is not None
    found = rules.locator.find(("rules", 1))
    assert found is not None
    assert found[1].startswith("pods/exec ")
    assert found[0] == 4


def test_access_rules_as_troubleshoot_stores_them():
    (rules,) = read("auth-cani-list.json", "cluster-resources/auth-cani-list/ci.json")
    assert isinstance(rules, Observation)
    assert rules.namespace == "ci"
    assert [rule["resource"] for rule in rules.fields["rules"]] == [
        "pods",
        "jobs",
        "pods.batch",
        "jobs.batch",
        "*.*",
    ]
    assert rules.fields["rules"][-1]["resourceNames"] == ["one"]


def test_a_cut_review_is_unparsed():
    lines = (DATA / "auth-cani-list.json").read_text("utf-8").split("\n")[:8]
    items = list(KubectlFacts().parse(Block("x", 1, lines)))
    assert [type(item) for item in items] == [Unparsed]


SAMPLES = [path.read_text("utf-8") for path in sorted(DATA.iterdir())]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.text(max_size=12))
def test_no_cut_and_no_scribble_raises(text, share, scribble):
    at = int(len(text) * share)
    for broken in (text[:at], text[:at] + scribble + text[at:]):
        lines = broken.split("\n")
        KubectlFacts().sniff(Head("x", tuple(lines)))
        list(KubectlFacts().parse(Block("x", 1, lines)))
