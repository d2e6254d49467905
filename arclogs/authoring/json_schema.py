"""The JSON Schema of a rule file, for editors: completion and checks while a rule is written."""

from __future__ import annotations

from typing import Any, Final

from arclogs.rules.schema import Rule

_TITLE: Final = "arclogs rule"
_ONLY_LISTS: Final = frozenset({"sequence"})
_DESCRIBED: Final = {
    "id": "Name of the rule and of its file: lower-case words with dashes.",
    "kind": "A cause says what to do; a symptom is what several causes may be behind.",
    "area": "The part of the installation that is to be mended.",
    "severity": "critical: nothing runs; high: many jobs fail; medium; low; info: no alarm.",
    "frequency": "How often it is the cause; orders causes that are only possible.",
    "signals": "What can be seen, judged in this order: a log line, an event, the state of an object, "
    "another rule, a fact of the environment, or a sequence of these.",
    "confidence": "The first rung that holds is how sure we are.",
    "refuted_by": "Signals that rule it out where they hold.",
    "impact": "Who is hit, and how badly.",
    "fix": "What to do, one step each.",
    "verify": "How to see that it is mended.",
    "collect": "The command whose output would decide where the bundle does not.",
    "references": "Issues and pages where it is described.",
    "tests": "Bundles in small, and what the rule must make of them.",
}


def rule_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12). It takes what the rule loader takes, short forms included."""
    schema = Rule.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = _TITLE
    for name, words in _DESCRIBED.items():
        schema["properties"][name].setdefault("description", words)
    for shape in (schema, *schema["$defs"].values()):
        for name, value in shape.get("properties", {}).items():
            shape["properties"][name] = _with_short_form(name, value)
    for rung in schema["$defs"]["Ladder"]["properties"].values():
        short = {"type": "string"}, {"type": "array", "items": _parts(schema)}
        rung["anyOf"] = [*short, *rung["anyOf"]]
    return schema


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
