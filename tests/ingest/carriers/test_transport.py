from __future__ import annotations

from datetime import UTC, datetime

import pytest

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.interface import Block, Head
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.line import Line, Pods

POD = "linux-k8s-7hx2q-runner-w9k4d"
NOON = datetime(2026, 11, 23, 12, 0, 0, 214_553, tzinfo=UTC)


def read(text: str, **origin: str) -> list[Line]:
    lines = text.strip("\n").split("\n")
    return list(unwrap(Block("a.log", 7, lines, origin=origin), Notebook("a.log")))


def texts(text: str) -> list[str]:
    return [line.text for line in read(text)]


def test_bare_lines_keep_number_raw_and_origin() -> None:
    first, second = read("\x1b[32m√ Connected\x1b[0m to GitHub\n\n".rstrip("\n") + "\nx", pod="p")
    assert first == Line(
        7, "\x1b[32m√ Connected\x1b[0m to GitHub", "√ Connected to GitHub", None, {"pod": "p"}
    )
    assert (second.number, second.text) == (8, "x")
    assert first.origin is second.origin


def test_timestamps_of_kubectl() -> None:
    lines = read(
        "2026-11-23T12:00:00.214553000Z √ Connected to GitHub\n"
        "2026-11-23T12:00:00.214553001Z \n"
        "2026-11-23T13:00:00.214553+01:00 2026-11-23 12:00:00Z: Listening for Jobs\n"
        "2026-11-23T12:00:01Z\n"
        "error: unexpected EOF\n"
    )
    assert [line.text for line in lines] == [
        "√ Connected to GitHub",
        "",
        "2026-11-23 12:00:00Z: Listening for Jobs",
        "",
        "error: unexpected EOF",
    ]
    assert [line.timestamp for line in lines] == [
        NOON,
        NOON,
        NOON,
        NOON.replace(second=1, microsecond=0),
        None,
    ]


def test_prefix_of_kubectl_with_and_without_timestamps() -> None:
    lines = read(
        f"[pod/{POD}/runner] 2026-11-23T12:00:00.214553000Z √ Connected to GitHub\n"
        f"[pod/{POD}/dind] 2026-11-23T12:00:00.214553000Z \n"
        f"[pod/{POD}/runner] √ Connected to GitHub\n"
        "[pod/arc-gha-rs-controller-5d9f6b7c84-x7tqz/manager] 2026-11-23T12:00:00Z\tINFO\tx\n"
        "[pod/arc-gha-rs-controller-5d9f6b7c84-x7tqz/manager] 2026-11-23T12:00:00Z    INFO    x\n",
    )
    assert [line.text for line in lines] == [
        "√ Connected to GitHub",
        "",
        "√ Connected to GitHub",
        "2026-11-23T12:00:00Z\tINFO\tx",
        "2026-11-23T12:00:00Z    INFO    x",
    ]
    assert [line.timestamp for line in lines] == [NOON, NOON, None, None, None]
    assert lines[0].origin == {"pod": POD, "container": "runner"}
    assert lines[1].origin["container"] == "dind"
    assert lines[0].origin is lines[2].origin


def test_prefix_wins_over_the_origin_of_the_path() -> None:
    (line,) = read(f"[pod/{POD}/runner] x", pod="other", namespace="arc-runners")
    assert line.origin == {"pod": POD, "container": "runner", "namespace": "arc-runners"}


def test_stern() -> None:
    lines = read(
        f"\x1b[36m{POD}\x1b[0m \x1b[36mrunner\x1b[0m √ Connected to GitHub\n"
        f'{POD} dind time="2024-03-07T11:20:41Z" level=info msg=x\n'
        f"arc-runners {POD} runner Exiting runner...\n"
        f"{POD} runner 2026-11-23T12:00:00.214553Z Listening for Jobs\n"
        f'{POD} runner {{"severity":"info"}}\n'
    )
    assert lines[0].text == "√ Connected to GitHub"
    assert lines[1].origin == {"pod": POD, "container": "dind"}
    assert (lines[2].text, lines[2].origin["pod"]) == ("Exiting runner...", POD)
    assert (lines[3].text, lines[3].timestamp) == ("Listening for Jobs", NOON)
    assert lines[4].text == '{"severity":"info"}'


