from __future__ import annotations

import pytest

from arclogs.ingest.text.prompts import asks_cluster, command_of, heading_command


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("$ kubectl get sa -n ci", "kubectl get sa -n ci"),
        ("# kubectl get sa -n ci", "kubectl get sa -n ci"),
        ("[root@bastion ~]# oc get pods", "oc get pods"),
        ("me@laptop:~/arc$ helm ls -A", "helm ls -A"),
        ("(venv) me@laptop ~ % kubectl version", "kubectl version"),
        (r"PS C:\Users\me> kubectl get pods", "kubectl get pods"),
        (r"C:\Users\me>kubectl get pods", "kubectl get pods"),
        ("➜  ~ kubectl get pods", "kubectl get pods"),
        ("❯ k get pods -A", "k get pods -A"),
        ("    $ kubectl get pods", "kubectl get pods"),
        ("kubectl get pods -n ci", "kubectl get pods -n ci"),
        ("k get pods -n ci", "k get pods -n ci"),
        ("$ date -u; kubectl exec x -- ps", "date -u; kubectl exec x -- ps"),
        ('`$ grep -i -n " error " x.log | tail`', 'grep -i -n " error " x.log | tail'),
        ("$ ls -l", "ls -l"),
    ],
)  # fmt: skip
def test_a_typed_command_is_told(line, command):
    assert command_of(line) == command


@pytest.mark.parametrize(
    "line",
    [
        "",
        "NAME   READY   STATUS",
        "2026-03-02T08:00:00Z $ kubectl get pods",
        "08:00:01 # kubectl get pods",
        "##[group]Run kubectl get pods",
        "    kubectl get pods -n ci",
        "  # kubectl get pods",
        "kubectl is a command line tool.",
        "kubectl get: this failed",
        "the price is 5 $ and more",
        'echo "x" > kubectl get pods',
        "<details> kubectl get pods",
        "+ kubectl get pods",
        "✓ kubectl get pods",
        "# A heading",
        "100% done",
    ],
)
def test_other_lines_are_not(line):
    assert command_of(line) is None


def test_which_commands_ask_the_cluster():
    assert asks_cluster("kubectl get pods")
    assert asks_cluster("date; oc get pods")
    assert asks_cluster("sudo helm ls")
    assert not asks_cluster("cat kubectl.log")
    assert not asks_cluster("ls -l")


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("## kubectl get pods -A", "kubectl get pods -A"),
        ("`kubectl get sa -n ci -o yaml`:", "kubectl get sa -n ci -o yaml"),
        ("**kubectl get sa**", "kubectl get sa"),
        ("`$ helm ls -A`", "helm ls -A"),
        ("Here is what I see:", None),
        ("and `kubectl get sa` shows nothing", None),
    ],
)
def test_a_line_above_a_fence_may_name_its_command(line, command):
    assert heading_command(line) == command
