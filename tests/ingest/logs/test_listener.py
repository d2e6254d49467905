from __future__ import annotations

import pytest

from arclogs.ingest.interface import Block, Head
from arclogs.ingest.logs.listener import PARSER
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

TIME = "2026-05-28T20:23:05.310Z"


def records(text: str, **origin: str) -> list[Record]:
    items = PARSER.parse(Block("l.log", 1, text.split("\n"), origin=origin))
    return [item for item in items if isinstance(item, Record)]


def test_text_and_json_say_the_same() -> None:
    (text,) = records(
        f'time={TIME} level=ERROR source=a/client.go:9 msg="request failed" component=worker '
        'namespace=arc-runners "assigned job"=3 error="say \\"no\\""'
    )
    (json_line,) = records(
        f'{{"time":"{TIME}","level":"ERROR","source":{{"function":"f","file":"a/client.go","line":9}},'
        '"msg":"request failed","component":"worker","namespace":"arc-runners","assigned job":3,'
        '"error":"say \\"no\\""}'
    )
    for name in ("text", "level", "logger", "timestamp", "source", "fields"):
        assert getattr(text, name) == getattr(json_line, name)
    assert text.text == 'request failed | error: say "no"'
    assert text.fields["namespace"] == "arc-runners"


def test_the_listeners_own_namespace_is_not_the_runners() -> None:
    (record,) = records(f"time={TIME} level=INFO msg=x", pod="l", namespace="arc-systems")
    assert record.fields == {"pod": "l"}


@pytest.mark.parametrize(
    ("level", "parsed"),
    [("DEBUG", Level.DEBUG), ("DEBUG-4", Level.DEBUG), ("WARN", Level.WARNING), ("INFO+2", None)],
)
def test_level(level: str, parsed: Level | None) -> None:
    assert records(f"time={TIME} level={level} msg=x")[0].level is parsed


def test_a_crash_is_one_error() -> None:
    (record,) = records("panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/w/main.go:9")
    assert (record.level, record.source, len(record.raw)) == (Level.ERROR, Source.LISTENER, 5)


def test_gos_log_package_alone_is_no_proof_of_a_listener() -> None:
    other = ("2026/05/28 20:23:05 http: Server closed",) * 5
    assert PARSER.sniff(Head("x", other)) < 10
    ours = (*other, "2026/05/28 20:23:05 Application returned an error: x")
    assert PARSER.sniff(Head("x", ours)) > 90


def test_json_written_again_with_blanks_is_read() -> None:
    (record,) = records(f'{{"time": "{TIME}", "level": "INFO", "msg": "Getting next message"}}')
    assert (record.text, record.level) == ("Getting next message", Level.INFO)


@pytest.mark.parametrize(
    ("client", "release"), [("v0.2.0", "0.14.0"), ("v0.4.0", "0.14.2"), ("v9.9.9", None)]
)
def test_the_source_place_dates_the_program(client: str, release: str | None) -> None:
    line = f"time={TIME} level=INFO source=github.com/actions/scaleset@{client}/client.go:971 msg=x"
    items = list(PARSER.parse(Block("l.log", 1, [line, line])))
    stated = [(s.name, s.value) for s in items if isinstance(s, Statement)]
    assert stated == ([("controller_version", release)] if release else [])
