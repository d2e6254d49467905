from __future__ import annotations

from pathlib import Path

from arclogs.ingest.interface import Head
from arclogs.ingest.kubectl.progress import KubectlProgress
from arclogs.model.coverage import Code, Note
from arclogs.model.record import Level, Source
from tests.ingest.member_reading import coverage, read, records

ABOUT = Path(__file__).parents[1] / "data" / "about"


def test_a_rollout_that_does_not_finish() -> None:
    items = read(ABOUT / "rollout-status.txt")
    waiting, failed = records(items)
    assert {waiting.source, failed.source} == {Source.KUBECTL}
    assert (waiting.level, failed.level) == (Level.INFO, Level.ERROR)
    assert [n.code for n in items if isinstance(n, Note)] == [Code.KUBECTL_ERROR]


def test_what_was_applied_and_deleted() -> None:
    items = read(ABOUT / "apply.txt")
    assert [r.level for r in records(items)] == [Level.WARNING, *[Level.INFO] * 3]
    assert coverage(items).parser == "kubectl-progress"


def test_a_log_that_mentions_it_is_not_kubectls() -> None:
    for lines in (
        ("pod deleted", "x"),
        ("Waiting for a runner to pick up this job...",),
        ("2026-01-01T00:00:00Z pod/x created",),
        ("a", "b", 'pod "x" deleted', "c", "d"),
    ):
        assert KubectlProgress().sniff(Head("x", lines)) == 0
