from __future__ import annotations

from datetime import UTC, datetime, timedelta

from arclogs.ingest.interface import Block
from arclogs.ingest.logs.assemble import RECORD_LINES, Desk, Draft, Notebook, assemble
from arclogs.ingest.text.line import Line
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Level, Record, Source

START = datetime(2026, 11, 23, tzinfo=UTC)
ORIGIN = {"pod": "p"}


def line(number: int, text: str, origin: dict[str, str] = ORIGIN) -> Line:
    return Line(number, f"raw {text}", text, None, origin)


def records(lines: list[Line]) -> list[Record]:
    """Assemble lines of which those with `!` start a message and indented ones continue it."""
    desk = Desk(Block("a.log", 1, ()))

    def start(one: Line) -> Draft | None:
        return Draft(one, Source.RUNNER, one.text, None, Level.ERROR) if "!" in one.text else None

    def continues(one: Line) -> str | None:
        return one.text if not one.text or one.text.startswith(" ") else None

    def bare(one: Line) -> Draft | None:
        return None if one.text == "drop" else Draft(one, Source.UNKNOWN, one.text)

    items = list(assemble(desk, iter(lines), start, continues, bare))
    return [item for item in items if isinstance(item, Record)]


def test_lines_become_records_with_their_continuation() -> None:
    first, second, third = records(
        [
            line(1, "! a"),
            line(2, " b"),
            line(3, ""),
            line(4, " c"),
            line(5, ""),
            line(6, "! d"),
            line(7, "e"),
        ]
    )
    assert first.text == "! a\n b\n\n c"
    assert first.raw == ("raw ! a", "raw  b", "raw ", "raw  c")
    assert (first.line, first.level, first.fields) == (1, Level.ERROR, ORIGIN)
    assert (second.text, second.raw, second.line) == ("! d", ("raw ! d",), 6)
    assert (third.text, third.source) == ("e", Source.UNKNOWN)
    place, raw = first.at(first.text.index("c"))
    assert (place.line, raw) == (4, "raw  c")


def test_a_line_that_does_not_adjoin_is_no_continuation() -> None:
    assert [r.text for r in records([line(1, "! a"), line(3, " b")])] == ["! a", " b"]
    other = {"pod": "q"}
    assert [r.text for r in records([line(1, "! a"), line(2, " b", other)])] == ["! a", " b"]


def test_blank_and_dropped_lines_leave_nothing() -> None:
    assert records([line(1, ""), line(2, " \t"), line(3, "drop")]) == []


def test_a_long_message_goes_on_in_a_second_record_that_is_no_second_error() -> None:
    lines = [line(1, "! a"), *(line(number, f" {number}") for number in range(2, 2 * RECORD_LINES))]
    first, second = records(lines)
    assert len(first.raw) == RECORD_LINES
    assert second.line == RECORD_LINES + 1
    assert (second.level, second.source) == (None, Source.RUNNER)
    joined = "\n".join((first.text, second.text)).split("\n")
    assert joined == [one.text for one in lines]


def test_a_wide_message_goes_on_in_a_second_record() -> None:
    wide = " " + "x" * 60_000
    parts = records([line(1, "! a"), *(line(number, wide) for number in range(2, 12))])
    assert sum(part.text.count(wide) for part in parts) == 10
    assert max(len(part.text) for part in parts) < 400_000
    assert len(parts) > 1


def clocked(steps: list[tuple[int, dict[str, str]]]) -> list[Note]:
    desk = Desk(Block("a.log", 1, ()))
    for number, (seconds, origin) in enumerate(steps):
        time = START + timedelta(seconds=seconds)
        desk.start(Draft(line(number, "x", origin), Source.RUNNER, "x", time))
    return [item for item in desk.close() if isinstance(item, Note)]


def test_a_clock_that_steps_back_is_noted_once() -> None:
    (note,) = clocked([(0, ORIGIN), (11_000, ORIGIN), (200, ORIGIN), (100, ORIGIN)])
    assert note == Note("a.log", Code.TIME_UNORDERED, "time steps back by 3:00:00 at line 2")


def test_small_steps_and_other_pods_are_in_order() -> None:
    other = {"pod": "q"}
    assert clocked([(100, ORIGIN), (50, ORIGIN), (100, ORIGIN)]) == []
    assert clocked([(1_000, ORIGIN), (0, other), (2_000, ORIGIN)]) == []


def test_notebook_says_each_thing_once_and_is_bounded() -> None:
    book = Notebook("a.log")
    for number in range(99):
        book.once(Code.TIME_NO_YEAR, f"first at {number}")
        book.each(Code.KUBECTL_ERROR, f"error {number % 30}")
    notes = list(book.notes())
    assert notes[0] == Note("a.log", Code.TIME_NO_YEAR, "first at 0")
    assert [note.detail for note in notes[1:]] == [f"error {number}" for number in range(20)]