def test_sterns_notes_of_containers_that_come_and_go_are_no_lines() -> None:
    lines = read(
        "+ linux-754b578d-listener › listener\n"
        "linux-754b578d-listener listener 2026-11-23T12:00:00Z\tINFO\tlistener-app\tx\n"
        "\x1b[31m-\x1b[0m linux-754b578d-listener › listener\n"
        "+ linux-754b578d-listener › listener\n"
        "linux-754b578d-listener listener 2026/11/23 12:00:07 Application returned an error: no\n"
        "- linux-754b578d-listener\n"
    )
    assert [(line.number, line.text) for line in lines] == [
        (8, "2026-11-23T12:00:00Z\tINFO\tlistener-app\tx"),
        (11, "2026/11/23 12:00:07 Application returned an error: no"),
    ]
    assert lines[0].origin == {"pod": "linux-754b578d-listener", "container": "listener"}


def test_a_list_of_changes_is_not_stern() -> None:
    assert texts("+ a-b › c\nplain words\n- more words") == [
        "+ a-b › c",
        "plain words",
        "- more words",
    ]


def test_kail() -> None:
    lines = read(
        f"arc-runners/{POD}[runner]: √ Connected to GitHub\n"
        f'arc-runners/{POD}[dind]: time="2024-03-07T11:20:41Z" level=info msg=x\n'
        f"arc-runners/{POD}[runner]: 2026-11-23T12:00:00.214553Z Listening for Jobs\n"
    )
    whose = {"pod": POD, "container": "runner", "namespace": "arc-runners"}
    assert (lines[0].text, lines[0].origin) == ("√ Connected to GitHub", whose)
    assert lines[1].origin["container"] == "dind"
    assert (lines[2].text, lines[2].timestamp) == ("Listening for Jobs", NOON)


def test_kubetail() -> None:
    lines = read(
        f"\x1b[36m[{POD} runner]\x1b[0m √ Connected to GitHub\n"
        f"\x1b[36m[{POD}]\x1b[0m Listening for Jobs\n"
        "[arc-gha-rs-controller-6b7d9d8b5f-w2k7p manager] 2026-11-23T12:00:00Z\tINFO\tsetup\tx\n"
    )
    assert (lines[0].text, lines[0].origin) == (
        "√ Connected to GitHub",
        {"pod": POD, "container": "runner"},
    )
    assert (lines[1].text, lines[1].origin) == ("Listening for Jobs", {"pod": POD})
    assert lines[2].text == "2026-11-23T12:00:00Z\tINFO\tsetup\tx"


def test_a_journal_has_a_time_if_it_states_the_year() -> None:
    lines = read(
        "2026-11-23T12:00:00.214553+0000 worker-3 kubelet[812]: E1123 12:00:00.2 812 x.go:1] boom\n"
        "2026-11-23T12:00:00.214553+00:00 worker-3 kernel: [81223.5] Killed process 51871 (node)\n"
        "Nov 23 12:00:00 worker-3 systemd[1]: Started Kubernetes transient mount.\n"
    )
    assert [line.text for line in lines] == [
        "E1123 12:00:00.2 812 x.go:1] boom",
        "Killed process 51871 (node)",
        "Started Kubernetes transient mount.",
    ]
    assert [line.timestamp for line in lines] == [NOON, NOON, None]


def test_a_program_that_begins_its_lines_with_a_word_in_brackets_is_no_pod() -> None:
    lines = read("[my-tool] one\n[my-tool debug] two\n[other-tool] three\n")
    assert [line.text for line in lines] == [
        "[my-tool] one", "[my-tool debug] two", "[other-tool] three",
    ]  # fmt: skip


def test_k9s_screen() -> None:
    lines = read(
        "│ listener 2025-09-25T08:42:17-04:00    INFO    listener-app    app initialized     │\n"
        "│ plain text without a container                                                    │\n"
    )
    assert lines[0].text == "2025-09-25T08:42:17-04:00    INFO    listener-app    app initialized"
    assert lines[0].origin == {"container": "listener"}
    assert (lines[1].text, lines[1].origin) == ("plain text without a container", {})


def test_the_frame_of_a_k9s_screen_names_the_pod_and_is_no_line() -> None:
    (line,) = read(
        "┌──── Logs(arc/arm-vx82d-runner-kk5p7:runner)[tail] ────┐\n"
        "│ exec /home/runner/run.sh: exec format error           │\n"
        "└───────────────────────────────────────────────────────┘\n"
    )
    assert line.text == "exec /home/runner/run.sh: exec format error"
    assert line.origin == {
        "pod": "arm-vx82d-runner-kk5p7",
        "container": "runner",
        "namespace": "arc",
    }


def test_a_log_viewers_local_time_is_dropped() -> None:
    (line,) = read("2025-08-07 10:02:43.284\t2025/08/07 08:02:43 Application returned an error: x")
    assert (line.text, line.timestamp) == (
        "2025/08/07 08:02:43 Application returned an error: x",
        None,
    )


