"""The first layer: values that are secret because of where they stand, whatever they look like.

    apiVersion: v1
    data:
      github_token: Z2hwX3g4MS…          every value below data and stringData of a Secret
    kind: Secret

Found in YAML, JSON and JSON inside of JSON (the annotation last-applied-configuration), by the line or
the key that says what the object is: the text around it need not be whole.
"""

from __future__ import annotations

from typing import Final

from arclogs.redact.scan import Found, decoded, find
from arclogs.redact.structure_json import json_values
from arclogs.redact.structure_yaml import yaml_values

_SHORTEST_TOKEN: Final = 20


def structural(text: str) -> list[Found]:
    """Return the values of the Secrets that a text shows."""
    if "Secret" not in text:
        return []
    places = {tuple(ranges): None for values in (yaml_values(text), json_values(text))
              for ranges in values if ranges}  # fmt: skip
    return [
        Found(ranges, *_said("\n".join(text[start:end] for start, end in ranges)))
        for ranges in places
    ]


def _said(value: str) -> tuple[str, str]:
    """Return the kind of a Secret's value, and what it says when it is decoded."""
    from arclogs.redact.patterns import PATTERNS

    bare = value.strip().strip("\"'")
    text = decoded("".join(bare.split())) or bare
    if len(text) < _SHORTEST_TOKEN:
        return "secret", text
    found = find(text, PATTERNS, depth=1)
    best = max(found, key=lambda one: len(one.value), default=None)
    if best is not None and len(best.value) * 2 >= len(text.strip()):
        return best.kind, best.value
    return "secret", text.strip()
