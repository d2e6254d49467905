r"""Shell commands in what people paste: the line that says what the following lines are.

$ kubectl get sa -n arc-runners
[root@bastion ~]# oc describe pod linux-k8s-7hx2q-runner-w9k4d
PS C:\> helm ls -A
"""

from __future__ import annotations

import re

from arclogs.lazy_regex import lazy_compile

_PROMPT = lazy_compile(
    r"""
    (.{0,100}?[$#%>❯➜])             # [root@bastion ~]#
    (?:[ ]+~(?=[ ]))?               # ➜  ~ kubectl
    (?:[ ]+|(?<=>)(?=kubectl|helm)) # C:\Users\me>kubectl
    (\S.*)$
    """,
    re.VERBOSE,
)
_NO_PROMPT = lazy_compile(r"\d\d:\d\d:\d\d|[\"'=<|]")  # log lines and markup
_KUBE_PS1 = lazy_compile(r"\(⎈[^()]{0,80}\) ?")  # the context, shown by kube-ps1
_INDENTED = ("$ ", "❯ ", "➜ ", "PS ", "> ")
_PROGRAM = lazy_compile(
    r"(?:kubectl|oc|k|helm|stern|kubetail|k3s|microk8s|minikube|sudo|watch|cat|tail|head|less|grep|jq"
    r"|gh|docker|crictl|ctr|nerdctl|argocd|az|aws|gcloud|eksctl|curl) +\S|date$"
)
_CLUSTER_PROGRAM = lazy_compile(r"(?:^|[;&|=(]\s{0,4}|sudo )(?:kubectl|oc|k|helm|stern)\s")
_BARE = lazy_compile(
    r"(?:kubectl|oc|k|helm) (?:-\S+ \S+ )?(?:get|describe|logs|events|version|auth|top|ls|list"
    r"|status|history|api-resources|cluster-info)\b(?! ?[:,.])"
)
_HEADING = lazy_compile(
    r"(?:#{1,6} |[-*] |\*\*)?`?\$? ?((?:kubectl|oc|helm) [^`]{1,400}?)`?:?(?:\*\*)?:?\s*$"
)
_BARE_WORDS = 30


def command_of(line: str) -> str | None:
    """Return the command that a line of a transcript types, or None for any other line."""
    text = line[:4096].strip()
    if line[:1] in (" ", "\t") and not text.startswith(_INDENTED):
        return None  # a script inside of a manifest
    if text.startswith("`") and text.endswith("`"):
        text = text.strip("`")
    text = _KUBE_PS1.sub("", text, count=1) if "⎈" in text else text
    match = _PROMPT.match(text)
    if match is None:
        # a command without a prompt, if that is all the line holds
        return text if _BARE.match(text) and len(text.split()) <= _BARE_WORDS else None
    prompt, command = match.groups()
    if len(prompt.split()) > 4 or _NO_PROMPT.search(prompt):
        return None
    known = prompt in ("$", "❯", "➜") or _PROGRAM.match(command) is not None
    return command if known or _CLUSTER_PROGRAM.search(command) else None


def asks_cluster(command: str) -> bool:
    """Tell a command that queries a cluster, which is what a transcript of ours is about."""
    return _CLUSTER_PROGRAM.search(command) is not None


def heading_command(line: str) -> str | None:
    """Return the command that a heading or a line of its own above a fenced block names."""
    match = _HEADING.match(line.strip()[:600])
    return match[1].strip() if match is not None else None
