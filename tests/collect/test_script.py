"""The collection script, run with a real kubectl against an API server of ours."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
import yaml

from arclogs.analyze import analyze
from arclogs.collect.scene import Scene
from arclogs.collect.script import commands, script
from arclogs.collect.support_bundle import support_bundle
from tests.collect.api_server import Cluster, serving

SAMPLE = Path(__file__).parents[2] / "samples" / "founding-with-accounts"
TOKEN = "ghp_" + secrets.token_hex(18)
VALUE = base64.b64encode(TOKEN.encode()).decode()
NEEDS_KUBECTL = pytest.mark.skipif(
    os.name != "posix" or not shutil.which("kubectl"), reason="needs kubectl and a POSIX shell"
)

SCALE_SET = {
    "apiVersion": "actions.github.com/v1alpha1",
    "kind": "AutoscalingRunnerSet",
    "metadata": {"name": "linux-k8s", "namespace": "arc-runners"},
}


def objects():
    text = (SAMPLE / "pods-accounts-rbac.yaml").read_text("utf-8")
    items = [i for d in yaml.safe_load_all(text) for i in d.get("items", [d])]
    pod = next(i for i in items if i["kind"] == "Pod")
    pod["spec"]["containers"][0]["env"].append({"name": "NPM_TOKEN", "value": TOKEN[4:]})
    pod["status"]["containerStatuses"][0]["restartCount"] = 1
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": "Opaque",
        "data": {"github_token": VALUE},
    }
    named = {"metadata": {"name": "pre-defined-secret", "namespace": "arc-runners"}}
    return [*items, {**secret, **named}, SCALE_SET]


def collected(folder, cluster, scene):
    """Run the script in a folder and return what it packed."""
    with serving(cluster) as kubeconfig:
        (folder / "kubeconfig").write_text(kubeconfig)
        (folder / "collect.sh").write_text(script(scene))
        done = subprocess.run(
            ["sh", "collect.sh"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "KUBECONFIG": "kubeconfig"},
            capture_output=True,
            text=True,
            check=False,
        )
    (folder / "stderr").write_text(done.stderr)
    return done, sorted(folder.glob("arc-bundle-*.tar.gz"))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("collected")
    logs = {}
    for pod in ("w9k4d", "m2v7c"):
        path = next((SAMPLE / "arc-bundle-logs" / "pod_logs").glob(f"*{pod}_arc-runners.log"))
        logs[f"linux-k8s-7hx2q-runner-{pod}", "runner", False] = path.read_text("utf-8")
    logs["linux-k8s-7hx2q-runner-m2v7c", "runner", True] = f"before it crashed, with {TOKEN}\n"
    cluster = Cluster(objects(), logs, forbidden=("nodes",))
    done, packed = collected(folder, cluster, Scene())  # the scale set tells the namespace
    assert done.returncode == 0, done.stderr
    assert "--controller-namespace" in done.stderr
    assert len(packed) == 1
    return packed[0]


def texts(bundle):
    with tarfile.open(bundle) as tar:
        return {
            member.name.partition("/")[2]: file.read().decode()
            for member in tar
            if (file := tar.extractfile(member))
        }


@NEEDS_KUBECTL
def test_what_was_collected_proves_the_cause(bundle):
    report = analyze([bundle, SAMPLE / "job-log.txt"])
    assert report.answer is not None
    assert (report.answer.rule, report.answer.confidence) == ("sa-token-rejected", "confirmed")


@NEEDS_KUBECTL
def test_nothing_secret_is_in_it(bundle):
    held = "".join(texts(bundle).values())
    assert TOKEN not in held
    assert TOKEN[4:] not in held
    assert VALUE not in held
    assert "github_token:  40 bytes" in held


@NEEDS_KUBECTL
def test_what_was_refused_stands_in_the_inventory_and_the_file(bundle):
    files = texts(bundle)
    (line,) = [i for i in files["inventory.tsv"].splitlines() if "cluster/nodes.yaml" in i]
    assert line.startswith("1\t")
    assert "forbidden" in files["cluster/nodes.yaml"]


@NEEDS_KUBECTL
def test_how_much_was_refused_is_said(bundle):
    assert "commands were not answered" in (bundle.parent / "stderr").read_text()


@NEEDS_KUBECTL
def test_previous_logs_of_what_restarted_are_in_it(bundle):
    files = texts(bundle)
    previous = [name for name in files if name.endswith(".previous.log")]
    assert previous == ["arc-runners/logs/linux-k8s-7hx2q-runner-m2v7c.runner.previous.log"]
    assert "before it crashed" in files[previous[0]]


@NEEDS_KUBECTL
def test_nothing_that_is_missing_is_asked_for_again(bundle):
    wanted = {want.what for want in analyze([bundle]).coverage.missing}
    kept = {
        "service accounts, roles and role bindings",
        "runner pods",
        "events",
        "ARC's own resources",
    }
    assert not wanted & kept


@NEEDS_KUBECTL
def test_without_a_scale_set_it_says_what_to_name(tmp_path):
    done, packed = collected(tmp_path, Cluster([]), Scene())
    assert (done.returncode, packed) == (1, [])
    assert "arclogs collect -n NAMESPACE" in done.stderr


@NEEDS_KUBECTL
def test_a_cluster_that_does_not_answer_is_no_bundle(tmp_path):
    (tmp_path / "collect.sh").write_text(script(Scene(("arc-runners",), "arc-systems")))
    done = subprocess.run(
        ["sh", "collect.sh"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "KUBECONFIG": "missing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no command was answered" in done.stderr
    assert not list(tmp_path.glob("*.tar.gz"))


@pytest.mark.parametrize("name", ["a b", "$(touch x)", "'; touch x #", "`x`"])
def test_a_name_is_never_a_command(name):
    text = script(Scene((name,), name, name, name, name))
    done = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"controller='{name}'" in text or '"\'"' in text


def test_the_commands_leave_no_variable_open():
    listed = commands(Scene(("arc-runners", "other"), "arc-systems", run="7", repository="o/r"))
    assert not [command for _, command in listed if "$" in command]
    assert ("kubectl -n other get pods -o yaml") in [command for _, command in listed]
    assert len(listed) == len(set(listed))


def test_every_command_only_reads():
    verbs = {"get", "describe", "version", "auth", "logs", "ls", "history"}
    for _, command in commands(Scene(("a",), "b")):
        words = [w for w in command.split()[1:] if not w.startswith("-") and w not in ("a", "b")]
        assert words[0] in verbs, command


def test_the_support_bundle_is_a_spec_that_asks_for_no_value():
    spec = yaml.safe_load(support_bundle(Scene(("arc-runners",), "arc-systems", "6h")))
    kinds = [next(iter(c)) for c in spec["spec"]["collectors"]]
    assert (spec["apiVersion"], spec["kind"]) == ("troubleshoot.sh/v1beta2", "SupportBundle")
    assert kinds.count("logs") == 2
    assert {c["logs"]["limits"]["maxAge"] for c in spec["spec"]["collectors"] if "logs" in c} == {
        "6h"
    }
    assert "secret" not in kinds
    assert not [c for c in spec["spec"]["collectors"] if c.get("helm", {}).get("collectValues")]
