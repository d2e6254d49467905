"""Small outputs of kubectl that state a fact: versions and what an account may do.

    Server Version: v1.36.2
    Resources   Non-Resource URLs   Resource Names   Verbs
    pods/exec   []                  []               [get create]

Written by kubectl `pkg/cmd/version` and `pkg/cmd/auth/cani.go`; troubleshoot.sh stores the same as
cluster_version.json and auth-cani-list/<namespace>.json.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.objects.object_text import KnownLines, Path
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Observation, Statement, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item

_TEXT = lazy_compile(
    r"(Client|Server|Kubernetes) Version: (?:version\.Info\{[^}]*?GitVersion:\")?"
    r"v?(\d+\.\d+\.\d+[^\s\",]*)"
)
# clientVersion: {gitVersion: v1.35.2} in YAML and JSON; troubleshoot.sh has info.gitVersion alone.
_KEYED = lazy_compile(
    r"\"?\b(clientVersion|serverVersion|gitVersion)\"?:(?:\s*\"?v?(\d+\.\d+\.\d+[^\s\",]*))?"
)
_KEYS = lazy_compile(r"\s*[{]?\s*\"?(?:clientVersion|serverVersion)\"?:|\s*\"gitVersion\": ")
_TABLE = lazy_compile(r"Resources\s+Non-Resource URLs\s+Resource Names\s+Verbs")
_ROW = lazy_compile(r"(\S*)\s+\[([^\]]*)\]\s+\[([^\]]*)\]\s+\[([^\]]*)\]\s*")
_RULES = lazy_compile(r"\s*[{]?\s*\"resourceRules\":")
_ACCOUNT = lazy_compile(r"--as[= ]['\"]?system:serviceaccount:([a-z0-9-]+):([a-z0-9.-]+)")
_NAMESPACE = lazy_compile(r"\s(?:-n|--namespace)[= ]?([a-z0-9-]+)")
_PATH = lazy_compile(r"auth-cani-list/([a-z0-9-]+)\.json$")
_SHOWN_CHARS = 2000


class KubectlFacts:
    """Parser of versions and access rules."""

    name = "kubectl"
    long_lines = True

    def sniff(self, head: Head) -> int:
        lines = head.lines[:40]
        if any(map(_TABLE.match, lines)) or any(map(_RULES.match, lines)):
            return 97
        return 95 if any(_TEXT.match(line) or _KEYS.match(line) for line in lines) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        lines = list(block.lines)
        if any(map(_TABLE.match, lines)):
            yield from _read_table(lines, block)
        elif any(map(_RULES.match, lines)):
            yield from _read_review(lines, block)
        else:
            yield from _read_versions(lines, block)


def _read_versions(lines: list[str], block: Block) -> Iterator[Item]:
    of = "serverVersion"
    for index, line in enumerate(lines):
        match = _TEXT.match(line)
        if match is not None:
            yield from _version(match[1] == "Client", match[2], block, index, line)
            continue
        for key, version in _KEYED.findall(line[:_SHOWN_CHARS]):
            if key != "gitVersion":
                of = key
            elif version:
                yield from _version(of == "clientVersion", version, block, index, line)


def _version(client: bool, version: str, block: Block, index: int, line: str) -> Iterator[Item]:
    # `oc version` calls OpenShift's own 4.x the server version.
    if client or version.startswith("1."):
        name = "kubectl_version" if client else "kubernetes_version"
        yield Statement(name, version, block.at(index), line[:_SHOWN_CHARS])


def _read_table(lines: list[str], block: Block) -> Iterator[Item]:
    """Yield the rules of `auth can-i --list`."""
    rules: list[dict[str, Any]] = []
    shown: dict[Path, tuple[int, str]] = {}
    start: int | None = None
    for index, line in enumerate(lines):
        if _TABLE.match(line):
            start = index if start is None else start
            continue
        row = _ROW.fullmatch(line)
        if row is not None:
            resource, _urls, names, verbs = row.groups()
            if resource:
                shown["rules", len(rules)] = (block.at(index).line, line)
                rules.append(_rule(resource, verbs.split(), names.split()))
        elif start is not None and line.strip():
            yield Unparsed(block.at(index), "no row of auth can-i --list")
    yield _observe(rules, KnownLines(shown), block, start or 0)


def _read_review(lines: list[str], block: Block) -> Iterator[Item]:
    """Yield the rules of a SelfSubjectRulesReview's status."""
    try:
        status = json.loads("\n".join(lines))
    except (ValueError, RecursionError):
        yield Unparsed(block.at(0), "no whole SelfSubjectRulesReview")
        return
    given = status.get("resourceRules") if isinstance(status, dict) else None
    rules = [
        _rule(f"{resource}.{group}" if group else str(resource), rule.get("verbs"), names)
        for rule in (given if isinstance(given, list) else [])
        if isinstance(rule, dict)
        for names in [rule.get("resourceNames")]
        for group in _words(rule.get("apiGroups"))
        for resource in _words(rule.get("resources"))
    ]
    yield _observe(rules, KnownLines({}), block, 0)


def _observe(
    rules: list[dict[str, Any]], lines: KnownLines, block: Block, start: int
) -> Observation:
    command = block.command or ""
    account = _ACCOUNT.search(command)
    named = _NAMESPACE.search(command) or _PATH.search(block.member)
    namespace = named[1] if named is not None else account[1] if account is not None else None
    name = account[2] if account is not None else block.member
    fields: dict[str, Any] = {"metadata": {"name": name}, "rules": rules}
    if account is not None:
        fields["account"] = f"system:serviceaccount:{account[1]}:{account[2]}"
    place = block.at(start)
    return Observation(
        "AccessRules", name, namespace, fields, Trust.TABLE, place, complete=True, locator=lines
    )


def _rule(resource: str, verbs: Any, names: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"resource": resource, "verbs": _words(verbs)}
    return {**rule, "resourceNames": _words(names)} if names else rule


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
