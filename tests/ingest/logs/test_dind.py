from __future__ import annotations

from arclogs.ingest.interface import Block
from arclogs.ingest.logs.dind import PARSER
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Level, Record, Source

STAMP = "2024-03-07T11:20:41.257025716Z"


def records(*lines: str) -> list[Record]:
    return [i for i in PARSER.parse(Block("d.log", 1, lines)) if isinstance(i, Record)]


def test_keys_of_other_things_are_not_the_pods() -> None:
    (record,) = records(f'time="{STAMP}" level=info msg="x" module=libcontainerd namespace=moby')
    assert (record.logger, record.fields, record.source) == ("libcontainerd", {}, Source.DIND)


def test_fatal_error_goes_on_in_an_indented_line() -> None:
    first, second = records(
        f'time="{STAMP}" level=info msg=x',
        "failed to start daemon: iptables failed",
        " (exit status 4)",
    )
    assert first.level is Level.INFO
    assert (second.text, second.level) == (
        "failed to start daemon: iptables failed\n (exit status 4)",
        Level.ERROR,
    )


def test_line_that_was_cut_keeps_what_it_has() -> None:
    (record,) = records(f'time="{STAMP}" level=error msg="failed to pull \\"x')
    assert (record.text, record.level) == ('failed to pull "x', Level.ERROR)


def test_impossible_time_is_noted() -> None:
    items = list(PARSER.parse(Block("d", 1, ('time="0001-01-01T00:00:00Z" level=info msg=x',))))
    assert [i.code for i in items if isinstance(i, Note)] == [Code.TIME_OUT_OF_RANGE]
