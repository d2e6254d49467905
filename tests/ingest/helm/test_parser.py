from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.helm.parser import Helm
from arclogs.ingest.interface import Block, Head, Item, Unparsed
from arclogs.model.coverage import Code, Note
from arclogs.model.observation import Collected, Observation, Statement, Trust

DATA = Path(__file__).parents[1] / "data/helm"
OTHER = Path(__file__).parents[1] / "data"


def read(name: str, member: str | None = None, command: str | None = None) -> list[Item]:
    lines = (DATA / name).read_text("utf-8").split("\n")
    return list(Helm().parse(Block(member or name, 1, lines, command)))


def observed(items: list[Item], kind: str) -> list[Observation]:
    return [item for item in items if isinstance(item, Observation) and item.kind == kind]


def stated(items: list[Item]) -> list[tuple[str, str, int]]:
    return [(i.name, i.value, i.location.line) for i in items if isinstance(i, Statement)]


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_helm_is_recognised(path):
    lines = path.read_text("utf-8").split("\n")
    assert Helm().sniff(Head(path.name, tuple(lines))) >= 85


@pytest.mark.parametrize(
    "path",
    [
        "objects/rbac-list.yaml",
        "objects/rbac-array.json",
        "kubectl/get-arc.txt",
        "kubectl/describe-pods.txt",
        "facts/version.yaml",
        "other/nginx.log",
    ],
)
def test_other_formats_are_not(path):
    lines = (OTHER / path).read_text("utf-8").split("\n")
    assert Helm().sniff(Head(path, tuple(lines))) == 0


@pytest.mark.parametrize("name", ["ls.txt", "ls-pasted.txt"])
def test_releases_are_read_with_and_without_tabs(name):
    items = read(name)
    releases = observed(items, "HelmRelease")
    assert [(r.name, r.namespace, r.fields["status"], r.fields["revision"]) for r in releases] == [
        ("arc", "arc-systems", "deployed", "4"),
        ("builders", "ci-runners", "failed", "2"),
        ("gatekeeper", "gatekeeper-system", "deployed", "1"),
    ]
    assert releases[1].fields["chart"] == "gha-runner-scale-set-0.12.0"
    assert releases[1].fields["updated"] == "2026-02-17 09:20:58.440021993 +0000 UTC"
    assert releases[1].trust is Trust.TABLE
    assert stated(items) == [("controller_version", "0.12.1", 2), ("chart_version", "0.12.0", 3)]
    about = [item.about for item in items if isinstance(item, Statement)]
    assert about[1] == {"release": "builders", "namespace": "ci-runners"}
    assert releases[1].locator is not None
    assert releases[1].locator.find(("status",)) == (
        3,
        (DATA / name).read_text("utf-8").split("\n")[2],
    )


def test_a_history_states_the_version_that_is_deployed():
    items = read("history.txt", command="helm history builders -n ci-runners")
    (statement,) = [item for item in items if isinstance(item, Statement)]
    assert (statement.value, statement.location.line) == ("0.12.1", 3)
    assert statement.about == {"release": "builders", "namespace": "ci-runners"}
    assert not [item for item in items if isinstance(item, Unparsed)]


def test_get_all_gives_release_values_and_declared_objects():
    items = read("get-all.yaml")
    (release,) = observed(items, "HelmRelease")
    assert (release.name, release.namespace) == ("builders", "ci-runners")
    assert release.fields["status"] == "deployed"
    given_, computed = observed(items, "HelmValues")
    assert given_.fields["values"]["containerMode"] == {"type": "kubernetes"}
    assert "template" not in given_.fields["values"]
    assert computed.fields["values"]["template"]["spec"]["containers"][0]["name"] == "runner"
    assert (given_.complete, computed.complete) == (False, True)
    (account,) = observed(items, "ServiceAccount")
    (binding,) = observed(items, "RoleBinding")
    assert (account.trust, account.complete) == (Trust.DECLARED, False)
    assert binding.namespace == "ci-runners"
    assert binding.locator is not None
    line = (DATA / "get-all.yaml").read_text("utf-8").split("\n").index("roleRef:") + 3
    assert binding.locator.find(("roleRef", "kind")) == (line, "  kind: Role")


def test_a_manifest_lists_all_accounts_and_roles_that_the_chart_made():
    for name in ("get-all.yaml", "template.yaml"):
        proofs = [item for item in read(name) if isinstance(item, Collected)]
        assert [(p.kind, p.namespace, p.trust) for p in proofs] == [
            (kind, "ci-runners", Trust.DECLARED)
            for kind in ("ServiceAccount", "Role", "RoleBinding")
        ]


def test_versions_and_modes_are_stated_once_each_with_their_line():
    lines = (DATA / "get-all.yaml").read_text("utf-8").split("\n")
    facts = stated(read("get-all.yaml"))
    assert facts.count(("chart_version", "0.12.1", lines.index("VERSION: 0.12.1") + 1)) == 1
    label = lines.index("    helm.sh/chart: gha-rs-0.12.1") + 1
    assert facts.count(("chart_version", "0.12.1", label)) == 1
    mode = lines.index("  type: kubernetes") + 1
    assert ("container_mode", "kubernetes", mode) in facts
    assert len([fact for fact in facts if fact[0] == "container_mode"]) == 2


def test_a_broken_manifest_proves_nothing():
    lines = (DATA / "get-all.yaml").read_text("utf-8").replace("roleRef:\n", "roleRef: [\n")
    items = list(Helm().parse(Block("x", 1, lines.split("\n"))))
    assert not [item for item in items if isinstance(item, Collected)]
    assert Code.YAML_SYNTAX in {item.code for item in items if isinstance(item, Note)}


def test_the_scripts_file_name_tells_the_release():
    items = read("values.yaml", member="arc-bundle-logs/helm-info/builders_NS_ci_values.yaml")
    (values,) = observed(items, "HelmValues")
    assert (values.name, values.namespace) == ("builders", "ci")


SAMPLES = [path.read_text("utf-8") for path in sorted(DATA.iterdir())]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.text("ab:-{}[]\"' \n\t&*|#", max_size=12))
def test_no_cut_and_no_scribble_raises(text, share, scribble):
    at = int(len(text) * share)
    for broken in (text[:at], text[:at] + scribble + text[at:]):
        lines = broken.split("\n")
        Helm().sniff(Head("x", tuple(lines)))
        for item in Helm().parse(Block("x", 1, lines)):
            if isinstance(item, Statement):
                assert 1 <= item.location.line <= len(lines)
