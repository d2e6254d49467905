from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Item
from arclogs.ingest.logs.zap import PARSER
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

STAMP = "2025-08-07T08:02:26Z"


def items(text: str, **origin: str) -> list[Item]:
    return list(PARSER.parse(Block("c.log", 1, text.strip("\n").split("\n"), origin=origin)))


def records(text: str, **origin: str) -> list[Record]:
    return [item for item in items(text, **origin) if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("line", "logger", "text"),
    [
        (f"{STAMP}\tINFO\tsetup\tstarting manager", "setup", "starting manager"),
        (f"{STAMP}\tINFO\tstarting manager", None, "starting manager"),
        (f'{STAMP}\tINFO\tstarting manager\t{{"version": "0.9.3"}}', None, "starting manager"),
        (f"{STAMP}\tINFO\ta\tmessage\twith tabs", "a", "message\twith tabs"),
        (
            f'{STAMP}    INFO    EphemeralRunner    Deleting pod    {{"a": "b  c"}}',
            "EphemeralRunner",
            "Deleting pod",
        ),
        (f"{STAMP}    INFO    Deleting the  pod", None, "Deleting the  pod"),
        (
            f'{STAMP} INFO AutoscalingListener Creating listener pod {{"a": 1}}',
            "AutoscalingListener",
            "Creating listener pod",
        ),
        (f"{STAMP} INFO starting manager", None, "starting manager"),
        (
            f"{STAMP}\tINFO\tlistener-app.metrics exporter.metrics\tx",
            "listener-app.metrics exporter.metrics",
            "x",
        ),
        (f'{STAMP}\tINFO\tx\tpatch: {{"a":1}}, error: no', "x", 'patch: {"a":1}, error: no'),
        (f"{STAMP}\tinfo\tx\tlower case", "x", "lower case"),
        (f"{STAMP}\tLEVEL(-2)\tx\tverbose", "x", "verbose"),
        (f"{STAMP}\tINFO\tx\tempty\t{{}}", "x", "empty"),
    ],
)
def test_console_columns(line: str, logger: str | None, text: str) -> None:
    (record,) = records(line)
    assert (record.logger, record.text) == (logger, text)
    assert record.timestamp is not None


@pytest.mark.parametrize(
    ("tail", "text"),
    [
        ('{"error": "say \\"x\\"\\n\\tno"}', 'm | error: say "x"\n\tno'),
        ('{"error": "first", "error": "last"}', "m | error: last"),
        ('{"error": {"code": 5}}', 'm | error: {"code":5}'),
        ('{"error": ""}', "m"),
        (
            '{"name": "x", "error": "cut \\"in the mid',
            'm {"name": "x", "error": "cut \\"in the mid | error: cut "in the mid',
        ),
        ('{"name": "cut', 'm {"name": "cut'),
    ],
)
def test_error_is_readable(tail: str, text: str) -> None:
    (record,) = records(f"{STAMP}\tERROR\tl\tm\t{tail}")
    assert record.text == text
    assert "error" not in record.fields


def test_json_and_console_say_the_same() -> None:
    pairs = (
        '"version":"0.9.3","ephemeralrunner":{"name":"r","namespace":"n"},"count":2,"error":"no"'
    )
    (console,) = records(f"{STAMP}\tERROR\tEphemeralRunner\tm\t{{{pairs}}}")
    (json_line,) = records(
        f'{{"severity":"error","ts":"{STAMP}","logger":"EphemeralRunner","message":"m",{pairs}}}'
    )
    for name in ("text", "level", "logger", "timestamp", "source", "fields"):
        assert getattr(console, name) == getattr(json_line, name)
    assert console.fields == {
        "version": "0.9.3",
        "ephemeralrunner": "r",
        "namespace": "n",
        "count": "2",
    }


@pytest.mark.parametrize(
    ("origin", "line", "source"),
    [
        ({}, f"{STAMP}\tINFO\tlistener-app\tx", Source.LISTENER),
        ({}, f"{STAMP}\tINFO\tlistener-app.worker.kubernetesworker\tx", Source.LISTENER),
        ({}, f"{STAMP}\tINFO\tauto_scaler\tx", Source.LISTENER),
        ({}, f"{STAMP}\tINFO\tservice\tx", Source.LISTENER),
        ({}, f"{STAMP}\tINFO\tAutoscalingListener\tx", Source.CONTROLLER),
        ({}, f"{STAMP}\tINFO\tx", Source.CONTROLLER),
        ({"container": "autoscaler"}, f"{STAMP}\tINFO\tx", Source.LISTENER),
        ({"pod": "a-64e6f09e-listener"}, f"{STAMP}\tINFO\tx", Source.LISTENER),
        ({"container": "manager"}, "I0121 19:44:45.360355 1 a.go:248] x", Source.CONTROLLER),
    ],
)
def test_which_program(origin: dict[str, str], line: str, source: Source) -> None:
    assert records(line, **origin)[0].source is source


