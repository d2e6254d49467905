"""Every log parser on text that nobody meant to be a log: no crash, no lost place, no blow-up."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.interface import Block, Head
from arclogs.ingest.logs import dind, generic, hook, job_log, listener, runner, zap
from arclogs.ingest.text.lines import decode_lines
from arclogs.ingest.text.origin import origin_of
from arclogs.model.coverage import Note
from arclogs.model.observation import Statement
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.ingest.interface import Parser

PARSERS: tuple[Parser, ...] = (
    runner.PARSER,
    job_log.PARSER,
    hook.PARSER,
    zap.PARSER,
    listener.PARSER,
    dind.PARSER,
    generic.PARSER,
)
SAMPLES = sorted((Path(__file__).parent / "data" / "logs").glob("*/*.[lt][ox][gt]"))
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


def check(parser: Parser, lines: Sequence[str]) -> list[Record]:
    """Parse and hold what every parser promises of its records."""
    assert 0 <= parser.sniff(Head("x.log", tuple(lines[:200]))) <= 100
    records = []
    for item in parser.parse(Block("x.log", 1, lines)):
        assert isinstance(item, Record | Statement | Note)
        if not isinstance(item, Record):
            continue
        records.append(item)
        assert item.text.strip()
        item.text.encode()
        assert len(item.raw) <= item.text.count("\n") + 1
        first = item.line - 1
        assert list(item.raw) == list(lines[first : first + len(item.raw)])
        assert all(isinstance(value, str) for value in item.fields.values())
    return records


FRAGMENTS = st.sampled_from(
    [
        line
        for path in SAMPLES
        for line in path.read_text(encoding="utf-8").split("\n")
        if "\t{" not in line or len(line) < 300
    ]
)
NOISE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=40)
LINES = st.lists(
    st.one_of(
        FRAGMENTS, NOISE, st.builds(lambda a, b, n: a[:n] + b, FRAGMENTS, NOISE, st.integers(0, 90))
    ),
    max_size=12,
)
# Joined pieces have a `raw` of their own (see test_runtime_files).
SPLIT = (" stdout P ", " stderr P ", '{"log":')


@pytest.mark.parametrize("parser", PARSERS, ids=lambda p: p.name)
@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_any_lines(parser: Parser, lines: list[str]) -> None:
    if not any(mark in line for line in lines for mark in SPLIT):
        check(parser, lines)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_a_log_cut_anywhere(path: Path) -> None:
    body = path.read_bytes()
    for cut in range(0, len(body), max(1, len(body) // 60)):
        lines = list(decode_lines([body[:cut]], "x.log", []))
        for parser in PARSERS:
            check(parser, lines)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_no_error_is_lost_when_the_log_is_carried(path: Path) -> None:
    plain = list(decode_lines([path.read_bytes()], "x.log", []))
    parser = max(PARSERS, key=lambda p: p.sniff(Head("x.log", tuple(plain))))
    if parser is job_log.PARSER:
        pytest.skip("comes from GitHub, not through kubectl")
    wanted = [(r.text, r.level, r.source) for r in check(parser, plain)]
    for prefix in (
        "2026-11-23T12:00:00.214553000Z ",
        "[pod/linux-k8s-7hx2q-runner-w9k4d/x] ",
        "[pod/linux-k8s-7hx2q-runner-w9k4d/x] 2026-11-23T12:00:00.214553000Z ",
        "2026-11-23T12:00:00.214553000Z stdout F ",
    ):
        carried = [prefix + line for line in plain]
        head = Head("x.log", tuple(carried))
        assert max(PARSERS, key=lambda p: p.sniff(head)) is parser
        assert [(r.text, r.level, r.source) for r in check(parser, carried)] == wanted


SEEDS = (
    "a", ".", " ", "\t", "\\", '"', "=", "{", "'", "#", "-", "/", "[", "│", "a.", "a-", "a b ", "(",
    "[pod/", "::error ", "##[error ", "Error: ", "2026-11-23T02:06:24Z ", '"error":', 'Body: "',
    '\\"message\\":\\"', "   at ", "%25", "Run a/", "\x1b[", "\x1b]", "\x9b", "12:", '{"', "a-b ",
)  # fmt: skip
OPENINGS = (
    "", "2026-11-23T02:06:24Z\tERROR\tx\t", '{"severity":"', "Run '", 'HTTP-Code: 403 Body: "',
    "[RUNNER 2026-11-23 02:06:24Z INFO ", "I0102 03:04:05.123456 1 ", "::error ", "##[error]",
    "2025-11-18T09:14:07.0214553Z ", 'time=1 level=INFO msg="', '{"log":"',
)  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS)
def test_long_lines_take_linear_time(opening: str) -> None:
    started = time.process_time()
    for seed in SEEDS:
        line = (opening + seed * 32_768)[:32_768]
        for parser in PARSERS:
            parser.sniff(Head("x", (line, line)))
            list(parser.parse(Block("x", 1, (line, "x", line))))
        origin_of(line)
    # 245 lines of 32 KiB three times: a second or two, minutes if a pattern is quadratic.
    assert time.process_time() - started < 30


@pytest.mark.parametrize("parser", PARSERS, ids=lambda p: p.name)
def test_a_flood_of_lines_is_held_one_record_at_a_time(parser: Parser) -> None:
    def flood() -> object:
        yield "the first line"
        for number in range(50_000):
            seen.append(number)
            yield f"  indented line {number}"

    seen: list[int] = []
    items = parser.parse(Block("x.log", 1, flood()))  # type: ignore[arg-type]
    first = next(item for item in items if isinstance(item, Record))
    assert len(first.raw) <= 200
    assert len(seen) < 1_000


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_every_log_of_the_corpus_has_its_parser() -> None:
    wrong = []
    for path in sorted(CORPUS.rglob("*")):
        name = path.name
        known = {"job-log.txt": "job-log", "controller.log": "controller", "runner.log": "runner"}
        if not path.is_file() or path.suffix not in (".log", ".txt") or not path.stat().st_size:
            continue
        lines = list(decode_lines([path.read_bytes()], name, []))
        if lines[0].startswith(("Defaulted", "Error from", "error: ")):
            continue
        parser = max(PARSERS, key=lambda p: p.sniff(Head(name, tuple(lines[:200]))))
        check(parser, lines)
        if name in known and parser.name != known[name]:
            wrong.append((path, parser.name))
    assert wrong == []
