"""Each log sample, read by its parser, as it was when somebody last looked at it.

`data/logs/<parser>/<case>` is the log, `<case>.items` beside it what comes out: one line for each
item, with the text of a record below it. After a wanted change:
ARCLOGS_UPDATE_GOLDEN=1 pytest tests/ingest/test_log_golden.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arclogs.ingest.interface import Block, Head
from arclogs.ingest.logs import dind, generic, hook, job_log, listener, runner, zap
from arclogs.ingest.text.lines import decode_lines
from arclogs.model.coverage import Note
from arclogs.model.observation import Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from arclogs.ingest.interface import Item, Parser

DATA = Path(__file__).parent / "data"
PARSERS: dict[str, Parser] = {
    "dind": dind.PARSER,
    "generic": generic.PARSER,
    "hook": hook.PARSER,
    "job_log": job_log.PARSER,
    "listener": listener.PARSER,
    "runner": runner.PARSER,
    "zap": zap.PARSER,
}
SAMPLES = sorted(path for path in (DATA / "logs").glob("*/*") if path.suffix in (".log", ".txt"))


def lines_of(path: Path) -> list[str]:
    return list(decode_lines([path.read_bytes()], path.name, []))


def shown(item: Item) -> str:
    match item:
        case Record():
            level = item.level.name if item.level else "-"
            time = item.timestamp.isoformat() if item.timestamp else "-"
            fields = " ".join(f"{key}={value!r}" for key, value in sorted(item.fields.items()))
            head = (
                f"{item.line}+{len(item.raw)} {item.source} {level} {time} {item.logger} {fields}"
            )
            return "\n".join((head, *(f"    {line}" for line in item.text.split("\n"))))
        case Statement():
            about = dict(sorted(item.about.items()))
            return f"{item.location.line} statement {item.name}={item.value} of {about}"
        case Note():
            return f"note {item.code}: {item.detail}"
        case _:
            return repr(item)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_log_is_read_as_agreed(path: Path) -> None:
    parser = PARSERS[path.parent.name]
    items = parser.parse(Block(path.name, 1, lines_of(path)))
    text = "\n".join(map(shown, items)) + "\n"
    golden = path.with_name(f"{path.name}.items")
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_log_is_claimed_by_its_parser_alone(path: Path) -> None:
    head = Head("some.log", tuple(lines_of(path)))
    scores = {name: parser.sniff(head) for name, parser in PARSERS.items()}
    best = scores.pop(path.parent.name)
    assert best > max(scores.values())
    if path.parent.name != "generic":
        assert best >= 60
        assert max(scores.values()) <= 25


@pytest.mark.parametrize("path", sorted((DATA / "other").iterdir()), ids=lambda p: p.name)
def test_other_file_is_claimed_by_no_log_parser(path: Path) -> None:
    head = Head("runner.log", tuple(lines_of(path)))
    scores = {name: parser.sniff(head) for name, parser in PARSERS.items() if name != "generic"}
    assert max(scores.values()) < generic.PARSER.sniff(head)


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("lines", [(), ("",), ("", " ", "\t")], ids=["none", "empty", "blank"])
def test_nothing_is_nothing(name: str, lines: tuple[str, ...]) -> None:
    parser = PARSERS[name]
    assert parser.sniff(Head("x", lines)) == (10 if name == "generic" else 0)
    assert list(parser.parse(Block("x", 1, lines))) == []
