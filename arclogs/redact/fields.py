"""Replaces secrets in the fields of objects, where the key beside a value may be what gives it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arclogs.redact.redactor import Redactor


def redact_field(redactor: Redactor, key: str, value: str, name: str | None = None) -> str:
    """Return the value of a field with its secrets replaced.

    `name` is what the field `name` beside it says: an `env` entry is `name: TOKEN`, `value: x`.
    """
    value = redactor.redact(value)
    for lead in (f"{key}: ", f"name: {name}\n{key}: " if name else ""):
        if lead:
            told = redactor.redact(lead + value)
            # What is replaced in the lead itself is some other field's business.
            value = told[len(lead) :] if told.startswith(lead) else value
    return value
