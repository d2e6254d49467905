"""Whose log a command prints.

kubectl -n arc-runners logs linux-k8s-7hx2q-runner-w9k4d -c runner --previous
oc logs pod/linux-k8s-64e6f09e-listener -n arc-systems
cat pod_logs/linux-k8s-7hx2q-runner-w9k4d_NS_arc-runners.log

Options: kubectl `pkg/cmd/logs`. A selector, or a Deployment, leaves open which pod it was.
"""

from __future__ import annotations

import shlex

from arclogs.ingest.text.origin import origin_of
from arclogs.lazy_regex import lazy_compile

_FILE = lazy_compile(r"\S+\.log\b")
_LOGS = lazy_compile(r"(?:kubectl|oc|k)\s(?:.*\s)?logs?\s")
_NAME = lazy_compile(r"[a-z0-9][a-z0-9.-]{0,252}")
_WITH_VALUE_TEXT = """
    -c --container -n --namespace --tail --since --since-time --limit-bytes --context --kubeconfig
    --cluster --user --pod-running-timeout --max-log-requests -l --selector --as --request-timeout
    -s --server --token
"""
_WITH_VALUE = frozenset(_WITH_VALUE_TEXT.split())
_FIELDS = {
    "-c": "container",
    "--container": "container",
    "-n": "namespace",
    "--namespace": "namespace",
}


def origin_of_command(command: str) -> dict[str, str]:
    """Return pod, container and namespace as far as the command names them."""
    if _LOGS.match(f"{command} ") is None:
        file = _FILE.search(command)
        return origin_of(file[0]) if file is not None else {}
    said: dict[str, str] = {}
    plain: list[str] = []
    words = iter(_words(command))
    for word in words:
        if word in ("|", ">", ">>", "2>&1", "&>", ";", "&&"):
            break
        name, equals, value = word.partition("=")
        if name in _WITH_VALUE and not equals:
            value = next(words, "")
        if name in _FIELDS and _NAME.fullmatch(value):
            said[_FIELDS[name]] = value
        elif word in ("-p", "--previous", "--previous=true"):
            said["previous"] = "true"
        elif not word.startswith("-"):
            plain.append(word)
    named = plain[plain.index("logs") + 1 :] if "logs" in plain else plain[2:]
    pod = named[0].removeprefix("pods/").removeprefix("pod/") if named else ""
    if _NAME.fullmatch(pod):  # `deploy/x` holds a slash
        said["pod"] = pod
        if len(named) > 1 and _NAME.fullmatch(named[1]):
            said.setdefault("container", named[1])
    return said


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command[:4096])
    except ValueError:  # an open quote
        return command[:4096].split()
