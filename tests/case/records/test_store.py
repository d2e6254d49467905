"""What is kept of a flood, of copies and of what no rule wants."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from arclogs.case.records.store import KEPT_PER_TEMPLATE, RecordStore
from arclogs.case.records.templates import template_of
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Record, Source

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ERROR = Record("a.log", 1, Source.JOB, "boom 1", ("boom 1",), NOW, Level.ERROR)


def store(*records, wanted=False):
    kept = RecordStore(lambda batch: [wanted] * len(batch))
    for record in records:
        kept.add(record)
    return kept


def test_an_error_is_kept_though_no_rule_wants_it():
    assert store(ERROR).kept() == (ERROR,)


def test_chatter_is_counted_and_not_kept():
    quiet = store(replace(ERROR, level=Level.INFO))
    assert quiet.kept() == ()
    assert quiet.total == 1


def test_chatter_that_a_rule_wants_is_kept():
    assert len(store(replace(ERROR, level=None), wanted=True).kept()) == 1


def test_a_flood_is_cut_counted_and_noted():
    flood = store(
        *(
            replace(ERROR, line=i, text=f"boom {i}", timestamp=None)
            for i in range(KEPT_PER_TEMPLATE + 7)
        )
    )
    assert len(flood.kept()) == KEPT_PER_TEMPLATE
    assert [r.count for r in flood.repeats()] == [7]
    assert [n.code for n in flood.notes()] == [Code.LIMIT_MATCHES]


def test_the_same_log_collected_twice_counts_once():
    copy = replace(ERROR, member="b.log")
    assert store(copy, ERROR).kept() == (ERROR,)


def test_a_line_repeated_within_one_log_counts_each_time():
    assert len(store(ERROR, replace(ERROR, line=2)).kept()) == 2


def test_the_same_words_of_two_pods_are_two_messages():
    here = replace(ERROR, fields={"pod": "a"})
    there = replace(ERROR, member="b.log", fields={"pod": "b"})
    assert len(store(here, there).kept()) == 2


def test_an_excerpt_of_a_job_log_that_names_no_runner_is_no_second_job():
    whole = replace(ERROR, member="run/0_build.txt", line=18, fields={"pod": "a", "step": "Init"})
    step = replace(ERROR, member="run/build/2_Init.txt", line=4)
    assert store(step, whole).kept() == (whole,)


def test_an_excerpt_that_says_more_is_kept():
    whole = replace(ERROR, member="run/0_build.txt", fields={"pod": "a"})
    step = replace(ERROR, member="run/build/2_Init.txt", text="boom 2")
    assert store(step, whole).kept() == (whole, step)


def test_a_line_of_another_program_is_no_excerpt_of_a_job_log():
    whole = replace(ERROR, fields={"pod": "a"})
    other = replace(ERROR, member="b.log", source=Source.RUNNER)
    assert len(store(whole, other).kept()) == 2


def test_what_varies_is_masked():
    line = "pod linux-{}-runner-{} at {} failed {} times ({}-98c5-4b7e-9a1d-6a0f31f7c0aa)"
    one = line.format("7hx2q", "w9k4d", "10.0.12.31:443", 3, "1f0c9e5e")
    two = line.format("9kl4c", "aaaa1", "10.9.1.2:80", 41, "00000000")
    assert template_of(one) == template_of(two)


@given(st.text())
def test_any_text_has_a_template_of_one_line(text):
    assert "\n" not in template_of(text)


def test_a_copy_without_times_counts_once_where_its_pod_is_known():
    bare = replace(ERROR, timestamp=None, fields={"pod": "x"})
    copy = replace(bare, member="b.log")
    assert store(copy, bare).kept() == (bare,)
    assert len(store(bare, replace(copy, line=2)).kept()) == 2
    assert len(store(bare, replace(copy, fields={"pod": "x", "previous": "true"})).kept()) == 2
    unknown = replace(bare, fields={})
    assert len(store(unknown, replace(unknown, member="b.log")).kept()) == 2
