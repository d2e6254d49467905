"""SARIF and JSONL: what other programs need, and exact values whatever the bundle says."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from arclogs.model.report import Report
from arclogs.views.interface import Layout
from arclogs.views.jsonl import render_jsonl
from arclogs.views.sarif import render_sarif, uri

DATA = Path(__file__).parent / "data"
HOSTILE: dict[str, str] = json.loads((DATA / "hostile.json").read_text())
REPORTS = ("confirmed", "partial", "possible", "unknown", "healthy")


def load(name: str, text: str = "") -> Report:
    data = json.loads((DATA / f"{name}.json").read_text())
    for found in data["findings"] if text else ():
        for item in found["evidence"]:
            item["text"] += text
            item["member"] += text
        found["entities"] = {key: value + text for key, value in found["entities"].items()}
    return Report.model_validate(data)


def sarif(report: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_sarif(report, Layout()))
    return document


MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}},
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "message": MESSAGE,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri", "uriBaseId"],
                    "properties": {"uri": {"pattern": r"^(?!/)[\w./!$&'()*+,;=@~%-]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}
# Of the OASIS schema what arclogs uses, and of GitHub's list of supported properties what it demands.
REQUIRED = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules", "version"],
                                "properties": {
                                    "rules": {
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "help",
                                                         "fullDescription", "defaultConfiguration"],
                                            "properties": {
                                                "shortDescription": MESSAGE,
                                                "fullDescription": MESSAGE,
                                                "help": MESSAGE,
                                                "properties": {"properties": {"tags": {"maxItems": 10}}},
                                            },
                                        }
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "message", "locations", "partialFingerprints"],
                            "properties": {
                                "message": MESSAGE,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "kind": {"enum": ["fail", "informational"]},
                                "locations": {"maxItems": 1, "items": LOCATION},
                                "relatedLocations": {"items": LOCATION},
                            },
                        }
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_has_what_is_required(name: str) -> None:
    jsonschema.validate(sarif(load(name)), REQUIRED)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_sarif_bears_hostile_names(text: str) -> None:
    jsonschema.validate(sarif(load("confirmed", text)), REQUIRED)


def test_results_point_to_their_rule_and_to_the_line_that_tells() -> None:
    run = sarif(load("confirmed"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "runner/Worker_20260302-100404-utc.log"
    assert place["region"]["startLine"] == 344
    assert [place["id"] for place in first["relatedLocations"]] == [1, 2, 3, 4]


def test_what_follows_from_a_cause_is_suppressed() -> None:
    results = sarif(load("confirmed"))["runs"][0]["results"]
    folded = {
        r["ruleId"]: r["suppressions"][0]["justification"] for r in results if "suppressions" in r
    }
    assert folded == {"hook-api-request-failed": "follows from sa-token-rejected"}


def test_the_same_finding_has_the_same_fingerprint() -> None:
    report = load("confirmed")
    moved = report.findings[0].model_copy(update={"first_seen": "2027-01-01T00:00:00.000Z"})
    other = report.findings[0].model_copy(update={"entities": {"pod": "another"}})
    prints = [
        sarif(report.model_copy(update={"findings": (found,)}))["runs"][0]["results"][0][
            "partialFingerprints"
        ]
        for found in (report.findings[0], moved, other)
    ]
    assert prints[0] == prints[1] != prints[2]


def test_a_run_that_lost_evidence_did_not_succeed() -> None:
    (found,) = sarif(load("partial"))["runs"][0]["invocations"]
    assert found["executionSuccessful"] is False
    assert "warning" in {n["level"] for n in found["toolExecutionNotifications"]}
    allowed = json.loads(render_sarif(load("partial"), Layout(partial_allowed=True)))
    assert allowed["runs"][0]["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize("name", ["a b.log", "ü/x#1?.log", "a:b", "/abs", "..\\x", "a%20b"])
def test_a_name_comes_back_from_its_uri(name: str) -> None:
    assert unquote(uri(name)) == name.lstrip("/")
    assert re.fullmatch(r"[\w./!$&'()*+,;=@~%-]+", uri(name), re.ASCII)


# What Timesketch checks as it imports: read_and_validate_jsonl and FIELDS_TO_REMOVE of its
# lib/utils.py, ImportStreamer of its import client. OpenSearch then maps a field by its first value.
TIMESKETCH = {
    "type": "object",
    "required": ["message", "datetime", "timestamp_desc"],
    "additionalProperties": {"type": ["string", "integer"]},
    "propertyNames": {
        "pattern": r"^[a-z][a-z0-9_]*$",  # `_x` is dropped, `x.y` becomes an object
        "not": {"enum": ["label", "timesketch_label"]},
    },
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "datetime": {
            "type": "string",
            "pattern": r"^(19[7-9]|[2-9]\d\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?\+00:00$",
        },
        "timestamp_desc": {"type": "string", "minLength": 1},
        "timestamp": {"type": "integer", "minimum": 10**15},  # microseconds; reckoned if not there
        "tag": {"type": "array", "items": {"type": "string", "minLength": 1}},
    },
}


@pytest.mark.parametrize("name", REPORTS)
def test_timesketch_takes_each_line(name: str) -> None:
    taken = jsonschema.Draft202012Validator(TIMESKETCH)
    types: dict[str, set[type]] = {}
    for text in ("", *HOSTILE.values()):
        lines = render_jsonl(load(name, text), Layout())
        assert lines.splitlines() == lines.split("\n")[:-1]  # its client reads lines as Python does
        for line in map(json.loads, lines.splitlines()):
            assert list(taken.iter_errors(line)) == []
            for key, value in line.items():
                types.setdefault(key, set()).add(type(value))
    assert {key for key, found in types.items() if len(found) > 1} == set()


@pytest.mark.parametrize("name", REPORTS)
def test_each_line_has_what_timesketch_needs(name: str) -> None:
    lines = [json.loads(line) for line in render_jsonl(load(name), Layout()).splitlines()]
    for line in lines:
        assert line["message"]
        assert line["timestamp_desc"]
        assert datetime.fromisoformat(line["datetime"]).tzinfo is not None
    dated = [line["datetime"] for line in lines if line["timestamp_desc"] != "Not a time"]
    assert dated == sorted(dated)
    report = load(name)
    evidence = sum(len(f.evidence) for f in report.findings)
    assert len(lines) == evidence + sum(len(u.examples) for u in report.unexplained)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_each_line_is_one_line_with_exact_values(text: str) -> None:
    report = load("confirmed", text)
    lines = [json.loads(line) for line in render_jsonl(report, Layout()).splitlines()]
    assert {line["text"] for line in lines if "rule" in line} == {
        json.loads(json.dumps(e.text)) for f in report.findings for e in f.evidence
    }


def test_states_are_placed_where_the_bundle_was_collected() -> None:
    lines = [json.loads(line) for line in render_jsonl(load("confirmed"), Layout()).splitlines()]
    states = [line for line in lines if line["timestamp_desc"] == "State as collected"]
    assert {line["datetime"] for line in states} == {"2026-03-02T10:31:12.250+00:00"}
