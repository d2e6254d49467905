"""What ARC calls a listener, and so which one belongs to a scale set and which was left behind.

    linux-k8s-754b578d-listener     scale set linux-k8s of namespace arc-runners, up to 0.13.0
    deploy-645c9f95-listener        gh-runners@@https://github.com/tallowridge, from 0.13.1

Source: actions-runner-controller `controllers/actions.github.com/resourcebuilder.go`
(scaleSetListenerName, hashSuffix), `hash/fnv.go`, and SafeEncodeString of k8s.io/apimachinery.
"""

from __future__ import annotations

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

_FNV_OFFSET = 0x811C9DC5
_FNV_PRIME = 0x01000193
_SAFE = "bcdfghjklmnpqrstvwxz2456789"
_LONGEST = 8

# The digits of a decimal number through SafeEncodeString: no other character can come out.
_NAME = lazy_compile(r"(?P<scale_set>.+)-(?P<hash>[4-9bcdf]{1,8})-listener")
_VERSION = lazy_compile(r"v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?")
_BY_SETTINGS_SINCE = (0, 13, 1)


class ScaleSet(Struct, frozen=True):
    """What the name of a listener is made of. None is unknown."""

    name: str
    namespace: str
    config_url: str | None = None
    runner_group: str | None = None
    """Empty where the scale set names none."""


def safe_hash(text: str) -> str:
    """Return the hash that ARC puts into names: FNV-1a of 32 bits, safely encoded, cut to eight."""
    value = _FNV_OFFSET
    for byte in text.encode("utf-8", "replace"):
        value = ((value ^ byte) * _FNV_PRIME) & 0xFFFFFFFF
    return "".join(_SAFE[ord(digit) % len(_SAFE)] for digit in str(value))[:_LONGEST]


def name_by_namespace(scale_set: ScaleSet) -> str:
    """Return the listener's name up to 0.13.0."""
    return f"{scale_set.name}-{safe_hash(scale_set.namespace)}-listener"


def name_by_settings(scale_set: ScaleSet) -> str | None:
    """Return the listener's name from 0.13.1 on, or None where a setting is unknown."""
    if scale_set.config_url is None or scale_set.runner_group is None:
        return None
    parts = (scale_set.namespace, scale_set.runner_group, scale_set.config_url)
    return f"{scale_set.name}-{safe_hash('@'.join(parts))}-listener"


def names_by_settings(version: str | None) -> bool | None:
    """Tell whether a controller of this version hashes group and URL too; None is unknown."""
    match = _VERSION.match(version or "")
    if match is None:
        return None
    return tuple(int(part or 0) for part in match.groups()) >= _BY_SETTINGS_SINCE


def expected_name(scale_set: ScaleSet, version: str | None) -> str | None:
    """Return the name of the scale set's own listener, or None where it cannot be told."""
    by_settings = names_by_settings(version)
    if by_settings is None:
        return None
    return name_by_settings(scale_set) if by_settings else name_by_namespace(scale_set)


def scale_set_of(listener: str) -> str | None:
    """Return the name of the scale set that a listener's name holds; None for other names."""
    match = _NAME.fullmatch(listener)
    return match["scale_set"] if match is not None else None


def why_orphan(listener: str, scale_set: ScaleSet, version: str | None) -> str | None:
    """Return why a listener of a scale set is none of its present controller, as far as names tell.

    None: it is the right one, or nothing proves that it is not.
    """
    by_settings = names_by_settings(version)
    expected = expected_name(scale_set, version)
    if by_settings is None or listener == expected:
        return None
    if by_settings and listener == name_by_namespace(scale_set):
        return f"orphan: named as ARC up to 0.13.0 does, the controller is {version}"
    if not by_settings and listener == name_by_settings(scale_set):
        return f"orphan: named as ARC from 0.13.1 on does, the controller is {version}"
    return None
