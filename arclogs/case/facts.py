"""Facts of the environment: versions, container mode, names, each with the line that states it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.case.homes import namespaces
from arclogs.case.hook_versions import hook_versions
from arclogs.case.topology import VERSION_LABEL
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Statement
from arclogs.model.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import Found, KubeObject
    from arclogs.model.record import Record

USER_AGENT = "spec.containers[*].env[name=GITHUB_ACTIONS_RUNNER_EXTRA_USER_AGENT].value"
_AGENT_VERSION = lazy_compile(r"actions-runner-controller/v?(\d+\.\d+\.\d+\S*)")
_IMAGES_OF = {
    "Pod": "spec.containers[*].image",
    "Deployment": "spec.template.spec.containers[*].image",
}
_IMAGE = lazy_compile(r"/gha-runner-scale-set-controller:v?(\d+\.\d+\.\d+[\w.-]*)")
_VERSION = lazy_compile(r"^v?\d+\.\d+")

_ANY, _NOBODY = "*", ""
"""In place of a pod."""


class Facts(Struct, frozen=True, dict=True):
    """Every value stated for each fact, the best first."""

    values: dict[str, tuple[Statement, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the distinct values of a fact, the best first."""
        return tuple(dict.fromkeys(s.value for s in self.values.get(name, ())))

    def one(self, name: str) -> str | None:
        """Return the value of a fact where the bundle agrees with itself, or None."""
        found = self.all(name)
        return found[0] if len(found) == 1 else None

    def said_of(self, pod: str | None, name: str) -> frozenset[str]:
        """Return what is stated of a pod or, where nothing is, of none in particular; None: of any."""
        said = self._said.get(name, {})
        key = _ANY if pod is None else pod
        return said.get(key) or said.get(_NOBODY, frozenset())

    @cached_property
    def _said(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """The values of each fact by the pods of which they are stated."""
        said: dict[str, dict[str, set[str]]] = {}
        for name, statements in self.values.items():
            of = said[name] = defaultdict(set)
            for statement in statements:
                of[_ANY].add(statement.value)
                of[statement.about.get("pod", _NOBODY)].add(statement.value)
        return {
            name: {pod: frozenset(values) for pod, values in of.items()}
            for name, of in said.items()
        }

    def first(self, name: str) -> str | None:
        """Return the best value of a fact, even where others are stated too."""
        return next(iter(self.all(name)), None)


def gather_facts(
    statements: Iterable[Statement], records: Sequence[Record], objects: ObjectIndex
) -> Facts:
    """Join what logs state, what objects imply and what the hook's path tells."""
    values: dict[str, list[Statement]] = defaultdict(list)
    found = (_from_objects(objects), _from_hooks(records), namespaces(objects, records))
    for statement in chain(statements, *found):
        if not statement.name.endswith("_version") or _VERSION.match(statement.value):
            values[statement.name].append(statement)
    for statement in () if "controller_version" in values else _from_images(objects):
        values[statement.name].append(statement)
    for statement in () if "hook_version" in values else hook_versions(values, records):
        values[statement.name].append(statement)
    return Facts({name: tuple(sorted(found, key=_order)) for name, found in sorted(values.items())})


def _order(statement: Statement) -> tuple[str, int, str]:
    return statement.location.member, statement.location.line, statement.value


def _from_objects(objects: ObjectIndex) -> Iterable[Statement]:
    for owner in objects.of_kind("AutoscalingRunnerSet"):
        if shown := owner.lookup("metadata.name").values:
            yield _plain("scale_set", owner.name, shown)
        for found in owner.lookup(VERSION_LABEL).values:
            yield _said("chart_version", found)
    yield from _from_runners(
        pod
        for pod in (*objects.of_kind("Pod"), *objects.nameless("Pod"))
        if pod.derived.get("component") in ("runner", "workflow")
    )


def _from_images(objects: ObjectIndex) -> Iterable[Statement]:
    """Yield what the images of controller and listeners tell of its version."""
    for kind, path in _IMAGES_OF.items():
        for item in objects.of_kind(kind):
            if kind == "Pod" and item.derived.get("component") not in ("controller", "listener"):
                continue
            for found in item.lookup(path).values:
                version = _IMAGE.search(str(found.value))
                if version:
                    yield Statement("controller_version", version[1], found.location, found.text)


def _from_runners(pods: Iterable[KubeObject]) -> Iterable[Statement]:
    """Yield what runner and job pods tell: of those that tell the same, the first."""
    seen: set[tuple[object, ...]] = set()
    for pod in sorted(pods, key=lambda pod: (pod.location.member, pod.location.line)):
        agents = pod.glance(USER_AGENT)[1]
        told = (
            pod.namespace,
            pod.derived.get("scaleSet"),
            pod.derived.get("containerMode"),
            *map(str, agents),
        )
        if told in seen:
            continue
        seen.add(told)
        if pod.namespace and (shown := pod.lookup("metadata.namespace").values):
            yield _plain("namespace", pod.namespace, shown)
        if "scaleSet" in pod.derived:
            yield Statement("scale_set", pod.derived["scaleSet"], pod.location, "")
        if "containerMode" in pod.derived:
            yield Statement("container_mode", pod.derived["containerMode"], pod.location, "")
        for found in pod.lookup(USER_AGENT).values:
            version = _AGENT_VERSION.search(str(found.value))
            if version:
                yield Statement("controller_version", version[1], found.location, found.text)


def _from_hooks(records: Sequence[Record]) -> Iterable[Statement]:
    for record in records:
        path = record.fields.get("hook", "")
        if record.source is Source.HOOK and path:
            mode = "kubernetes-novolume" if "novolume" in path else "kubernetes"
            location, raw = record.at(0)
            about = {key: record.fields[key] for key in ("pod", "runner") if key in record.fields}
            yield Statement("container_mode", mode, location, raw, about)


def _plain(name: str, value: str, found: tuple[Found, ...]) -> Statement:
    place = found[0]
    return Statement(name, value, place.location, place.text)


def _said(name: str, found: Found) -> Statement:
    return Statement(name, str(found.value), found.location, found.text)
