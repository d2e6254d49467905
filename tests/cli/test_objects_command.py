from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from arclogs.model.catalog import CatalogObject, TreeNode

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Arclogs = Callable[..., CompletedProcess[str]]

SAMPLE = Path(__file__).parents[2] / "samples" / "founding-with-accounts"
RUNNER = "linux-k8s-7hx2q-runner-w9k4d"
TOKEN = "ghp_" + "a1B2c3" * 6
POD = f"""\
apiVersion: v1
kind: Pod
metadata:
  name: web-1
  namespace: ci
  uid: 1c1c7b5e-98c5-4b7e-9a1d-7b1e42a8d1bb
  annotations:
    note: "{TOKEN}"
    "colour\\e[31m": "[bold]\\e[31mred"
spec:
  containers:
  - name: web
    env:
    - name: DB_PASSWORD
      value: correct horse
    - name: COLOUR
      value: blue
"""
WIDGET = """\
apiVersion: example.com/v1
kind: Widget
metadata: {name: cog, namespace: ci, uid: u-1}
spec: {teeth: 12}
"""


@pytest.fixture
def pod(tmp_path: Path) -> Path:
    path = tmp_path / "pod.yaml"
    path.write_text(f"{POD}---\n{WIDGET}")
    return path


def test_kinds_are_counted(arclogs: Arclogs) -> None:
    run = arclogs("objects", SAMPLE)
    assert run.returncode == 0
    rows = {tuple(line.split()[:3]) for line in run.stdout.splitlines()}
    assert ("Pod", "4", "yes") in rows
    assert ("HelmValues", "1", "declared") in rows
    counts = json.loads(arclogs("objects", SAMPLE, "--format", "json").stdout)
    assert {"Pod": 4}.items() <= {c["kind"]: c["objects"] for c in counts}.items()


@pytest.mark.parametrize("word", ["po", "pods", "Pod", "pod"])
def test_a_kind_is_listed(arclogs: Arclogs, word: str) -> None:
    run = arclogs("objects", SAMPLE, word)
    head, *rows = run.stdout.splitlines()
    assert head.split() == ["NAMESPACE", "NAME", "STATE", "SHOWN", "BY", "AT"]
    assert len(rows) == 4
    (row,) = (r for r in rows if RUNNER in r)
    assert row.split()[:3] == ["arc-runners", RUNNER, "Running"]
    assert "yaml, describe, table" in row


def test_namespaces_and_several_kinds(arclogs: Arclogs) -> None:
    run = arclogs("objects", SAMPLE, "po,sa", "-n", "arc-runners")
    kinds = [line.split()[0] for line in run.stdout.splitlines()]
    assert kinds == ["KIND", "Pod", "Pod", *["ServiceAccount"] * 3]
    assert "arc-systems" not in run.stdout


@pytest.mark.parametrize("args", [(f"pod/{RUNNER}",), ("pod", RUNNER)])
def test_one_object(arclogs: Arclogs, args: tuple[str, ...]) -> None:
    run = arclogs("objects", SAMPLE, *args)
    assert run.stdout.startswith(f"Pod arc-runners/{RUNNER}  Running\nShown by\n  [1]  yaml")
    assert "  AutoscalingRunnerSet linux-k8s (inferred, not collected)\n" in run.stdout
    (found,) = json.loads(arclogs("objects", SAMPLE, *args, "--format", "json").stdout)
    assert CatalogObject.model_validate(found).fields is not None


