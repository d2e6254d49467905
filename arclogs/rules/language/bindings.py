"""Variables: how signals of one rule come to speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from arclogs.lazy_regex import lazy_compile

Bindings: TypeAlias = Mapping[str, str]

JOINS = frozenset({"ns", "pod"})
"""Implicit variables that must agree between signals. The others only annotate."""

GIVEN = frozenset(
    {"container", "hook", "job", "kind", "message", "object", "reason", "runner", "step", "t"}
)
"""Variables that any line or event binds, also those of the same entity to other values."""

_VARIABLE = lazy_compile(r"^\$([a-z_][a-z0-9_]*)$")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def variable(value: Any) -> str | None:
    """Return the name in a `$name`, or None for a literal."""
    found = _VARIABLE.match(value) if isinstance(value, str) else None
    return found[1] if found else None


def resolve(wanted: Any, known: Mapping[str, str]) -> Any:
    """Put values for variables; None where the (single) variable has none."""
    if isinstance(wanted, list):
        return [resolve(value, known) for value in wanted]
    name = variable(wanted)
    return known.get(name) if name else wanted


def unify(known: Bindings, new: Bindings, joins: frozenset[str]) -> dict[str, str] | None:
    """Join two sets of bindings, or return None where a joining variable differs.

    A variable that is no join keeps its first value.
    """
    joined = dict(known)
    for name, value in new.items():
        if name not in joined:
            joined[name] = value
        elif name in joins and joined[name] != value:
            return None
    return joined


def duration(text: str) -> timedelta:
    """Read `90s`, `10m`, `2h` (checked by the schema)."""
    number = text.rstrip("smhd")
    return timedelta(**{_UNITS[text[len(number) :]]: int(number)})
