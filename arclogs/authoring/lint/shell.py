"""What a command line does to the cluster: reads, changes, or takes away.

Only programs that rules name are known: kubectl (oc), helm, gh, docker and their kin, a few of the
shell's own. Of an unknown program nothing is said.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.rules.language.template import SLOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Risk

RISKS: Final[tuple[Risk, ...]] = ("read-only", "mutating", "destructive")

_READS: Final = {
    "kubectl": "get describe logs top explain auth api-resources api-versions version cluster-info "
    "config wait diff events port-forward can-i whoami",
    "helm": "get list ls status history show template search lint version env diff",
    "gh": "view list status diff download watch verify-attestation",
    "docker": "ps images inspect logs version info history manifest events stats top",
    "systemctl": "status is-active is-enabled show list-units cat",
    "az": "show list",
    "aws": "describe get list",
    "gcloud": "describe list",
}
_CHANGES: Final = {
    "kubectl": "annotate apply autoscale cordon uncordon create edit expose label patch replace rollout "
    "run scale set taint debug approve adm",
    "helm": "install upgrade rollback repo pull push",
    "gh": "rerun run cancel enable disable create edit set merge close reopen sync",
    "docker": "run build pull push start restart tag login create network exec",
    "systemctl": "start restart reload enable daemon-reload edit",
    "az": "create update set start restart",
    "aws": "create update put modify start",
    "gcloud": "create update set add-iam-policy-binding",
}
_TAKES_AWAY: Final = {
    "kubectl": "delete drain",
    "helm": "uninstall delete",
    "gh": "delete remove",
    "docker": "rm rmi prune stop kill",
    "systemctl": "stop disable mask",
    "az": "delete",
    "aws": "delete terminate",
    "gcloud": "delete",
}
# What a controller makes again at once, so that a deletion is how it is started anew.
_MADE_AGAIN: Final = frozenset({"autoscalinglistener", "autoscalinglisteners"})
_SHELL: Final[dict[str, Risk]] = {
    **dict.fromkeys(("rm", "rmdir", "kill"), "destructive"),
    **dict.fromkeys(("mv", "chmod", "chown", "tee", "sysctl", "modprobe"), "mutating"),
}
_METHODS: Final[dict[str, Risk]] = {
    "GET": "read-only",
    "HEAD": "read-only",
    "DELETE": "destructive",
}
_ALIASES: Final = {"oc": "kubectl", "k": "kubectl", "crictl": "docker", "podman": "docker",
                   "nerdctl": "docker", "ctr": "docker"}  # fmt: skip
_READS_ONLY: Final = {"rollout": {"status", "history"}, "repo": {"list"}}
_PREFIXES: Final = frozenset({"sudo", "watch", "time", "env", "nohup", "xargs", "exec"})
_GH_NOUNS: Final = frozenset(
    {
        "api",
        "run",
        "workflow",
        "secret",
        "variable",
        "repo",
        "pr",
        "issue",
        "release",
        "cache",
        "auth",
    }
)
_WITH_VALUE: Final = frozenset(
    {"-n", "--namespace", "-l", "--selector", "-o", "--output", "--context", "--kubeconfig", "-f",
     "--filename", "-c", "--container", "--as", "-s", "--server", "--cluster", "--user", "-p", "-R",
     "--repo", "-H", "--hostname", "-I", "-L", "--kube-context"}
)  # fmt: skip
_ASSIGNMENT: Final = lazy_compile(r"^\w+=")
_BREAK: Final = lazy_compile(r"&&|\|\||[;|\n]")
_QUOTED: Final = lazy_compile(r"'[^']*'|\"[^\"]*\"")


def effect(command: str) -> Risk | None:
    """Return the worst that a command line does, or None where none of its programs is known."""
    found = [risk for words in _commands(command) if (risk := _effect(words)) is not None]
    return max(found, key=RISKS.index, default=None)


def _commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each simple command; what stands in quotes is no command of its own."""
    filled = SLOT.sub("x", text).replace("\\\n", " ")
    filled = re.sub(r"<[\w -]+>", "x", filled)
    hidden = _QUOTED.sub(lambda m: "q" * len(m[0]), filled)
    start = 0
    for end in [*(m.span() for m in _BREAK.finditer(hidden)), (len(filled), len(filled))]:
        try:
            words = shlex.split(filled[start : end[0]], comments=True)
        except ValueError:
            words = filled[start : end[0]].split()
        if words:
            yield words
        start = end[1]


def _effect(words: list[str]) -> Risk | None:
    while words and (words[0] in _PREFIXES or _ASSIGNMENT.match(words[0])):
        words = words[1:]
        while words and words[0].startswith("-"):  # the prefix' own options
            words = words[2:] if words[0] in _WITH_VALUE else words[1:]
    if not words:
        return None
    program = words[0].rsplit("/", 1)[-1]
    program = _ALIASES.get(program, program)
    if program in _SHELL:
        return _SHELL[program]
    if program == "sed":
        return "mutating" if any(w.startswith(("-i", "--in-place")) for w in words) else "read-only"
    if program not in _READS:
        return None
    # a container that goes when it is done leaves nothing on the machine
    if program == "docker" and "run" in words and "--rm" in words:
        return "read-only"
    if any(w.startswith("--dry-run") and w != "--dry-run=none" for w in words):
        return "read-only"
    return _of_program(program, list(_arguments(words[1:])), words)


def _of_program(program: str, arguments: list[str], words: list[str]) -> Risk | None:
    if program == "gh" and arguments[:1] == ["api"]:
        return _of_request(words)
    skipped = _GH_NOUNS if program == "gh" else frozenset({"container", "image", "system", "adm"})
    verbs = arguments[1:] if arguments and arguments[0] in skipped else arguments
    if program in ("az", "aws", "gcloud"):  # the verb stands somewhere behind its service
        parts = {part for word in verbs for part in (word, word.split("-")[0])}
    else:
        parts = set(verbs[:1])
    if parts & set(_TAKES_AWAY[program].split()):
        kind = verbs[1].partition("/")[0].partition(".")[0] if len(verbs) > 1 else ""
        return "mutating" if kind in _MADE_AGAIN else "destructive"
    if parts & set(_CHANGES[program].split()):
        reads = _READS_ONLY.get(verbs[0], set())
        return "read-only" if reads & set(verbs[1:2]) else "mutating"
    return "read-only" if parts & set(_READS[program].split()) else None


def _of_request(words: list[str]) -> Risk:
    method = "GET"
    for option, value in zip(words, [*words[1:], ""]):
        if option in ("-X", "--method"):
            method = value.upper()
        elif option in ("-f", "-F", "--field", "--raw-field", "--input") and method == "GET":
            method = "POST"
    return {"GET": "read-only", "HEAD": "read-only", "DELETE": "destructive"}.get(
        method, "mutating"
    )  # type: ignore[return-value]


def _arguments(words: list[str]) -> Iterator[str]:
    """Yield the words that are neither options nor their values, up to `--`."""
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            return
        if word in _WITH_VALUE:
            next(waiting, None)
        elif not word.startswith("-"):
            yield word
