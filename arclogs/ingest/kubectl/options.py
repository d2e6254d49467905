"""What a kubectl command line asked for.

    kubectl -n arc-systems describe pod/linux-k8s-64e6f09e-listener
    kubectl get autoscalingrunnersets -A -o custom-columns=NAME:.metadata.name
    k get sa,role,rolebinding -n arc-runners | grep kube-mode

Options: kubectl `pkg/cmd/get`, `pkg/cmd/describe`, `pkg/cmd/events`, genericclioptions.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.ingest.objects.kinds import ALL_CATEGORY, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS = frozenset({"get", "describe", "events"})
_WITH_VALUE_TEXT = """
    -n --namespace -l --selector --field-selector -o --output --sort-by --context --kubeconfig
    --cluster --user -L --label-columns -f --filename --chunk-size --types --for --request-timeout
    --template --as --as-group --token -s --server --subresource -k --kustomize
"""
_WITH_VALUE = frozenset(_WITH_VALUE_TEXT.split())
_SELECTING = frozenset({"-l", "--selector", "--field-selector", "--types", "--for", "-f", "-k"})
_SEPARATORS = ("|", ";", "&", ">", "<")


class Asked(Struct, frozen=True):
    """One `get`, `describe` or `events` command."""

    verb: str
    kinds: tuple[str, ...]
    namespace: str | None
    everywhere: bool
    """All namespaces."""
    partial: bool
    """Names, selectors or a pipe: what is not in the output may yet exist."""
    output: str
    """The value of `-o`, or an empty string."""
    names: tuple[str, ...] = ()
    """Names of objects, where the command gives some."""

    @property
    def kind(self) -> str | None:
        """The kind, where the command names one only."""
        return self.kinds[0] if len(self.kinds) == 1 else None


def asked(command: str | None) -> Asked | None:
    """Return what a command asked for; None for none, or one that is no such command."""
    words, piped = _words(command)
    verb = next((word for word in words if word in _VERBS), None)
    if verb is None:
        return None
    options: dict[str, str] = {}
    plain: list[str] = []
    following = iter(_single_options(words))
    for word in following:
        option, value = _option(word)
        if option in _WITH_VALUE and value is None:
            value = next(following, "")
        if option:
            options[option] = value or ""
        elif word in _VERBS or plain:
            plain.append(word)
    kinds, names = _resources(plain[1:]) if verb != "events" else (("Event",), tuple(plain[1:]))
    return Asked(
        verb,
        kinds,
        options.get("-n") or options.get("--namespace") or None,
        "-A" in options or "--all-namespaces" in options,
        bool(names) or piped or bool(_SELECTING & options.keys()),
        options.get("-o") or options.get("--output") or "",
        names,
    )


def _words(command: str | None) -> tuple[list[str], bool]:
    """Return the words of the first command of a line, and whether its output went on elsewhere."""
    text = (command or "").strip().lstrip("$#> ")[:4096]
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    lexer.escape = ""  # the backslashes of a JSONPath must stay, quoted or not
    try:
        words = list(lexer)
    except ValueError:  # an open quote
        words = text.split()
    start = next((i for i, word in enumerate(words) if word in _VERBS), 0)
    for index, word in enumerate(words[start:], start):
        if word.startswith(_SEPARATORS):
            # Redirecting keeps all of the output, a pipe need not.
            return words[:index], any(later.startswith("|") for later in words[index:])
        if word.endswith(";"):
            return [*words[:index], word[:-1]], False
    return words, False


def _single_options(words: list[str]) -> Iterator[str]:
    """Split `-Aowide`: of the options that take no value only this one is used so."""
    for word in words:
        if word.startswith("-A") and len(word) > 2:
            yield "-A"
            yield f"-{word[2:]}"
        else:
            yield word


def _option(word: str) -> tuple[str, str | None]:
    """Split `--name=value` and `-nvalue`; the name is empty for what is no option."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value if equals else None
    if not word.startswith("-") or len(word) < 2:
        return "", None
    return word[:2], word[2:].removeprefix("=") or None


def _resources(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds of `sa,role` or `pod/x sa/y`, and the names that were given."""
    if not words:
        return (), ()
    if "/" in words[0]:
        pairs = [word.partition("/") for word in words]
        return _kinds([kind for kind, _, _ in pairs]), tuple(name for _, _, name in pairs)
    return _kinds(words[0].split(",")), tuple(words[1:])


def _kinds(resources: list[str]) -> tuple[str, ...]:
    """Return the kinds; none at all where a resource is not known, for then the list would lie."""
    found: list[str] = []
    for resource in resources:
        kind = kind_of(resource)
        if kind is None and resource != "all":
            return ()
        found += [kind] if kind is not None else ALL_CATEGORY
    return tuple(dict.fromkeys(found))
