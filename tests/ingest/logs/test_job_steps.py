"""Which command of the hook a call in a job log is."""

from __future__ import annotations

import pytest

from tests.ingest.member_reading import read, records

HOOK = "##[group]Run '/home/runner/k8s/index.js'\n##[endgroup]\n"
FAILED = "##[error]HttpError: HTTP request failed\n"


def _commands(text: str, name: str = "job.log") -> list[tuple[str | None, str | None]]:
    found = records(read(text, name))
    return [
        (r.fields.get("step"), r.fields.get("hook_command")) for r in found if "HttpError" in r.text
    ]


def test_the_second_call_in_a_step_is_the_clean_up() -> None:
    step = "##[group]Run npm test\n##[endgroup]\n"
    assert _commands(f"{step}{HOOK}ok\n{HOOK}{FAILED}") == [("Stop containers", "CleanupJob")]


def test_the_first_call_in_a_step_is_the_steps() -> None:
    step = "##[group]Run npm test\n##[endgroup]\n"
    assert _commands(f"{step}{HOOK}{FAILED}") == [("npm test", None)]


@pytest.mark.parametrize(
    ("title", "command"),
    [("Initialize containers", "PrepareJob"), ("Stop containers", "CleanupJob")],
)
def test_a_step_of_the_hook_named_above_or_by_the_file(title: str, command: str) -> None:
    pasted = f"{title}\nRun '/home/runner/k8s/index.js'\nError: HttpError: HTTP request failed\n"
    assert _commands(pasted, "paste.txt") == [(title, command)]
    assert _commands(HOOK + FAILED, f"build/9_{title}.txt") == [(title, command)]
