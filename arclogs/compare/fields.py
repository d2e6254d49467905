"""The fields of an object as paths and values, without those that differ in every two objects."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from arclogs.case.objects.paths import scalar_text
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the API server or a controller writes anew each time, and what says nothing by itself.
_VOLATILE: Final = lazy_compile(
    r"""
    metadata\.(uid|resourceVersion|generation|generateName|managedFields|selfLink|name|namespace
              |ownerReferences|creationTimestamp|deletionGracePeriodSeconds)\b
    | metadata\.annotations\["kubectl\.kubernetes\.io/last-applied-configuration"\]
    | .*(Time|Timestamp|At|IP|IPs|ID|observedGeneration|resourceVersion|Heartbeat)$
    | .*\.(podIP|podIPs|hostIP|hostIPs)\b
    | status\.(images|volumesInUse|volumesAttached|nodeInfo|addresses)\b
    | spec\.volumes\[name=kube-api-access-
    | .*volumeMounts\[name=kube-api-access-
    """,
    re.VERBOSE,
)
_KEYS: Final = ("name", "type", "key", "mountPath", "containerPort")
_PLAIN: Final = lazy_compile(r"[A-Za-z_][\w-]*")


def flat_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return path → value as text; items of lists are named by their key, if they have one."""
    return {path: text for path, text in _walk(fields, "") if not _VOLATILE.match(path)}


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            step = str(key) if _PLAIN.fullmatch(str(key)) else f'["{key}"]'
            joined = f"{path}{step}" if step.startswith("[") or not path else f"{path}.{step}"
            yield from _walk(item, joined)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        yield from _items(value, path)
    elif value is not None:
        yield path, scalar_text(value)


def _items(items: Sequence[Any], path: str) -> Iterator[tuple[str, str]]:
    key = next((k for k in _KEYS if _names_all(items, k)), None)
    if key:
        for item in items:
            rest = {k: v for k, v in item.items() if k != key}
            yield from _walk(rest, f"{path}[{key}={item[key]}]")
            if not rest:
                yield f"{path}[{key}={item[key]}]", "present"
    elif items:
        yield path, ", ".join(_text(item) for item in items)


def _names_all(items: Sequence[Any], key: str) -> bool:
    names = [item.get(key) for item in items if isinstance(item, Mapping)]
    return (
        len(names) == len(items) > 0
        and None not in names
        and len(set(map(str, names))) == len(names)
    )


def _text(item: Any) -> str:
    if isinstance(item, Mapping | list):
        return json.dumps(item, sort_keys=True, default=str)
    return scalar_text(item)
