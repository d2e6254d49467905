"""Timelines of real bundles."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from arclogs.analyze import Options, investigate, report_of
from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.reading import Wish, read_rows
from arclogs.browse.timeline import Tally, Wanted, build_timeline
from arclogs.errors import NothingToAnalyze
from arclogs.rules import load_rules

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"


WHOLE = Wanted()


@cache
def read(source):
    tally = Tally()
    maker = RowMaker(tally.put)
    found = investigate(load_rules(), [source], Options(on_item=maker.see))
    maker.flush()
    return report_of(found), found.case, tally


def timeline_of(source, wanted=WHOLE):
    report, case, tally = read(source)
    return build_timeline(report, case, tally, wanted)


@pytest.fixture(scope="module")
def founding():
    return timeline_of(SAMPLES / "founding-with-accounts")


def lane(timeline, name):
    return next(found for found in timeline.lanes if found.name == name)


def marks(found):
    return [(m.rank, m.number, m.time[11:19]) for m in found.marks if m.rank == 1]


def test_evidence_stands_on_the_lanes_of_what_it_is_about(founding):
    assert marks(lane(founding, "linux-k8s-7hx2q-runner-w9k4d")) == [
        (1, 1, "08:41:03"),  # the pod's creation, from its YAML
        (1, 3, "10:04:20"),  # the line of the job log that the pod's hook wrote
    ]
    assert marks(lane(founding, "objects")) == [(1, 2, "09:20:59")]


def test_programs_come_first_and_events_behind_the_pods(founding):
    kinds = [found.kind for found in founding.lanes]
    assert kinds == ["program"] * 3 + ["pod"] * 2 + ["events", "objects"]
    assert [found.name for found in founding.lanes][:2] == ["controller", "listener"]


def test_pods_live_until_they_end(founding):
    waited, ran = lane(founding, "linux-k8s-7hx2q-runner-w9k4d").spans
    assert (waited.label, waited.at, waited.until) == ("waiting", 0, 0)
    assert (ran.label, ran.last, ran.until) == ("running", None, founding.buckets - 1)


@pytest.mark.parametrize("by", ["pod", "job", "file"])
def test_all_lanes_together_are_all_records(by):
    timeline = timeline_of(SAMPLES / "founding-with-accounts", Wanted(by=by))
    counted = sum(b.error + b.warning + b.other for b in timeline.total)
    rows = read_rows([SAMPLES / "founding-with-accounts"], Wish(), lambda frame: None)
    assert counted + timeline.undated + timeline.outside == rows.records
    lanes = [b for found in timeline.lanes for b in found.buckets]
    assert sum(b.error + b.warning + b.other for b in lanes) == counted
    assert all(0 <= m.at < timeline.buckets for found in timeline.lanes for m in found.marks)


def test_jobs_reach_from_their_first_record_to_the_last():
    timeline = timeline_of(SAMPLES / "policy-denies-pod", Wanted(by="job"))
    (span,) = lane(timeline, "build-and-test").spans
    assert (span.first[11:19], span.last[11:19]) == ("10:04:08", "10:04:40")


def test_a_closer_look():
    start = datetime(2026, 9, 17, 10, 4, tzinfo=UTC)
    wanted = Wanted(since=start, until=start + timedelta(minutes=1), per=timedelta(seconds=5))
    timeline = timeline_of(SAMPLES / "founding-with-accounts", wanted)
    assert (timeline.buckets, timeline.bucket_seconds) == (13, 5)
    assert timeline.outside > 0


def test_errors_that_nothing_explains_are_marked(tmp_path):
    (tmp_path / "job.log").write_text("2026-03-02T10:04:20.1140000Z ##[error]never seen before\n")
    (mark,) = lane(timeline_of(tmp_path), "job log").marks
    assert (mark.kind, mark.text) == (
        "unexplained",
        "2026-03-02T10:04:20.1140000Z ##[error]never seen before",
    )


def test_a_log_that_was_not_collected_has_a_lane(tmp_path):
    (tmp_path / "job.log").write_text("2026-03-02T10:04:20.1140000Z ##[error]x\n")
    timeline = timeline_of(tmp_path)
    absent = {found.name: found.note for found in timeline.lanes if not found.collected}
    assert absent == {"controller": "not in the bundle", "listener": "not in the bundle"}


def test_a_stray_time_does_not_blur_all_others(tmp_path):
    lines = [f"2026-03-02T10:{n // 60:02}:{n % 60:02}.0000000Z line\n" for n in range(500)]
    (tmp_path / "job.log").write_text("2020-01-01T00:00:00.0000000Z old\n" + "".join(lines))
    timeline = timeline_of(tmp_path)
    assert timeline.first.startswith("2026-03-02T10:00")
    assert timeline.outside == 1


def test_without_any_time_there_is_no_timeline(tmp_path):
    (tmp_path / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n")
    with pytest.raises(NothingToAnalyze, match="nothing in the bundle has a time"):
        timeline_of(tmp_path)


def test_many_pods_become_one_lane_but_none_with_evidence(tmp_path):
    for number in range(60):
        text = f"2026-03-02T10:04:20Z INFO\tline {number}\n"
        (tmp_path / f"pod-{number:02}.log").write_text(text)
    timeline = timeline_of(tmp_path, Wanted(by="file"))
    rest = [found for found in timeline.lanes if found.kind == "rest"]
    assert [(found.name, found.records) for found in rest] == [("20 other lanes", 20)]
