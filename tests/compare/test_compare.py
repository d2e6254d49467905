"""What differs between two bundles, and what cannot be told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from arclogs.analyze import Options
from arclogs.compare.compare import compare
from arclogs.compare.fields import flat_fields
from arclogs.views.comparison import render_comparison, render_comparison_markdown

SAMPLES = Path(__file__).parents[2] / "samples"
POD = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {{name: linux-7hx2q-runner-{name}, namespace: arc-runners, uid: {name},
    resourceVersion: "{name}", labels: {{app.kubernetes.io/version: {version}}}}}
  spec:
    serviceAccountName: kube-mode
    containers:
    - {{name: runner, image: "ghcr.io/actions/actions-runner:{image}"}}
  status: {{phase: Running, podIP: 10.0.0.{ip}}}
"""
ACCOUNT = """\
apiVersion: v1
kind: ServiceAccountList
items:
- metadata: {name: kube-mode, namespace: arc-runners, creationTimestamp: "2026-01-01T00:00:00Z", uid: a}
"""


@pytest.fixture
def between(tmp_path):
    def compared(before, after):
        for name, files in (("before", before), ("after", after)):
            folder = tmp_path / name
            folder.mkdir()
            for file, text in files.items():
                (folder / file).write_text(text)
        return compare(tmp_path / "before", tmp_path / "after", Options())

    return compared


def pod(name="w9k4d", version="0.12.1", image="2.329.0", ip=7):
    return POD.format(name=name, version=version, image=image, ip=ip)


def changes(found):
    return [(o.change, o.kind, o.name, [f.what for f in o.fields]) for o in found.objects]


def test_the_founding_case_shows_what_the_upgrade_did():
    found = compare(SAMPLES / "healthy", SAMPLES / "founding-with-accounts", Options())
    assert ("new", "sa-token-rejected") in [(f.change, f.rule) for f in found.findings]
    account = next(o for o in found.objects if o.kind == "ServiceAccount")
    assert (account.change, account.name) == ("recreated", "linux-k8s-gha-rs-kube-mode")
    back = compare(SAMPLES / "founding-with-accounts", SAMPLES / "healthy", Options())
    assert ("gone", "sa-token-rejected") in [(f.change, f.rule) for f in back.findings]


def test_a_bundle_does_not_differ_from_itself():
    found = compare(SAMPLES / "account-lacks-role", SAMPLES / "account-lacks-role", Options())
    assert not found.changed
    assert not found.notes


def test_generated_names_and_what_the_server_writes_are_no_difference(between):
    found = between({"pods.yaml": pod()}, {"pods.yaml": pod("m2v7c", ip=9)})
    assert changes(found) == []


def test_a_field_that_changed_is_told_with_its_path(between):
    found = between({"pods.yaml": pod()}, {"pods.yaml": pod("m2v7c", image="2.331.0")})
    (change,) = found.objects
    assert change.name == "linux-<id>"
    assert [(f.what, f.before, f.after) for f in change.fields] == [
        (
            "spec.containers[name=runner].image",
            "ghcr.io/actions/actions-runner:2.329.0",
            "ghcr.io/actions/actions-runner:2.331.0",
        )
    ]


def test_what_was_not_collected_is_neither_gone_nor_new(between):
    found = between({"pods.yaml": pod(), "sa.yaml": ACCOUNT}, {"pods.yaml": pod()})
    assert changes(found) == []
    assert found.notes == ("not in the second bundle, so not compared: ServiceAccount",)


def test_what_was_collected_and_is_not_there_is_gone(between):
    none = "$ kubectl -n arc-runners get sa\nNo resources found in arc-runners namespace.\n"
    found = between({"sa.yaml": ACCOUNT, "pods.yaml": pod()}, {"sa.txt": none, "pods.yaml": pod()})
    assert changes(found) == [("gone", "ServiceAccount", "kube-mode", [])]


def test_a_table_that_has_no_column_for_a_field_does_not_make_it_gone(between):
    table = "NAME                        READY   STATUS    RESTARTS   AGE\n"
    table += "linux-7hx2q-runner-m2v7c   1/1     Running   0          2m\n"
    found = between(
        {"pods.yaml": pod()}, {"pods.txt": f"$ kubectl -n arc-runners get pods\n{table}"}
    )
    assert "spec.serviceAccountName" not in [f.what for o in found.objects for f in o.fields]


def test_text_of_a_bundle_stays_text(between):
    hostile = "2026-03-02T10:04:19Z ERROR \x1b[31m<b>boom</b> `x` | y\n"
    found = between({"c.log": "2026-03-02T10:04:19Z INFO fine\n"}, {"c.log": hostile})
    assert found.unexplained
    assert "\x1b" not in render_comparison(found)
    assert "<b>" not in MarkdownIt("gfm-like").render(render_comparison_markdown(found))


def test_paths_name_items_by_their_key():
    fields = {"spec": {"containers": [{"name": "a", "env": [{"name": "X", "value": "1"}]}]}}
    assert flat_fields(fields) == {"spec.containers[name=a].env[name=X].value": "1"}


@pytest.mark.parametrize(("second", "code"), [("healthy", 0), ("account-lacks-role", 1)])
def test_the_exit_code_tells_whether_anything_differs(second, code, tmp_path):
    from click.testing import CliRunner

    from arclogs.cli.group import cli

    shutil.copytree(SAMPLES / second, tmp_path / "after")
    done = CliRunner().invoke(
        cli, ["diff", str(SAMPLES / "healthy"), str(tmp_path / "after"), "-q"]
    )
    assert done.exit_code == code
    assert done.output.startswith("before: healthy (16 files, ")


def test_known_bugs_are_told_by_versions_and_findings() -> None:
    found = compare(SAMPLES / "healthy", SAMPLES / "founding-with-accounts", Options())
    assert not [one.what for one in found.environment]
