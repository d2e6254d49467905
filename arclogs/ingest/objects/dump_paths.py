"""What the path of an object dump says of its contents, in layouts that programs make.

namespaces/arc-runners/core/pods.yaml                         oc adm inspect, must-gather
cluster-resources/serviceaccounts/arc-runners.json            troubleshoot.sh support bundle
arc-runners/replication-controllers.yaml                      kubectl cluster-info dump
"""

from __future__ import annotations

from msgspec import Struct

from arclogs.ingest.objects.kinds import CLUSTER_SCOPED, kind_of
from arclogs.lazy_regex import lazy_compile

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EXTENSION = r"\.(?:json|yaml)(?:\.gz)?$"
_START = r"(?:^|[/!])"

_LAYOUTS = tuple(
    lazy_compile(_START + layout + _EXTENSION)
    for layout in (
        rf"namespaces/(?P<namespace>{_LABEL})/[a-z0-9.-]+/(?P<resource>[a-z]+)",
        rf"cluster-resources/(?:custom-resources/)?(?P<resource>[a-z0-9.-]+)/(?P<namespace>{_LABEL})",
        r"cluster-resources/(?:custom-resources/)?(?P<resource>[a-z0-9.-]+)",
        r"cluster-scoped-resources/[a-z0-9.-]+/(?P<resource>[a-z]+)",
    )
)
# These names alone could also be a person's choice: they count for a typed list only, which no
# kubectl command but `cluster-info dump` prints.
_DUMP = lazy_compile(
    rf"{_START}(?P<namespace>{_LABEL})/(?P<resource>events|replication-controllers|services"
    rf"|daemonsets|deployments|replicasets|pods){_EXTENSION}"
)
_ROOT = lazy_compile(rf"{_START}(?P<resource>[a-z-]+){_EXTENSION}")


class Home(Struct, frozen=True):
    """Where the objects of a file live."""

    kind: str | None
    namespace: str | None
    """None: cluster-scoped."""
    proven: bool
    """Whether the path alone, without a typed list inside, is a program's."""


def home_of(member: str) -> Home | None:
    """Return the kind and namespace that the path of a dump names; None for any other path."""
    for layout in _LAYOUTS:
        match = layout.search(member)
        if match is not None:
            named = match.groupdict()
            kind = kind_of(named["resource"])
            if kind is not None and (kind in CLUSTER_SCOPED) == (named.get("namespace") is None):
                return Home(kind, named.get("namespace"), proven=True)
    match = _DUMP.search(member)
    if match is not None:
        return Home(kind_of(match["resource"]), match["namespace"], proven=False)
    match = _ROOT.search(member)
    if match is not None and kind_of(match["resource"]) is not None:
        return Home(kind_of(match["resource"]), None, proven=False)
    return None
