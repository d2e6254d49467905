from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block
from arclogs.ingest.logs import hook, job_log
from arclogs.model.record import Level, Record

RIGHTS = "::debug::Using image 'node:20' for job image"
CREATED = "::debug::Job pod created, waiting for it to come online a-runner-b-workflow"
READY = "::debug::Job pod is ready for traffic"


def stages(lines, parser=hook.PARSER):
    return [
        item.fields.get("hook_stage")
        for item in parser.parse(Block("x", 1, lines))
        if isinstance(item, Record) and item.level is Level.ERROR
    ]


@pytest.mark.parametrize(
    ("lines", "stage"),
    [
        (["::error::HttpError: HTTP request failed"], None),
        ([RIGHTS, "::error::HttpError: HTTP request failed"], "prepare: create the job pod"),
        ([RIGHTS, CREATED, "::error::Error: {}"], "prepare: wait for the job pod"),
        ([RIGHTS, CREATED, READY, "::error::Error: {}"], "prepare: look into the job pod"),
        (["::error::Error: failed to create job pod: x"], "prepare: create the job pod"),
        (
            ["::error::Error: Pod failed to come online with error: Error: x"],
            "prepare: wait for the job pod",
        ),
        (
            ["::error::Error: The Service account needs the following permissions [] on"],
            "prepare: check the account's rights",
        ),
        (["::error::Error: failed to run script step: x"], "run: a script in the job pod"),
    ],
)
def test_the_stage_that_was_reached(lines, stage):
    assert stages(lines) == [stage]


def test_a_new_step_begins_anew():
    stamp = "2026-03-02T10:04:20.1142210Z "
    lines = [
        "##[group]Run '/home/runner/k8s/index.js'", "##[endgroup]",
        "##[debug]Using image 'node:20' for job image", "##[error]HttpError: HTTP request failed",
        "##[group]Run make", "##[endgroup]",
        "##[group]Run '/home/runner/k8s/index.js'", "##[endgroup]", "##[error]Error: {}",
    ]  # fmt: skip
    found = stages([stamp + line for line in lines], job_log.PARSER)
    assert found == ["prepare: create the job pod", None]
