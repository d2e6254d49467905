from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Head, Item
from arclogs.ingest.logs.runner import PARSER
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

POD = "linux-k8s-7hx2q-runner-w9k4d"
TRACED = "[RUNNER 2026-06-04 08:11:25Z {} Terminal] WRITE {}: {}"


def items(text: str, **origin: str) -> list[Item]:
    return list(PARSER.parse(Block("r.log", 1, text.strip("\n").split("\n"), origin=origin)))


def records(text: str, **origin: str) -> list[Record]:
    return [item for item in items(text, **origin) if isinstance(item, Record)]


def statements(text: str) -> dict[str, str]:
    return {item.name: item.value for item in items(text) if isinstance(item, Statement)}


@pytest.mark.parametrize(
    ("level", "parsed"),
    [
        ("CRIT", Level.ERROR),
        ("ERR ", Level.ERROR),
        ("WARN", Level.WARNING),
        ("INFO", Level.INFO),
        ("VERB", Level.DEBUG),
    ],
)
@pytest.mark.parametrize("host", ["RUNNER ", "WORKER ", ""])
def test_header(host: str, level: str, parsed: Level) -> None:
    (record,) = records(f"[{host}2026-06-04 08:11:25Z {level} Job[1] Server] the message")
    assert (record.level, record.source) == (parsed, Source.RUNNER)


def test_header_without_a_message_is_no_record() -> None:
    bare = "[RUNNER 2026-06-04 08:11:25Z INFO Terminal]"
    assert records(f"{bare} WRITE LINE: \n{bare}") == []


def test_traced_line_and_its_bare_twin_are_one_record() -> None:
    for order in (1, -1):
        pair = [TRACED.format("INFO", "LINE", "√ Connected to GitHub"), "√ Connected to GitHub"]
        (record,) = records("\n".join(pair[::order]))
        assert (record.text, record.logger, record.level) == (
            "√ Connected to GitHub",
            "Terminal",
            Level.INFO,
        )
        assert record.timestamp is not None


def test_twins_need_not_be_neighbours() -> None:
    text = "\n".join(
        [
            "A session for this runner already exists.",
            "something else",
            TRACED.format("ERR ", "ERROR", "A session for this runner already exists."),
            TRACED.format("INFO", "LINE", "Runner reconnected."),
            "[RUNNER 2026-06-04 08:11:25Z INFO Runner] between",
            "Runner reconnected.",
        ]
    )
    assert [record.text for record in records(text)] == [
        "A session for this runner already exists.",
        "something else",
        "Runner reconnected.",
        "between",
    ]


def test_each_twin_is_dropped_once() -> None:
    text = "\n".join([TRACED.format("INFO", "LINE", "Exiting..."), "Exiting...", "Exiting..."])
    assert [record.line for record in records(text)] == [1, 3]


def test_messages_of_one_second_stay_apart() -> None:
    text = (
        "[RUNNER 2026-06-04 08:11:25Z INFO ConfigurationStore] IsConfigured()\n"
        "[RUNNER 2026-06-04 08:11:25Z INFO ConfigurationStore] IsConfigured: True\n"
    )
    assert [record.text for record in records(text)] == ["IsConfigured()", "IsConfigured: True"]


def test_a_header_of_another_second_ends_a_message() -> None:
    text = (
        "[WORKER 2026-06-04 08:11:25Z ERR  StepsRunner] System.Exception: a\n"
        "[WORKER 2026-06-04 08:11:26Z ERR  StepsRunner]    at B()\n"
    )
    assert [record.text for record in records(text)] == ["System.Exception: a", "   at B()"]


def test_terminal_lines_between_headers_are_no_continuation_on_stdout() -> None:
    text = (
        "[RUNNER 2026-06-04 08:11:25Z ERR  Listener] System.Exception: a\n"
        "   at B()\n"
        "Runner listener exit with retryable error, re-launch runner in 5 seconds.\n"
    )
    assert [record.text for record in records(text)] == [
        "System.Exception: a\n   at B()",
        "Runner listener exit with retryable error, re-launch runner in 5 seconds.",
    ]


def test_a_job_name_may_be_anything() -> None:
    job = "build (ubuntu, 3.11) / completed with result: x"
    text = (
        f"2026-11-23 02:41:46Z: Running job: {job}\n"
        "Exiting...\n"
        f"2026-11-23 02:41:58Z: Job {job} completed with result: Failed\n"
        "Exiting runner...\n"
    )
    assert [record.fields.get("job") for record in records(text)] == [job, job, job, None]


def test_runners_of_several_pods_in_one_file() -> None:
    other = "linux-k8s-7hx2q-runner-m2v7c"
    text = "\n".join(
        [
            f"[pod/{POD}/runner] 2026-11-23 02:41:46Z: Running job: a",
            f"[pod/{other}/runner] √ Connected to GitHub",
            f"[pod/{POD}/runner] Exiting...",
            f"[pod/{other}/runner]    at no.Continuation()",
        ]
    )
    read = records(text, namespace="arc-runners")
    assert [(record.fields["pod"], record.fields.get("job")) for record in read] == [
        (POD, "a"),
        (other, None),
        (POD, "a"),
        (other, None),
    ]
    assert {record.fields["namespace"] for record in read} == {"arc-runners"}
    assert {record.fields["container"] for record in read} == {"runner"}


def test_the_settings_name_the_pod_only_if_arc_made_the_name() -> None:
    text = '[2026-06-04 08:11:25Z INFO MessageListener] {\n  "AgentName": "build-box-1",\n}'
    (record,) = records(text)
    assert record.fields == {"runner": "build-box-1"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Current runner version: '2.329.0'", {"runner_version": "2.329.0"}),
        (
            "[RUNNER 2026-06-04 08:11:25Z INFO Listener] Version: 2.333.0",
            {"runner_version": "2.333.0"},
        ),
        (
            "[WORKER 2026-06-04 08:11:25Z INFO Worker] Version: 2.333.0",
            {"runner_version": "2.333.0"},
        ),
        ("[WORKER 2026-06-04 08:11:25Z INFO Other] Version: 9.9.9", {}),
        (
            "[RUNNER 2026-06-04 08:11:25Z INFO HostContext] Adding extra user agent "
            "'actions-runner-controller/0.14.2' to all HTTP requests.",
            {"controller_version": "0.14.2"},
        ),
        (
            "[WORKER 2026-06-04 08:11:25Z INFO P] Starting process:\n"
            "[WORKER 2026-06-04 08:11:25Z INFO P]   Arguments: '/home/runner/k8s-novolume/index.js'",
            {"container_mode": "kubernetes-novolume"},
        ),
        (
            "[WORKER 2026-06-04 08:11:25Z INFO P] Starting process:\n"
            "[WORKER 2026-06-04 08:11:25Z INFO P]   Arguments: '/home/runner/own/index.js'",
            {},
        ),
    ],
)
def test_statements(text: str, said: dict[str, str]) -> None:
    assert statements(f"{text}\n{text}") == said


def test_impossible_time_is_noted_once() -> None:
    line = "[RUNNER 2026-13-04 08:11:25Z INFO Listener] x"
    notes = [item for item in items(f"{line}\n{line}y") if not isinstance(item, Record)]
    assert [str(getattr(note, "code", "")) for note in notes] == ["time.out_of_range"]


def test_diag_file_that_starts_in_a_stack_trace_is_claimed() -> None:
    trace = ["   at System.Net.Http.X()"] * 12
    head = [*trace, *["[2026-06-04 08:11:25Z INFO Listener] x"] * 4]
    assert PARSER.sniff(Head("x", tuple(head))) >= 90
