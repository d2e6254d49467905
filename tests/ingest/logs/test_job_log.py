from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Item
from arclogs.ingest.logs.job_log import PARSER
from arclogs.ingest.logs.job_steps import JobSteps, hook_named
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

STAMP = "2025-11-18T09:14:07.0214553Z"
HOOK = "Run '/home/runner/k8s/index.js'"


def items(*lines: str) -> list[Item]:
    return list(PARSER.parse(Block("job.log", 1, lines)))


def records(*lines: str) -> list[Record]:
    return [item for item in items(*lines) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("downloaded", "web"),
    [
        (
            "##[error]Error: failed to create job pod: x",
            "Error: Error: failed to create job pod: x",
        ),
        ("##[error]HttpError: HTTP request failed", "Error: HttpError: HTTP request failed"),
        (
            "##[error]Process completed with exit code 1.",
            "Error: Process completed with exit code 1.",
        ),
        ("##[warning]Skipping name override", "Warning: Skipping name override"),
        ("##[error]{}", "Error: {}"),
        (f"##[group]{HOOK}", HOOK),
        ("##[notice]x", "Notice: x"),
    ],
)
def test_downloaded_and_web_page_give_the_same_text(downloaded: str, web: str) -> None:
    (first,) = records(f"{STAMP} {downloaded}")
    (second,) = records(web)
    (third,) = records(downloaded)
    assert first.text == second.text == third.text
    assert first.level == second.level == third.level
    assert first.source == second.source == third.source


def test_only_the_marker_makes_an_error_in_a_downloaded_log() -> None:
    (record,) = records(f"{STAMP} Error: this is what my test prints")
    assert (record.level, record.text) == (None, "Error: this is what my test prints")


@pytest.mark.parametrize(
    ("marker", "level"),
    [
        ("error", Level.ERROR),
        ("warning", Level.WARNING),
        ("debug", Level.DEBUG),
        ("notice", Level.INFO),
        ("section", None),
        ("command", None),
    ],
)
def test_marker(marker: str, level: Level | None) -> None:
    (record,) = records(f"{STAMP} ##[{marker}]text")
    assert (record.text, record.level) == ("text", level)


def test_lines_without_a_stamp_belong_to_the_message_above() -> None:
    first, second = records(f"{STAMP} ##[error]a", "b", "", "  c", "", f"{STAMP} d")
    assert (first.text, len(first.raw)) == ("a\nb\n\n  c", 4)
    assert (second.text, second.line) == ("d", 6)


def test_hook_output_lasts_until_the_next_step() -> None:
    read = records(
        f"{STAMP} before",
        f"{STAMP} ##[group]{HOOK}",
        f"{STAMP} ##[endgroup]",
        f"{STAMP} output",
        f"{STAMP} ##[group]a group of the script's own",
        f"{STAMP} more output",
        f"{STAMP} ##[group]Run actions/checkout@v4",
        f"{STAMP} after",
    )
    assert [record.source for record in read] == [
        Source.JOB,
        *[Source.HOOK] * 4,
        Source.JOB,
        Source.JOB,
    ]
    assert {record.fields.get("hook") for record in read if record.source is Source.HOOK} == {
        "/home/runner/k8s/index.js"
    }
    assert read[-1].fields == {"step": "actions/checkout@v4"}


@pytest.mark.parametrize("end", ["Post job cleanup.", "Cleaning up orphan processes"])
def test_hook_output_ends_with_the_job(end: str) -> None:
    assert records(f"{STAMP} ##[group]{HOOK}", f"{STAMP} {end}")[1].source is Source.JOB


def test_what_a_script_prints_does_not_rename_the_runner() -> None:
    read = records(
        f"{STAMP} Runner name: 'real-7hx2q-runner-w9k4d'",
        f"{STAMP} Complete job name: build",
        f"{STAMP} ##[group]Run make",
        f"{STAMP} Runner name: 'fake'",
        f"{STAMP} Complete job name: fake",
        f"{STAMP} x",
    )
    assert read[-1].fields == {
        "runner": "real-7hx2q-runner-w9k4d",
        "pod": "real-7hx2q-runner-w9k4d",
        "job": "build",
        "step": "make",
    }


def test_a_static_runner_has_no_pod() -> None:
    (record,) = records(f"{STAMP} Runner name: 'build-box-1'")
    assert "pod" not in record.fields


def test_machine_name_is_the_pod_where_the_runner_is_named_otherwise() -> None:
    read = records(f"{STAMP} Runner name: 'mine'", f"{STAMP} Machine name: 'a-7hx2q-runner-w9k4d'")
    assert read[-1].fields["pod"] == "a-7hx2q-runner-w9k4d"
    assert read[-1].fields["runner"] == "mine"


def test_the_first_hook_run_without_a_known_set_up_is_not_named() -> None:
    (record,) = records(f"{STAMP} ##[group]{HOOK}")
    assert record.fields == {"hook": "/home/runner/k8s/index.js"}


def test_version_is_said_of_the_runner_below_it_or_of_none() -> None:
    version = f"{STAMP} Current runner version: '2.329.0'"
    (named,) = [i for i in items(version, f"{STAMP} Runner name: 'r'") if isinstance(i, Statement)]
    assert (named.value, dict(named.about), named.location.line) == ("2.329.0", {"runner": "r"}, 1)
    (alone,) = [i for i in items(version) if isinstance(i, Statement)]
    assert dict(alone.about) == {}
    late = [version, *[f"{STAMP} x"] * 30, f"{STAMP} Runner name: 'r'"]
    (unknown,) = [i for i in items(*late) if isinstance(i, Statement)]
    assert dict(unknown.about) == {}


@pytest.mark.parametrize(
    ("path", "modes"),
    [
        ("/home/runner/k8s/index.js", ["kubernetes"]),
        ("/home/runner/k8s-novolume/index.js", ["kubernetes-novolume"]),
        ("/home/runner/docker/index.js", []),
        ("/opt/my-k8s-hook.sh", []),
    ],
)
def test_hook_path_states_the_container_mode(path: str, modes: list[str]) -> None:
    lines = [f"{STAMP} ##[group]Run '{path}'"] * 3
    found = [item for item in items(*lines) if isinstance(item, Statement)]
    assert [(item.name, item.value) for item in found] == [("container_mode", m) for m in modes]


def test_impossible_time() -> None:
    (note,) = (
        item for item in items("2025-13-18T09:14:07.0214553Z x") if not isinstance(item, Record)
    )
    assert str(getattr(note, "code", "")) == "time.out_of_range"


def test_steps_start_with_nothing_known() -> None:
    steps = JobSteps({"namespace": "n"})
    assert (steps.fields, steps.in_hook) == ({"namespace": "n"}, False)


def test_an_exception_names_the_hook_call() -> None:
    text = " ---> System.Exception: The hook script at '/h.js' running command 'CleanupJob' did not"
    assert hook_named(text) == {"hook": "/h.js", "hook_command": "CleanupJob"}
    assert hook_named("no hook") == {}
