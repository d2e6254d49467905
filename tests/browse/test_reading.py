from __future__ import annotations

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from arclogs.analyze import analyze
from arclogs.browse.bulk.making import BATCH
from arclogs.browse.filter_expression import read_filter
from arclogs.browse.reading import Wish, read_rows
from arclogs.browse.rows import RAW, SCHEMA
from arclogs.browse.shelf import Shelf
from arclogs.errors import NothingToAnalyze, UsageError
from tests.scan.log_texts import text_of

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data" / "bundle"
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())


def read(*sources, wish=None, once=False):
    shelf = Shelf()
    reading = read_rows(sources, wish or Wish(), shelf.put)
    return reading, shelf.in_order(once=once)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_rows_and_objects_are_all_that_a_report_counts(sample):
    reading, frame = read(sample)
    assert frame.height == reading.matched == reading.records + reading.events
    assert frame.height + reading.objects == analyze([sample]).bundle.records


def test_rows_stand_in_order_of_time_and_ages_are_placed():
    _, frame = read(DATA)
    times = frame["time"].to_list()
    assert times == sorted(times)
    assert frame.filter(frame["source"] == "events")["time"].to_list() == [
        datetime(2026, 3, 2, 9, 18, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 10, 4, tzinfo=UTC),
    ]


def test_columns_are_as_agreed():
    _, frame = read(DATA)
    assert dict(frame.schema) == SCHEMA
    _, frame = read(DATA, wish=Wish(raw=True))
    assert frame.columns == [*SCHEMA, RAW]
    original = (DATA / "job-log.txt").read_text().splitlines()
    shown = frame.filter(frame["member"] == "job-log.txt").select("line", RAW).rows()
    assert all(text == original[line - 1] for line, text in shown)


def test_the_same_rows_whatever_the_order_of_members(tmp_path):
    files = sorted(path for path in DATA.rglob("*") if path.is_file())
    frames = []
    for name, order in (("a.tar", files), ("b.tar", files[::-1])):
        with tarfile.open(tmp_path / name, "w") as tar:
            for path in order:
                tar.add(path, path.relative_to(DATA).as_posix())
        frames.append(read(tmp_path / name)[1])
    assert frames[0].equals(frames[1])


def test_once_takes_a_message_from_the_first_member_that_holds_it(tmp_path):
    line = "2026-03-02T10:04:10.0042317Z Current runner version: '2.329.0'\n"
    for name, text in (("b", line * 2), ("a", line * 2), ("c", "no time\n"), ("d", "no time\n")):
        (tmp_path / f"{name}.log").write_text(text)
    assert read(tmp_path)[1].height == 6
    once = read(tmp_path, once=True)[1].select("member", "line").rows()
    assert once == [("a.log", 1), ("a.log", 2), ("c.log", 1), ("d.log", 1)]


def test_secrets_are_replaced_unless_asked_for():
    wish = Wish(read_filter("level:E src:controller"))
    assert "<github-token>" in read(DATA, wish=wish)[1]["text"][0]
    assert "ghp_" not in str(read(DATA, wish=wish)[1].rows())
    bare = read(DATA, wish=Wish(wish.where, redact=False))[1]
    assert "ghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5" in bare["text"][0]


def test_a_stream_of_many_batches():
    lines = BATCH * 2 + 7
    text = "".join(f"2026-03-02T10:04:10.{n % 1000:03}Z line {n}\n" for n in range(lines))
    reading, frame = read(io.BytesIO(text.encode()), wish=Wish(read_filter("/line \\d*7$/")))
    assert (reading.records, reading.matched) == (lines, frame.height)
    assert frame.height == sum(str(n).endswith("7") for n in range(lines))


def test_nothing_readable(tmp_path):
    (tmp_path / "x.log").write_bytes(b"\x7fELF" + bytes(900))
    with pytest.raises(NothingToAnalyze):
        read(tmp_path / "x.log")


@pytest.mark.parametrize("bound", [{"most_rows": 5}, {"most_bytes": 100}], ids=str)
def test_more_than_can_be_sorted_is_refused_with_a_way_out(bound):
    shelf = Shelf(**bound)
    with pytest.raises(UsageError, match="--order member"):
        read_rows([DATA], Wish(), shelf.put)


def test_rows_of_large_logs_are_the_same_read_quickly(tmp_path):
    token = b"ghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    for form in ("controller", "job", "listener"):
        lines = text_of(form, "bare", 2_200, seed=7).splitlines(keepends=True)
        lines[900:900] = [lines[899].rstrip(b"\n") + b" " + token + b"\n"]
        (tmp_path / f"{form}.log").write_bytes(b"".join(lines * 2))
    for wish, shown in ((Wish(), "text"), (Wish(raw=True), RAW)):
        told = {}
        for quickly in (True, False):
            shelf = Shelf()
            read_rows([tmp_path], wish, shelf.put, quickly=quickly)
            told[quickly] = shelf.in_order()
        assert told[True].equals(told[False])
        assert not told[True][shown].str.contains(token.decode(), literal=True).any()
