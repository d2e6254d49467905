"""Every fault of a rule file is told once, with its place in the file and in words of the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from arclogs.rules.files.faults import faults
from arclogs.rules.files.source import parse_source
from arclogs.rules.language.schema import Rule

HEAD = "id: r\nkind: symptom\ntitle: t\narea: hook\nseverity: high\n"
SIGNALS = "signals: {boom: {log: job, contains: x}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{SIGNALS}confidence: {{confirmed: [boom, {{any: [boom, {{al: boom}}]}}]}}",
            ["7:14: unknown key 'al' (did you mean 'all'?)"],
        ),
        (
            f"{SIGNALS}confidence: {{confirmed: {{any: [boom, 7]}}, likely: 5}}",
            [
                "7:38: confidence.confirmed.any.1: Input should be a valid dictionary or string",
                "7:43: confidence.likely: Input should be a valid dictionary",
            ],
        ),
        (
            "signals: {a: {object: Pod, where: {spec.x: {y: z}, name: null, namespace|in: [null]}}}\n"
            "confidence: {confirmed: a}",
            [
                "6:36: signals.a.where.spec.x: Input should be a valid boolean, list, number or string",
                "6:52: signals.a.where.name: Input should be a valid boolean, list, number or string",
                "6:79: signals.a.where.namespace|in.0: Input should be a valid boolean, number or "
                "string",
            ],
        ),
        (
            "signals: {a: {log: job, contains: x, level: 3, nerly: b}, b: {rule: []}, c: {}}\n",
            [
                "1:1: the key 'confidence' is missing",
                "6:38: signals.a.level: Input should be 'warning' or 'error'",
                "6:48: unknown key 'nerly' (did you mean 'near'?)",
                "6:74: signals.c: a signal states one of: log, event, object, rule, fact, sequence",
            ],
        ),
        (
            f"{SIGNALS}confidence: {{confirmed: boom}}\ntests: [{{name: x, base: ../x, expect: 4}}]",
            [
                "8:19: tests.0.base.0: String should match pattern "
                "'^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$'",
                "8:31: tests.0.expect: Input should be a valid dictionary",
            ],
        ),
    ],
    ids=[
        "in a condition",
        "of no type of a condition",
        "of no type of a value",
        "in signals",
        "in tests",
    ],
)
def test_every_fault_is_told_with_its_place(text, told):
    source = parse_source(HEAD + text, Path("r.yaml"))
    with pytest.raises(ValidationError) as raised:
        Rule.model_validate(source.data)
    assert [str(fault) for fault in faults(source, raised.value)] == [f"r.yaml:{t}" for t in told]
