"""Each folder of data/coverage holds a small bundle and what is to be said of its logs.

After a wanted change: ARCLOGS_UPDATE_GOLDEN=1 pytest tests/case/test_coverage.py, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle import Bundle, Limits
from arclogs.case.case import build_case
from arclogs.case.coverage.coverage import MOST_GAPS, coverage
from arclogs.case.coverage.survey import Survey
from arclogs.case.gather import gather
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Record, Source

DATA = Path(__file__).parents[1] / "data" / "coverage"


def covered(path, notes=()):
    gathered = gather(Bundle([path], Limits()), lambda batch: [False] * len(batch))
    return coverage(gathered, build_case(gathered.evidence), notes)


def shown(found):
    lines = []
    for source in found.sources:
        span = f"{source.first_timestamp} to {source.last_timestamp}"
        lines.append(f"{source.source}: {source.members} members, {source.records} records, {span}")
        lines += [f"  silent {gap.seconds} s from {gap.first}" for gap in source.gaps]
    for doubt in found.shortcomings:
        lines.append(f"{doubt.kind}: {doubt.about}: {doubt.says}")
        lines += [f"  {doubt.command}"] if doubt.command else []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir()))
def test_what_is_said_of_logs(name):
    expected = DATA / name / "expected.txt"
    text = shown(covered(DATA / name / "bundle"))
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        expected.write_text(text)
    assert text == expected.read_text()


def test_members_tell_their_time_and_gaps():
    found = covered(DATA / "cut-and-restarted" / "bundle")
    log, pods = found.members
    assert (log.first_timestamp, log.last_timestamp) == (
        "2026-03-02T10:00:00.000Z",
        "2026-03-02T10:21:06.000Z",
    )
    assert [gap.seconds for gap in log.gaps] == [1260]
    assert (pods.first_timestamp, pods.last_timestamp, pods.gaps) == (None, None, ())


def test_records_of_all_sources_are_those_of_all_members():
    found = covered(DATA / "another-day" / "bundle")
    assert sum(s.records for s in found.sources) == sum(m.records for m in found.members) == 5


def test_a_later_stage_may_add_notes():
    lost = Note("rule x", Code.RULE_ERROR, "it broke")
    assert covered(DATA / "another-day" / "bundle").complete
    assert not covered(DATA / "another-day" / "bundle", [lost]).complete


def test_only_the_longest_gaps_are_listed(tmp_path):
    log = tmp_path / "controller.log"
    stamps = [(hour, minute) for hour in range(20) for minute in (0, 11 + hour)]
    log.write_text("".join(f"2026-03-02T{h:02}:{m:02}:00Z\tINFO\tsetup\tx\n" for h, m in stamps))
    gaps = covered(log).members[0].gaps
    assert len(gaps) == MOST_GAPS
    assert list(gaps) == sorted(gaps, key=lambda gap: gap.first)
    assert min(gap.seconds for gap in gaps) > 19 * 60


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(Source), st.text(max_size=40)), max_size=30))
def test_any_records_can_be_surveyed(records):
    survey = Survey()
    for line, (source, text) in enumerate(records, 1):
        survey.see_record(Record("a.log", line, source, text, (text,), fields={"pod": text}))
    assert sum(log.records for _, _, log in survey.each()) == len(records)