def test_events_of_an_object(arclogs: Arclogs, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(
        "LAST SEEN   TYPE      REASON    OBJECT      MESSAGE\n"
        "5m          Warning   BackOff   pod/web-1   Back-off restarting\n"
        "5m          Normal    Pulled    pod/web-2   pulled\n"
        "\nNAME    READY   STATUS             RESTARTS   AGE\n"
        "web-1   0/1     CrashLoopBackOff   5          9m\n"
    )
    run = arclogs("objects", tmp_path, "pod/web-1")
    assert "CrashLoopBackOff" in run.stdout
    assert "Warning  BackOff  Back-off restarting" in run.stdout
    assert "pulled" not in run.stdout


def test_yaml_is_redacted_and_inert(arclogs: Arclogs, pod: Path) -> None:
    run = arclogs("objects", pod, "pod/web-1", "--yaml")
    (env,) = (c["env"] for c in yaml.safe_load(run.stdout)["spec"]["containers"])
    assert env == [
        {"name": "DB_PASSWORD", "value": "<secret>"},
        {"name": "COLOUR", "value": "blue"},
    ]
    for text in (run.stdout, arclogs("objects", pod, "pod/web-1", "--format", "json").stdout):
        assert TOKEN not in text
        assert "correct horse" not in text
        assert "\x1b" not in text
    bare = arclogs("objects", pod, "pod/web-1", "--yaml", "--no-redact")
    assert yaml.safe_load(bare.stdout) == yaml.safe_load(POD)


def test_unknown_kinds_are_kept(arclogs: Arclogs, pod: Path) -> None:
    for word in ("widget/cog", "widgets.example.com/cog", "Widget"):
        run = arclogs("objects", pod, word, "--yaml")
        assert yaml.safe_load(run.stdout)["spec"] == {"teeth": 12}


def test_all_objects_as_documents(arclogs: Arclogs, pod: Path, tmp_path: Path) -> None:
    arclogs("objects", pod, "--yaml", "-o", "all.yaml")
    documents = list(yaml.safe_load_all((tmp_path / "all.yaml").read_text()))
    assert [d["kind"] for d in documents] == ["Pod", "Widget"]
    assert [k.split()[0] for k in arclogs("objects", "all.yaml").stdout.splitlines()[1:]] == [
        "Pod",
        "Widget",
    ]


def test_the_tree(arclogs: Arclogs) -> None:
    run = arclogs("objects", SAMPLE, "--tree")
    assert run.stdout.startswith("HelmRelease linux-k8s (arc-runners)  deployed")
    assert f"Pod {RUNNER}  Running" in run.stdout
    assert "[inferred, not collected]" in run.stdout
    only = arclogs("objects", SAMPLE, f"pod/{RUNNER}", "--tree").stdout
    assert "gha-rs-controller" not in only
    assert RUNNER in only
    for root in json.loads(arclogs("objects", SAMPLE, "--tree", "--format", "json").stdout):
        TreeNode.model_validate(root)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("pdo",), "did you mean Pod?"),
        (("pod/w9k4d",), f"did you mean {RUNNER}?"),
        (("sa/linux-k8s-gha-rs-kube-mod",), "did you mean linux-k8s-gha-rs-kube-mode?"),
        (("sa/nope", "-n", "arc-runners"), "all of the kind were collected"),
        (("secret/nope",), "not collected"),
        (("pod/a", "b"), "two names"),
        (("--tree", "--yaml"), "do not go together"),
        (("pod/w9k4d", "--tree"), "did you mean"),
    ],
)
def test_wrong_use(arclogs: Arclogs, args: tuple[str, ...], says: str) -> None:
    run = arclogs("objects", SAMPLE, *args)
    assert (run.returncode, run.stdout) == (2, "")
    assert says in run.stderr


def test_what_is_not_there_is_no_error(arclogs: Arclogs) -> None:
    run = arclogs("objects", SAMPLE, "secret")
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "no Secret in the bundle: not collected\n"
    assert json.loads(arclogs("objects", SAMPLE, "secret", "--format", "json").stdout) == []


def test_a_log_without_objects(arclogs: Arclogs, log: Path) -> None:
    assert arclogs("objects", log).stderr == "no objects in the bundle\n"
    assert "no object of ARC fits" in arclogs("objects", log, "--tree").stderr
