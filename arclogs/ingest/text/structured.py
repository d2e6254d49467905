r"""The keys that a structured log line carries beside its message.

    {"version": "0.9.3", "ephemeralrunner": {"name":"x","namespace":"y"}, "error": "…"}
    {"ephemeralrunner": "y/x"}            controller-runtime before 0.15

Keys may occur twice (ARC 0.12 prints `error` twice in one line): the last counts. Where a program
has a key of its own besides that of its logger, `first_value` tells the logger's.
"""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.lines import replace_surrogates
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Mapping

_OBJECT_KEYS = frozenset(
    {
        "autoscalinglistener",
        "autoscalingrunnerset",
        "ephemeralrunner",
        "ephemeralrunnerset",
        "horizontalrunnerautoscaler",
        "runner",
        "runnerdeployment",
        "runnerreplicaset",
        "runnerset",
    }
)
_ERROR = lazy_compile(r'"error": ?("(?:[^"\\]|\\.)*)')
_DECODE = json.JSONDecoder().raw_decode
_PAIRS = json.JSONDecoder(object_pairs_hook=list).raw_decode


def load_object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that `text` is, or None."""
    try:
        value, end = _DECODE(text)
    except (ValueError, RecursionError):
        return None
    whole = end == len(text) or text[end:].isspace()
    return value if whole and isinstance(value, dict) else None


def first_value(text: str, key: str) -> Any:
    """Return the value that a key of a JSON object has where it stands first, or None.

    zap writes its own keys before those of the call, so of two that are equal the first is zap's:
    `{"message":"Listener pod is terminated",…,"reason":"OOMKilled","message":""}`.
    """
    pairs: list[tuple[str, Any]] = _PAIRS(text)[0]
    return next((value for name, value in pairs if name == key), None)


def flatten(pairs: Mapping[str, Any], base: Mapping[str, str]) -> dict[str, str]:
    """Return `base` and the pairs as text.

    An object reference becomes `<kind>: <name>` under its kind in small letters, and gives its
    `namespace` where the pairs have none of their own. Other lists and objects become JSON.
    """
    fields = dict(base)
    namespace = None
    for key, value in pairs.items():
        if type(value) is str:
            if key in _OBJECT_KEYS and "/" in value:
                namespace, _, value = value.partition("/")
            fields[key] = clean(value)
        elif type(value) is dict and isinstance(value.get("name"), str):
            fields[key.lower()] = clean(value["name"])
            if isinstance(value.get("namespace"), str):
                namespace = clean(value["namespace"])
        else:
            fields[key] = plain(value)
    if namespace and "namespace" not in pairs:
        fields["namespace"] = namespace
    return fields


def plain(value: Any) -> str:
    """Return a JSON value as text: strings as they are, anything else in JSON."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError:  # more digits than Python converts
            return "?"
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, float) and isfinite(value):
        return repr(value)
    try:
        return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    except (ValueError, RecursionError):
        return "?"


def clean(text: str) -> str:
    """Return decoded text without terminal control sequences and lone surrogates."""
    if "\x1b" not in text and text.isascii():
        return text
    return strip_ansi(replace_surrogates(text))


def error_in(text: str) -> str | None:
    """Return the error of an object that was cut short, as far as it goes."""
    match = _ERROR.search(text)
    if match is None:
        return None
    try:
        value = json.loads(match[1].rstrip("\\") + '"')
    except ValueError:
        return match[1][1:]
    return clean(value) if isinstance(value, str) else None