def test_lines_without_a_logger_follow_those_with_one() -> None:
    read = records(f"{STAMP}\tINFO\tauto_scaler\ta\n{STAMP}\tINFO\tb\nplain print\n")
    assert {record.source for record in read} == {Source.LISTENER}


def test_the_controllers_own_namespace_is_not_the_runners() -> None:
    (record,) = records(f"{STAMP}\tINFO\tx", pod="c", container="manager", namespace="arc-systems")
    assert record.fields == {"pod": "c", "container": "manager"}


def test_stack_trace_belongs_to_its_error_and_to_no_info_line() -> None:
    frames = "sigs.k8s.io/c.(*C).Reconcile\n\tsigs.k8s.io/c.go:12\nmain.main\n\t/w/main.go:1"
    (error,) = records(f"{STAMP}\tERROR\tl\tm\n{frames}")
    assert error.text == f"m\n{frames}"
    assert len(error.raw) == 5
    info, *rest = records(f"{STAMP}\tINFO\tl\tm\n{frames}")
    assert info.text == "m"
    assert rest


def test_prose_after_an_error_is_no_stack_trace() -> None:
    read = records(f"{STAMP}\tERROR\tl\tm\nand then it said nothing more\n")
    assert [record.text for record in read] == ["m", "and then it said nothing more"]


def test_panic_is_one_error() -> None:
    (record,) = records(
        "panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/w/main.go:1 +0x1d\nexit status 2"
    )
    assert record.level is Level.ERROR
    assert len(record.raw) == 6


@pytest.mark.parametrize(
    ("version", "said"), [("0.14.2", ["0.14.2"]), ("v0.27.4", ["0.27.4"]), ("dev", []), ("", [])]
)
def test_version_is_stated_once(version: str, said: list[str]) -> None:
    line = f'{STAMP}\tINFO\tl\tm\t{{"version": "{version}"}}\n'
    found = [item for item in items(line * 3) if isinstance(item, Statement)]
    assert [(item.name, item.value) for item in found] == [
        ("controller_version", one) for one in said
    ]
    assert all(item.location.line == 1 for item in found)


def test_a_listeners_version_key_is_not_the_controllers() -> None:
    line = f'{STAMP}\tINFO\tlistener-app\tm\t{{"version": "1.2.3"}}'
    assert not any(isinstance(item, Statement) for item in items(line))


def test_json_written_again_with_blanks_is_read() -> None:
    (record,) = records(
        '{"severity": "info", "ts": "2025-06-16T03:22:10Z", "logger": "EphemeralRunner", '
        '"message": "Backing off", "version": "0.12.0"}'
    )
    assert (record.text, record.source) == ("Backing off", Source.CONTROLLER)


def test_a_message_key_of_the_call_does_not_hide_the_message() -> None:
    tail = '"name":"x-listener","reason":"OOMKilled","message":""'
    (json_line,) = records(
        f'{{"severity":"info","ts":"{STAMP}","logger":"AutoscalingListener",'
        f'"message":"Listener pod is terminated",{tail}}}'
    )
    (console,) = records(
        f"{STAMP}\tINFO\tAutoscalingListener\tListener pod is terminated\t{{{tail}}}"
    )
    assert json_line.text == console.text == "Listener pod is terminated"
    assert json_line.fields == console.fields
    assert (json_line.fields["reason"], json_line.fields["message"]) == ("OOMKilled", "")


def test_an_event_in_the_log_says_its_reason_and_words_in_both_formats() -> None:
    tail = '"type":"Warning","reason":"FailedUpdate","message":"it failed"'
    (json_line,) = records(
        f'{{"level":"debug","ts":"{STAMP}","logger":"controller-runtime.manager.events",'
        f'"message":"Warning",{tail}}}'
    )
    (console,) = records(f"{STAMP}\tDEBUG\tcontroller-runtime.manager.events\tWarning\t{{{tail}}}")
    assert json_line.text == console.text == "Warning FailedUpdate: it failed"
