"""The collection script: parameters on top, the plan's commands, nothing that changes the cluster."""

from __future__ import annotations

import shlex
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from arclogs.collect.plan import PLAN, Item, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.collect.scene import Scene

_HEAD: Final = """\
#!/bin/sh
# Collects a bundle for arclogs, with kubectl and, where they are installed, helm and gh.
# It only reads. Values of Secrets are never asked for, and what looks like a secret is masked
# before it is written.
# It leaves one file in the current folder: arc-bundle-DATE-TIME.tar.gz
"""
_FOLDER: Final = {
    Scope.CLUSTER: "cluster",
    Scope.CONTROLLER: "$controller",
    Scope.RUNNERS: "$ns",
    Scope.RELEASE: "$ns/helm-$release",
}
_END: Final = """\
asked=$(awk 'NR > 1' "$dir/inventory.tsv" | wc -l)
failed=$(awk -F'\t' 'NR > 1 && $1 != 0' "$dir/inventory.tsv" | wc -l)
if [ "$asked" -eq "$failed" ]; then
  say 'error: no command was answered; is kubectl connected to the cluster?'
  head -n 5 "$dir/cluster/version.txt" >&2
  exit 1
fi
[ "$failed" -eq 0 ] || say "$((failed)) of $((asked)) commands were not answered: see inventory.tsv"
say 'packing'
tar -C "$work" -czf "$name.tar.gz" "$name" || exit 1
say "done: $name.tar.gz"
say "look through it before you send it: arclogs info $name.tar.gz"
"""


def script(scene: Scene) -> str:
    """Return a POSIX shell script that collects a bundle; every name in it is quoted."""
    body = (files("arclogs.collect") / "script.sh").read_text("utf-8")
    return "\n".join([_HEAD + _parameters(scene), body, *_commands(scene), _END])


def commands(scene: Scene) -> list[tuple[str, str]]:
    """Return the same as commands one by one, each with what it is good for."""
    names = {
        "$controller": shlex.quote(scene.controller)
        if scene.controller
        else "<controller-namespace>",
        "$release": "<release>",
    }
    listed: list[tuple[str, str]] = []
    for namespace in scene.namespaces or ("<namespace>",):
        here = {**names, "$ns": _shown(namespace)}
        listed += [(_reason(item), _filled(item.command, here)) for item in PLAN]
        listed += [
            (
                f"logs of all containers in {part}",
                f"kubectl -n {part} logs POD --all-containers --timestamps",
            )
            for part in (names["$controller"], here["$ns"])
        ]
    if scene.run:
        listed.append(("the job's log as GitHub shows it", _gh(scene)))
    return list(dict.fromkeys(listed))


def _reason(item: Item) -> str:
    return f"{item.why}; prints secrets, mask them" if item.bears_secrets else item.why


def _shown(name: str) -> str:
    return name if name.startswith("<") else shlex.quote(name)


def _filled(command: str, names: dict[str, str]) -> str:
    for variable, name in names.items():
        command = command.replace(f'"{variable}"', name)
    return command


def _parameters(scene: Scene) -> str:
    mask = (files("arclogs.collect") / "mask.awk").read_text("utf-8")
    program = "\n".join(line for line in mask.splitlines() if not line.startswith("#"))
    return (
        f"namespaces={shlex.quote(' '.join(scene.namespaces))}\n"
        f"controller={shlex.quote(scene.controller)}\n"
        f"since={shlex.quote(scene.since)}\n\n"
        f"mask_program={shlex.quote(program.strip())}\n"
    )


def _commands(scene: Scene) -> Iterator[str]:
    yield "say 'cluster'"
    yield from _take(Scope.CLUSTER, "kubectl")
    yield 'if [ -n "$controller" ]; then'
    yield '  say "controller: $controller"'
    yield from _indented(_take(Scope.CONTROLLER, "kubectl"))
    yield '  logs "$controller"\nfi'
    yield "for ns in $namespaces; do"
    yield '  say "runners: $ns"'
    yield from _indented(_take(Scope.RUNNERS, "kubectl"))
    yield '  rights "$ns"'
    yield '  [ "$ns" = "$controller" ] || logs "$ns"\ndone'
    yield "if have helm; then"
    yield from _indented(_take(Scope.CLUSTER, "helm"))
    yield "  for ns in $namespaces $controller; do"
    yield '    for release in $(helm -n "$ns" ls -a -q 2>/dev/null); do'
    yield from _indented(_take(Scope.RELEASE, "helm"), 6)
    yield "    done\n  done\nfi"
    if scene.run:
        yield f"if have gh; then\n  take job-log.txt {_gh(scene)}\nfi"


def _take(scope: Scope, program: str) -> Iterator[str]:
    for item in PLAN:
        if item.scope is scope and item.command.startswith(program):
            yield f"# {item.why}"
            yield f"take {_file(item)} {item.command}"


def _file(item: Item) -> str:
    return f'"{_FOLDER[item.scope]}/{item.file}"'


def _indented(lines: Iterable[str], by: int = 2) -> Iterator[str]:
    return (" " * by + line for line in lines)


def _gh(scene: Scene) -> str:
    return f"gh run view {shlex.quote(scene.run)} -R {shlex.quote(scene.repository)} --log"
