"""Containers of a described pod or pod template.

    Containers:
      runner:
        Mounts:
          /home/runner/_work from work (rw,path="a")

Written by kubectl `pkg/describe/describe.go` (describeContainers and what it calls). Not shown at all:
the message of a waiting container, security contexts, the image that the status names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.describe.fields import dotted
from arclogs.ingest.describe.grammar import shown
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.describe.fields import Path, ShownFields
    from arclogs.ingest.describe.grammar import Node

# <set to the key 'jitToken' in secret 'linux-k8s-7hx2q-runner-m2v7c'>  Optional: false
_KEY_REFERENCE = lazy_compile(
    r"<set to the key '([^']*)' (in secret|of config map) '([^']*)'>(?:\s+Optional: (true|false))?"
)
_CUT_REFERENCE = "<set to the key '"
_FIELD_REFERENCE = lazy_compile(r"\((v\d+):([^()]+)\)$")  # linux-k8s-7hx2q (v1:metadata.name)
_RESOURCE_REFERENCE = lazy_compile(r"\(((?:limits|requests)\.[\w.-]+)\)$")  # 2 (limits.cpu)
_ENV_SOURCE = lazy_compile(r"(\S+)\s+(ConfigMap|Secret)(?: with prefix '([^']*)')?")
_MOUNT = lazy_compile(r"(\S.*) from (\S+) \((r[ow])(?:,path=\"([^\"]*)\")?\)$")


def read_containers(
    fields: ShownFields, node: Node | None, spec: Path, status: Path | None
) -> None:
    """Read a `Containers:` section into the lists at `spec` and, where there is one, `status`."""
    if node is None:
        return
    fields.mark(spec, node.line)
    statuses = 0
    for index, container in enumerate(_named(node)):
        path = (*spec, index)
        fields.put((*path, "name"), container.key, container.line)
        fields.mark(path, container.line)
        _read_spec(fields, container, path)
        if status is not None and (container.get("Container ID") or container.get("State")):
            _read_status(fields, container, (*status, statuses))
            statuses += 1
    fields.close(spec, node)
    if status is not None and not statuses and node.line.number < fields.open_from:
        fields.absent.add(dotted(status))


def _named(node: Node) -> Iterator[Node]:
    return (child for child in node.children if child.key and not child.value)


def _read_spec(fields: ShownFields, node: Node, path: Path) -> None:
    fields.put_text((*path, "image"), node.get("Image"))
    for key, name in (("Command", "command"), ("Args", "args")):
        section = node.get(key)
        if section is not None:
            # A word with line breaks is printed as several; nothing tells them apart.
            indent = section.children[0].line.indent if section.children else 0
            words = [node.line.text[indent:].rstrip() for node in section.below()]
            fields.put((*path, name), words, section.line)
    _read_environment(fields, node, path)
    _read_mounts(fields, node.get("Mounts"), path)
    _read_resources(fields, node, (*path, "resources"))


def _read_resources(fields: ShownFields, node: Node, path: Path) -> None:
    for key, name in (("Limits", "limits"), ("Requests", "requests")):
        section = node.get(key)
        if section is not None:
            fields.mark((*path, name), section.line)
            for child in section.children:
                fields.put_text((*path, name, child.key), child)
        after = node.get("Environment")
        if after is not None:  # printed below the resources, so all of them were shown
            fields.close((*path, name), after, whole=True)


def _read_environment(fields: ShownFields, node: Node, path: Path) -> None:
    section = node.get("Environment")
    if section is not None:
        fields.put((*path, "env"), [], section.line)
        for index, child in enumerate(child for child in section.children if child.key):
            fields.put((*path, "env", index), _variable(child), child.line)
        fields.close((*path, "env"), section, whole=True)
    sources = node.get("Environment Variables from")
    for index, child in enumerate(sources.children if sources is not None else ()):
        match = _ENV_SOURCE.match(child.line.text.strip())
        if match is not None:
            kind = "configMapRef" if match[2] == "ConfigMap" else "secretRef"
            source = {"prefix": match[3]} if match[3] else {}
            fields.put((*path, "envFrom", index), {**source, kind: {"name": match[1]}}, child.line)


def _variable(node: Node) -> dict[str, Any]:
    variable: dict[str, Any] = {"name": node.key}
    value = node.value
    reference = _KEY_REFERENCE.match(value)
    if reference is not None:
        key, kind, name, optional = reference.groups()
        source: dict[str, Any] = {"key": key, "name": name}
        if optional == "true":
            source["optional"] = True
        ref = "secretKeyRef" if kind == "in secret" else "configMapKeyRef"
        variable["valueFrom"] = {ref: source}
    elif (match := _FIELD_REFERENCE.search(value)) is not None:
        variable["valueFrom"] = {"fieldRef": {"apiVersion": match[1], "fieldPath": match[2]}}
    elif (match := _RESOURCE_REFERENCE.search(value)) is not None:
        variable["valueFrom"] = {"resourceFieldRef": {"resource": match[1]}}
    elif (value or node.children) and not value.startswith(_CUT_REFERENCE):
        more = (child.line.text.strip() for child in node.children)
        variable["value"] = "\n".join([value, *more])
    return variable


def _read_mounts(fields: ShownFields, section: Node | None, path: Path) -> None:
    if section is None:
        return
    fields.put((*path, "volumeMounts"), [], section.line)
    matches = ((child, _MOUNT.match(child.line.text.strip())) for child in section.children)
    for index, (child, match) in enumerate((c, m) for c, m in matches if m is not None):
        mount: dict[str, Any] = {"name": match[2], "mountPath": match[1]}
        if match[3] == "ro":
            mount["readOnly"] = True
        if match[4]:
            mount["subPath"] = match[4]
        fields.put((*path, "volumeMounts", index), mount, child.line)
    fields.close((*path, "volumeMounts"), section)


def _read_status(fields: ShownFields, node: Node, path: Path) -> None:
    fields.put((*path, "name"), node.key, node.line)
    fields.put_text((*path, "containerID"), node.get("Container ID"))
    image = node.get("Image ID")
    if image is not None:
        fields.put((*path, "imageID"), shown(image.value), image.line)
    ready = node.get("Ready")
    if ready is not None and ready.value in ("True", "False"):
        fields.put((*path, "ready"), ready.value == "True", ready.line)
    fields.put_number((*path, "restartCount"), node.get("Restart Count"))
    state, last = node.get("State"), node.get("Last State")
    if state is not None:
        _read_state(fields, state, (*path, "state"))
    if last is not None:
        _read_state(fields, last, (*path, "lastState"))
    elif ready is not None:  # printed between the states and what follows: there was no other
        fields.put((*path, "lastState"), {}, ready.line)


def _read_state(fields: ShownFields, node: Node, path: Path) -> None:
    kind = node.value.lower()
    if kind not in ("running", "waiting", "terminated"):
        return
    path = (*path, kind)
    fields.put(path, {}, node.line)
    fields.put_text((*path, "reason"), node.get("Reason"))
    fields.put_message((*path, "message"), node.get("Message"))
    for key, name in (("Exit Code", "exitCode"), ("Signal", "signal")):
        fields.put_number((*path, name), node.get(key))
    for key, name in (("Started", "startedAt"), ("Finished", "finishedAt")):
        fields.put_time((*path, name), node.get(key))