def test_githubs_show_timestamps() -> None:
    (line,) = read("Mon, 23 Nov 2026 12:00:00 GMT Error: HttpError: HTTP request failed")
    assert line.text == "Error: HttpError: HTTP request failed"
    assert line.timestamp == NOON.replace(microsecond=0)


def test_markers_of_cluster_info_dump_name_the_pod() -> None:
    lines = read(
        f"==== START logs for container runner of pod arc-runners/{POD} ====\n"
        "√ Connected to GitHub\n"
        f"==== END logs for container runner of pod arc-runners/{POD} ====\n"
        "==== not a marker ====\n"
    )
    assert [(line.number, line.text) for line in lines] == [
        (8, "√ Connected to GitHub"),
        (10, "==== not a marker ===="),
    ]
    assert lines[0].origin == {"pod": POD, "container": "runner", "namespace": "arc-runners"}
    assert lines[1].origin == {}


@pytest.mark.parametrize("margin", ["    ", "\t", "> ", "  "])
def test_a_margin_is_no_part_of_the_lines(margin: str) -> None:
    inner = [
        "2026-11-23T12:00:00.214553000Z √ Connected to GitHub",
        "",
        "2026-11-23T12:00:00.214553000Z   indented further",
    ]
    raws = [f"{margin}{line}" if line else margin.strip() for line in inner]
    lines = list(unwrap(Block("a.md", 1, raws), Notebook("a.md")))
    assert [line.text for line in lines] == ["√ Connected to GitHub", "", "  indented further"]
    assert [line.timestamp for line in lines] == [NOON, None, NOON]
    assert [line.raw for line in lines] == raws
    assert head_texts(Head("a.md", tuple(raws))) == ("√ Connected to GitHub", "  indented further")


def test_a_margin_that_ends_is_left_alone_after_its_end() -> None:
    block = Block("a", 1, [*["    x"] * 300, "y", "    z"])
    lines = list(unwrap(block, Notebook("a")))
    assert [line.text for line in lines[-2:]] == ["y", "z"]
    assert [line.raw for line in lines[-2:]] == ["y", "    z"]


def test_uneven_margins() -> None:
    assert texts("  a\n    b\n  c") == ["a", "  b", "c"]
    assert texts("  a\nb") == ["  a", "b"]
    assert texts("> a\nb") == ["> a", "b"]


@pytest.mark.parametrize(
    "own",
    [
        "2025-11-18T09:14:07.0214553Z ##[group]Run '/home/runner/k8s/index.js'",
        "2025-11-18T09:14:07Z\tINFO\tsetup\tstarting manager",
        "2025-11-18T09:14:07Z INFO setup starting manager",
        "2025-11-18T09:14:07Z    ERROR   setup   starting manager",
        "2020-11-12T22:17:30.693Z\tERROR\tcontroller-runtime.controller\tReconciler error",
        "[RUNNER 2025-07-16 07:44:02Z INFO Listener] Version: 2.326.0",
        "linux-runner says hello to you",
        "| a | markdown table |",
        '{"log":"no docker record","level":"info"}',
        "2025-08-07 10:02:43.284 no tab",
    ],
)
def test_a_programs_own_prefix_stays(own: str) -> None:
    assert texts(f"{own}\n{own}") == [own, own]


def test_a_few_stamped_lines_make_no_carrier() -> None:
    text = "2026-11-23T12:00:00.214553000Z a\nb\nc"
    assert texts(text) == text.split("\n")


def test_the_whole_block_is_unwrapped_not_only_its_head() -> None:
    block = "2026-11-23T12:00:00.214553000Z x\n" * 500
    lines = read(block)
    assert len(lines) == 500
    assert {line.text for line in lines} == {"x"}
    assert [line.number for line in lines] == list(range(7, 507))


def test_head_texts_are_unwrapped_without_blank_lines() -> None:
    head = Head(
        "a", ("[pod/a/runner] √ Connected to GitHub", "[pod/a/runner] ", "[pod/a/runner] x")
    )
    assert head_texts(head) == ("√ Connected to GitHub", "x")


def test_pods_forget_rather_than_grow() -> None:
    pods = Pods({"namespace": "n"})
    assert pods.of("p", "c") is pods.of("p", "c")
    for number in range(10_000):
        assert pods.of(f"pod-{number}") == {"namespace": "n", "pod": f"pod-{number}"}
    assert len(pods._of) < 5_000


@pytest.mark.parametrize(
    ("hits", "of", "score"), [(0, 0, 0), (0, 9, 0), (9, 9, 95), (3, 9, 31), (2, 9, 5), (1, 99, 0)]
)
def test_confidence(hits: int, of: int, score: int) -> None:
    assert confidence(hits, of) == score
