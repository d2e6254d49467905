"""Comparing a field with what a rule wants: one function a modifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final, TypeAlias

from arclogs.case.objects.objects import Found, Lookup, Presence
from arclogs.case.objects.paths import scalar_text
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.rules.language.patience import search
from arclogs.rules.matching.truth import Truth

_SOON: Final = timedelta(days=1)

Answer: TypeAlias = tuple[Truth, Found | None]
"""The truth, and the value that decides it."""


def compare(lookup: Lookup, modifier: str, wanted: Any) -> Answer:
    """Compare what is known of a field with the wanted value (a scalar or a list of them)."""
    if modifier == "exists":
        return _exists(lookup, wanted=scalar_text(wanted) == "true")
    if lookup.presence is Presence.UNKNOWN:
        return Truth.UNKNOWN, None
    if lookup.presence is Presence.ABSENT:
        # a field that is not there differs from every value and fits none
        return (Truth.HELD if modifier in ("neq", "not_in") else Truth.FAILED), None
    options = wanted if isinstance(wanted, list) else [wanted]
    if modifier in ("neq", "not_in"):
        hit = _first(lookup.values, _equal, options)
        return (Truth.FAILED, hit) if hit else (Truth.HELD, lookup.values[0])
    hit = _first(lookup.values, _TESTS[modifier], options)
    return (Truth.HELD, hit) if hit else (Truth.FAILED, lookup.values[0])


def _exists(lookup: Lookup, *, wanted: bool) -> Answer:
    if lookup.presence is Presence.UNKNOWN:
        return Truth.UNKNOWN, None
    present = lookup.presence is Presence.PRESENT
    found = lookup.values[0] if present else None
    return (Truth.HELD if present == wanted else Truth.FAILED), found


_Test: TypeAlias = Callable[[Any, Any], bool]


def _first(values: Sequence[Found], test: _Test, options: Sequence[Any]) -> Found | None:
    return next((f for f in values if any(test(f.value, option) for option in options)), None)


def _equal(value: Any, wanted: Any) -> bool:
    return scalar_text(value) == scalar_text(wanted)


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_equal(item, wanted) for item in value)
    return scalar_text(wanted) in scalar_text(value)


def _matches(value: Any, wanted: Any) -> bool:
    return search(str(wanted), scalar_text(value), flags=0) is not None


def _times(value: Any, wanted: Any, *, after: bool) -> bool:
    left, right = parse_timestamp(scalar_text(value)), parse_timestamp(scalar_text(wanted))
    if left is None or right is None:
        return False
    return left > right if after else left < right


def _soon_after(value: Any, wanted: Any) -> bool:
    """Tell whether a time is within a day after another.

    Objects that were collected a year after a log say nothing of what came first on its day.
    """
    left, right = parse_timestamp(scalar_text(value)), parse_timestamp(scalar_text(wanted))
    return left is not None and right is not None and timedelta() < left - right <= _SOON


def _numbers(value: Any, wanted: Any, *, greater: bool) -> bool:
    try:
        left, right = float(scalar_text(value)), float(scalar_text(wanted))
    except ValueError:
        return False
    return left > right if greater else left < right


_TESTS: dict[str, _Test] = {
    "": _equal,
    "in": _equal,
    "contains": _contains,
    "startswith": lambda value, wanted: scalar_text(value).startswith(scalar_text(wanted)),
    "endswith": lambda value, wanted: scalar_text(value).endswith(scalar_text(wanted)),
    "matches": _matches,
    "before": lambda value, wanted: _times(value, wanted, after=False),
    "after": lambda value, wanted: _times(value, wanted, after=True),
    "soon_after": _soon_after,
    "gt": lambda value, wanted: _numbers(value, wanted, greater=True),
    "lt": lambda value, wanted: _numbers(value, wanted, greater=False),
}
