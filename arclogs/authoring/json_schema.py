"""The JSON Schema of a rule file, for editors: completion and checks while a rule is written."""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

import yaml

from arclogs.rules.language.schema import Rule
from arclogs.rules.language.signals import MODIFIERS

_TITLE: Final = "arclogs rule"
_ONLY_LISTS: Final = frozenset({"sequence"})
_WORDS: Final = resources.files(__package__).joinpath("key_descriptions.yaml")
_MODIFIED: Final = rf"^[^|]+(\|({'|'.join(MODIFIERS)}))?$"


def rule_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12). It takes what the rule loader takes, short forms included."""
    schema = Rule.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = _TITLE
    words = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    for title, shape in {"Rule": schema, **schema["$defs"]}.items():
        for name, value in shape.get("properties", {}).items():
            described = {**value, **_described(words, title, name)}
            if name == "where":
                described["propertyNames"] = {"pattern": _MODIFIED}
            shape["properties"][name] = _with_short_form(name, described)
    for rung in schema["$defs"]["Ladder"]["properties"].values():
        short = {"type": "string"}, {"type": "array", "items": _parts(schema)}
        rung["anyOf"] = [*short, *rung["anyOf"]]
    return schema


def _described(words: dict[str, dict[str, str]], shape: str, key: str) -> dict[str, str]:
    text = words.get(shape, {}).get(key)
    return {"description": text} if text else {}


def _parts(schema: dict[str, Any]) -> Any:
    return schema["$defs"]["Condition"]["properties"]["all"]["items"]


def _with_short_form(name: str, value: dict[str, Any]) -> dict[str, Any]:
    """Let one item stand without brackets, as the loader does."""
    if "anyOf" in value:
        options = [o for option in value["anyOf"] for o in _short_forms(name, option)]
        return {**value, "anyOf": options}
    forms = _short_forms(name, value)
    if len(forms) > 1:
        about: dict[str, Any] = {
            k: value[k] for k in ("title", "description", "default") if k in value
        }
        return {**about, "anyOf": [{k: v for k, v in f.items() if k not in about} for f in forms]}
    extra = value.get("additionalProperties")
    if isinstance(extra, dict) and len(_short_forms(name, extra)) > 1:
        return {**value, "additionalProperties": {"anyOf": _short_forms(name, extra)}}
    return value


def _short_forms(name: str, option: dict[str, Any]) -> list[dict[str, Any]]:
    items = option.get("items", {})
    text = items.get("type") == "string" or ("$ref" in items and name == "log")
    if option.get("type") == "array" and text and name not in _ONLY_LISTS:
        return [dict(items), option]
    return [option]
