"""The report as SARIF 2.1.0 (OASIS), for code scanning and other tools that collect findings.

Findings are results of the rules; places are members of the bundle, as URIs relative to it. What GitHub
needs: `ruleId`, `message`, one location with a region, `partialFingerprints`, `security-severity`
only for security tools, so it is not set.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from arclogs.model.report import Evidence
from arclogs.views import words
from arclogs.views.json import dumps
from arclogs.views.markdown_text import prose
from arclogs.views.sanitize import sanitize, sanitize_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.report import Example, Finding, Report, Step, Unexplained
    from arclogs.views.interface import Layout

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}
_ROOT: Final = "BUNDLE"
_TITLE: Final = {"text": "An error that no rule explains"}
_UNEXPLAINED: Final = {
    "id": "unexplained",
    "shortDescription": _TITLE,
    "fullDescription": _TITLE,
    "help": {
        "text": "The bundle shows an error that nothing accounts for. A cause may hide behind it."
    },
    "defaultConfiguration": {"level": "warning"},
    "properties": {"tags": ["unexplained"]},
}
# GitHub's limits: 1,000 locations of a result are kept, 10 tags of a rule.
MOST_LOCATIONS: Final = 100
LONGEST_MESSAGE: Final = 1_000


def render_sarif(report: Report, layout: Layout) -> str:
    """Return one run with a result for each finding."""
    rules = list(dict.fromkeys(found.rule for found in report.findings))
    first = {rule: next(f for f in report.findings if f.rule == rule) for rule in rules}
    unknown = [_unexplained(group, len(rules)) for group in report.unexplained if group.examples]
    run = {
        "tool": {
            "driver": {
                "name": "arclogs",
                "version": report.arclogs.version,
                "informationUri": "https://github.com/actions/actions-runner-controller",
                "rules": [*map(_rule, first.values()), *([_UNEXPLAINED] if unknown else [])],
            }
        },
        "invocations": [_invocation(report, partial_allowed=layout.partial_allowed)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The analyzed bundle"}}},
        "columnKind": "unicodeCodePoints",
        "results": [*(_result(f, rules.index(f.rule)) for f in report.findings), *unknown],
        "properties": {
            "bundle": report.bundle.name,
            "sha256": report.bundle.sha256,
            "rulesHash": report.arclogs.rules_hash,
        },
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ascii_only=layout.ascii)


def _invocation(report: Report, *, partial_allowed: bool) -> dict[str, Any]:
    complete = report.coverage.complete
    return {
        "executionSuccessful": complete or partial_allowed,
        "toolExecutionNotifications": [
            {
                "level": "warning" if words.loses_evidence(note.code) else "note",
                "descriptor": {"id": note.code},
                "message": {"text": sanitize(f"{note.member}: {note.detail}") or note.code},
            }
            for note in report.coverage.notes
        ],
    }


def _rule(found: Finding) -> dict[str, Any]:
    urls = [ref.url for ref in found.references if ref.url.startswith("https://")]
    rule: dict[str, Any] = {
        "id": found.rule,
        "shortDescription": {"text": _text(found.title)},
        "fullDescription": {"text": _text(found.title)},
        "help": _help(found),
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
        "properties": {"tags": [found.area, found.kind, found.severity]},
    }
    return {**rule, "helpUri": urls[0]} if urls and " " not in urls[0] else rule


def _help(found: Finding) -> dict[str, str]:
    parts = [_text(found.impact)] if found.impact else []
    marked = [prose(found.impact)] if found.impact else []
    for heading, steps in (("Fix", found.fix), ("Verify", found.verify)):
        if steps:
            parts += [f"{heading}:", *map(_step, steps)]
            marked += [f"**{heading}**", "", *(f"- {prose(s.title)} ({s.risk})" for s in steps), ""]
    text = "\n".join(parts) or _text(found.title)
    return {"text": text, "markdown": "\n".join(marked) or prose(found.title)}


def _step(step: Step) -> str:
    command = f": {sanitize_lines(step.command)}" if step.command else ""
    return f"- {_text(step.title)} ({step.risk}){command}"


def _result(found: Finding, index: int) -> dict[str, Any]:
    evidence = words.in_order(found.evidence)[:MOST_LOCATIONS]
    # The line that tells most is what a list shows: the last one in time before states.
    lines = [e for e in evidence if e.line and e.timestamp and e.role != "refutes"]
    main = (lines or evidence)[-1:] if evidence else []
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index,
        "kind": "informational" if found.severity == "info" else "fail",
        "level": "none" if found.severity == "info" else _LEVELS[found.severity],
        "message": {"text": _cut(_text(found.summary) or _text(found.title))},
        "locations": [_location(item) for item in main],
        "relatedLocations": [_location(item, number) for number, item in enumerate(evidence, 1)],
        "partialFingerprints": {"arclogsFinding/v1": _fingerprint(found)},
        "properties": {
            "kind": found.kind,
            "confidence": found.confidence,
            "severity": found.severity,
            "rank": found.rank,
            "count": found.count,
            "entities": found.entities,
            "explainedBy": found.explained_by,
            "fix": [step.model_dump() for step in found.fix],
        },
    }
    if found.explained_by:
        result["suppressions"] = _folded(found.explained_by)
    return result


def _unexplained(group: Unexplained, index: int) -> dict[str, Any]:
    places = [_location(e, n) for n, e in enumerate(group.examples, 1)]
    said = _cut(_text(group.examples[0].text.strip()) or group.template)
    return {
        "ruleId": "unexplained",
        "ruleIndex": index,
        "kind": "fail",
        "level": "warning",
        "message": {"text": f"{said} ({words.times(group.count)})"},
        "locations": [_location(group.examples[0])],
        "relatedLocations": places,
        "partialFingerprints": {"arclogsFinding/v1": _digest(f"unexplained\0{group.template}")},
        "properties": {"count": group.count, "template": sanitize(group.template)},
    }


def _folded(cause: str) -> Sequence[dict[str, str]]:
    return [{"kind": "external", "justification": f"follows from {cause}"}]


def _location(item: Evidence | Example, number: int = 0) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(item.member), "uriBaseId": _ROOT}}
    if item.line:
        snippet = {"text": _cut(sanitize_lines(item.text))}
        place["region"] = {"startLine": item.line, "snippet": snippet}
    else:
        place["region"] = {"startLine": 1}
    location: dict[str, Any] = {"physicalLocation": place}
    if number:
        location["id"] = number
        says = _text(item.says) if isinstance(item, Evidence) else ""
        location["message"] = {"text": says or _cut(_text(item.text.strip())) or "-"}
    return location


def uri(member: str) -> str:
    """Return a member's name as a relative URI reference (RFC 3986)."""
    return quote(member.encode("utf-8", "replace").lstrip(b"/"), safe="/!$&'()*+,;=@-._~") or "-"


def _fingerprint(found: Finding) -> str:
    about = "\0".join([found.rule, *(f"{k}={v}" for k, v in sorted(found.entities.items()))])
    return _digest(about)


def _digest(about: str) -> str:
    return hashlib.sha256(about.encode("utf-8", "replace")).hexdigest()[:32]


def _text(text: str) -> str:
    return sanitize_lines(words.reflow(text))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]} …"
