"""Filling `${{ name }}` in the texts and commands of rules.

What is filled in comes from the bundle, so it is never trusted: in a command only a Kubernetes name
(RFC 1123) passes as it is.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from arclogs.case.named import runner_of
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

SLOT = lazy_compile(r"\$\{\{\s*([a-z_][a-z0-9_]*)(?:\s*\|\s*([a-z_]+))?\s*\}\}")
_NAME = lazy_compile(r"[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\Z")
_LONGEST = 300
_SENTENCE = lazy_compile(r"(?<=[.!?])\s+(?=[A-Z$\"`])")

_PLACEHOLDERS = {"ns": "namespace", "sa": "service-account", "t": "time"}


FUNCTIONS: Mapping[str, Callable[[str], str | None]] = {
    "lower": str.lower,
    "first_line": lambda value: value.strip().split("\n", 1)[0],
    "minor": lambda value: ".".join(value.lstrip("v").split(".")[:2]),  # 0.12.1 → 0.12
    "runner": lambda value: runner_of(value) if value.endswith("-workflow") else value,
    "image_name": lambda value: value.rsplit("/", 1)[-1].split("@")[0].split(":")[0],
}
"""What `${{ variable | function }}` may call. The set is fixed: a rule pack cannot add to it."""


def slots(text: str) -> frozenset[str]:
    """Return the variables that a text uses."""
    return frozenset(name for name, _ in SLOT.findall(text))


def functions(text: str) -> frozenset[str]:
    """Return the functions that a text calls."""
    return frozenset(function for _, function in SLOT.findall(text) if function)


def bind_let(let: Mapping[str, str], bindings: dict[str, str]) -> None:
    """Bind every `let` whose variables are all bound, in the order in which they stand."""
    for name in let:
        value = let_value(let, name, bindings)
        if name not in bindings and value is not None:
            bindings[name] = value


def let_value(let: Mapping[str, str], name: str, bindings: Mapping[str, str]) -> str | None:
    """Return what `let` would bind a variable to; None where bindings do not tell."""
    text = let.get(name)
    if text is None or not slots(text) <= bindings.keys():
        return None
    told = {slot[0]: _value(slot, bindings) or "" for slot in SLOT.finditer(text)}
    return SLOT.sub(lambda slot: told[slot[0]], text) if all(told.values()) else None


def _value(slot: re.Match[str], bindings: Mapping[str, str]) -> str | None:
    value = bindings.get(slot[1])
    if value is None or not slot[2]:
        return value
    return FUNCTIONS[slot[2]](value)  # the schema has refused unknown ones


def fill(text: str, bindings: Mapping[str, str]) -> str:
    """Fill a text for people.

    A sentence that needs a variable which is not bound is left out; where that would leave nothing, the
    variable becomes `<name>`.
    """
    sentences = _SENTENCE.split(text.strip())
    told = [s for s in sentences if slots(s) <= bindings.keys()] or sentences
    return SLOT.sub(lambda m: _one_line(_value(m, bindings)) or placeholder(m[1]), " ".join(told))


def fill_command(text: str, bindings: Mapping[str, str]) -> str:
    """Fill a command. What is no name is quoted, or left open where it already stands in quotes."""

    def put(slot: re.Match[str]) -> str:
        value = _value(slot, bindings)
        if value is None:
            return placeholder(slot[1])
        if _NAME.match(value):
            return value
        quoted = text[: slot.start()].count("'") % 2 or text[: slot.start()].count('"') % 2
        # a leading dash would be an option, whatever the quotes
        unfit = value.startswith("-") or not value.isprintable() or len(value) > _LONGEST
        return placeholder(slot[1]) if quoted or unfit else shlex.quote(value)

    return SLOT.sub(put, text).strip()


def placeholder(name: str) -> str:
    """Return what stands for a value that the bundle does not tell."""
    return f"<{_PLACEHOLDERS.get(name, name.replace('_', '-'))}>"


def _one_line(value: str | None) -> str:
    flat = " ".join((value or "").split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
