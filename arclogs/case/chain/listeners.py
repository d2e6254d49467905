"""Listeners against their scale sets: orphans, stale ids, and the one that should be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.case.listener_name import ScaleSet, expected_name, names_by_settings, why_orphan
from arclogs.case.objects.objects import KubeObject, Presence
from arclogs.case.ties import Ref, settle_ref
from arclogs.case.topology import VERSION_LABEL

if TYPE_CHECKING:
    from arclogs.case.case import Case

_SCALE_SET_ID = 'metadata.annotations["runner-scale-set-id"]'


def listener_remarks(listener: Ref, scale_set: Ref, case: Case) -> tuple[str, ...]:
    """Return what is wrong with a listener, as far as the bundle proves it."""
    owner = settle_ref(scale_set, case)[1]
    if owner is None:
        absent = case.collected.proof("AutoscalingRunnerSet", scale_set.namespace)
        return ("orphan: its AutoscalingRunnerSet does not exist",) if absent else ()
    known, version = _described(owner, case), _version(owner, case)
    why = why_orphan(listener.name, known, version)
    own = expected_name(known, version)
    if why is None and own not in (None, listener.name) and _is_there(own, case):
        why = f"orphan: the scale set's own listener is {own}"
    remarks = [why] if why else []
    item = settle_ref(listener, case)[1]
    given = item.value("spec.runnerScaleSetId") if item is not None else None
    registered = owner.value(_SCALE_SET_ID)
    if given and registered and given != registered:
        remarks.append(f"serves scale set id {given}, the scale set has id {registered}")
    return tuple(remarks)


def scale_set_remarks(owner: KubeObject, listeners: int, case: Case) -> tuple[str, ...]:
    """Return what is wrong with a scale set that has so many listeners in the bundle."""
    remarks = []
    if not listeners and case.collected.proof("AutoscalingListener", None):
        remarks.append(
            "no listener: AutoscalingListeners were collected, none is of this scale set"
        )
    if owner.lookup(_SCALE_SET_ID).presence is Presence.ABSENT:
        remarks.append("no scale set id: it was never registered at GitHub")
    return tuple(remarks)


def implied_listener(owner: KubeObject, case: Case) -> Ref | None:
    """Return the listener that a scale set must have, by ARC's rule for its name."""
    name = expected_name(_described(owner, case), _version(owner, case))
    return Ref("AutoscalingListener", None, name) if name else None


def _is_there(name: str | None, case: Case) -> bool:
    return any(
        item.name == name
        for kind in ("AutoscalingListener", "Pod")
        for item in case.live.of_kind(kind)
    )


def _version(owner: KubeObject, case: Case) -> str | None:
    """Return the controller's version; the scale set's is of the same minor release from 0.12 on."""
    running = case.facts.one("controller_version")
    labelled = owner.value(VERSION_LABEL)
    if running and names_by_settings(running) is not None:
        return running
    return labelled


def _described(owner: KubeObject, case: Case) -> ScaleSet:
    values = case.declared.find("HelmValues", owner.name, owner.namespace)
    sources = [(owner, "spec")] + ([(values, "values")] if values is not None else [])
    return ScaleSet(
        owner.name,
        owner.namespace or "",
        next((url for s, at in sources if (url := s.value(f"{at}.githubConfigUrl"))), None),
        next((g for s, at in sources if (g := _group(s, f"{at}.runnerGroup")) is not None), None),
    )


def _group(source: KubeObject, path: str) -> str | None:
    found = source.lookup(path)
    if found.presence is Presence.ABSENT:
        return ""
    return str(found.values[0].value) if found.values else None
