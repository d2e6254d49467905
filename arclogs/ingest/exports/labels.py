"""Pod, container and namespace among the labels that log stores put on a line.

    {"namespace": "arc-runners", "pod": "linux-k8s-x2f7d-runner-w9k4d", "container": "runner"}   Loki
    {"kubernetes": {"pod_name": "…", "namespace_name": "…", "container_name": "…"}}        fluent-bit
    {"kubernetes": {"pod": {"name": "…"}, "namespace": "…", "container": {"name": "…"}}}     filebeat
    pod_name:linux-k8s-x2f7d-runner-w9k4d, kube_namespace:arc-runners                   Datadog's tags

Sources: fluent-bit filter_kubernetes, beats add_kubernetes_metadata, Grafana Alloy/Promtail's
Kubernetes relabeling, OpenTelemetry resource conventions (k8s.pod.name), Datadog agent tagger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = lazy_compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_SEPARATORS = lazy_compile(r"[._/:\s-]+")
_NOISE = lazy_compile(r"^(?:iokubernetes|kubernetes|kube|k8s)?")
_POD = ("pod", "podname", "podid")
_CONTAINER = ("container", "containername")
_NAMESPACE = ("namespace", "namespacename", "podnamespace", "ns")
# The kubelet's names: arc-runners_linux-k8s-…_5b2b3f30-…/runner/0.log and …_arc-runners_runner-<id>.log
_PODS_PATH = lazy_compile(
    r"(?:^|[/.])(?P<namespace>[a-z0-9-]{1,63})_(?P<pod>[a-z0-9.-]{1,253})_[0-9a-f-]{32,36}/"
    r"(?P<container>[a-z0-9-]{1,63})/"
)
_CONTAINERS_PATH = lazy_compile(
    r"(?:^|[/.])(?P<pod>[a-z0-9][a-z0-9-]{0,252})_(?P<namespace>[a-z0-9-]{1,63})_"
    r"(?P<container>[a-z0-9-]{1,63})-[0-9a-f]{64}(?:\.log)?$"
)


class Pod(Struct, frozen=True):
    """The pod and container that wrote a line; None is not known."""

    pod: str | None = None
    container: str | None = None
    namespace: str | None = None

    def completed(self, other: Pod) -> Pod:
        """Return this with what it lacks taken from another."""
        return Pod(
            self.pod or other.pod,
            self.container or other.container,
            self.namespace or other.namespace,
        )

    def fields(self) -> dict[str, str]:
        """Return what is known, by the names that records use."""
        said = {"pod": self.pod, "container": self.container, "namespace": self.namespace}
        return {key: value for key, value in said.items() if value}


def pod_of(*labels: Any) -> Pod:
    """Return what the labels tell, those that stand first before those that follow."""
    found = Pod()
    for given in labels:
        if isinstance(given, Mapping):
            found = found.completed(_read(given))
    return found


def pod_of_path(path: str) -> Pod:
    """Return what the file or stream name of a kubelet's log tells."""
    match = _PODS_PATH.search(path) or _CONTAINERS_PATH.search(path)
    return Pod(**match.groupdict()) if match is not None else Pod()


def tags(words: Iterable[Any]) -> dict[str, str]:
    """Return tags in the form `name:value`, of one name the first."""
    found: dict[str, str] = {}
    for word in words:
        name, colon, value = str(word).partition(":")
        if colon:
            found.setdefault(name, value)
    return found


def _read(labels: Mapping[str, Any]) -> Pod:
    flat: dict[str, str] = {}
    path = Pod()
    for key, value in labels.items():
        if isinstance(value, list) and len(value) == 1:  # Elasticsearch's `fields` are lists
            value = value[0]
        if isinstance(value, Mapping):
            if isinstance(value.get("name"), str):
                flat.setdefault(_plain(key), value["name"])
            elif _plain(key) in ("", "resource", "labels"):
                path = path.completed(_read(value))
        elif isinstance(value, str):
            flat.setdefault(_plain(key), value)
            if key in ("filename", "log.file.path", "logStreamName", "@logStream"):
                path = path.completed(pod_of_path(value))
    return Pod(_first(flat, _POD), _first(flat, _CONTAINER), _first(flat, _NAMESPACE)).completed(
        path
    )


def _plain(key: str) -> str:
    """Return `podname` for pod_name, kubernetes.pod_name, k8s.pod.name, kubernetes_pod_name, PodName."""
    return _NOISE.sub("", _SEPARATORS.sub("", key.lower()), count=1)


def _first(flat: Mapping[str, str], names: Iterable[str]) -> str | None:
    values = (flat[name] for name in names if name in flat)
    return next((value for value in values if _NAME.fullmatch(value)), None)
