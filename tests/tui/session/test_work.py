"""What leaves the reading process holds no secret, whichever question it answers."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from arclogs.tui.session import work
from arclogs.tui.session.events import Event, Failed, Order, Ready, SoFar
from arclogs.tui.session.objects import Address
from arclogs.tui.session.work import Work

SAMPLE = Path(__file__).parents[3] / "samples" / "founding-with-accounts"
SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
LOG = f"""\
2026-03-02T10:04:19.0000000Z Current runner version: '2.331.0'
2026-03-02T10:04:20.1140000Z ##[error]Error: HttpError: HTTP request failed with {SECRET}
2026-03-02T10:04:21.1140000Z ##[error]nobody knows what {SECRET} is
"""
POD = f"""\
apiVersion: v1
kind: Pod
metadata: {{name: linux-4bvht-runner-fz572, namespace: arc-runners}}
spec:
  serviceAccountName: linux-gha-rs-kube-mode
  containers:
  - name: runner
    env:
    - name: GITHUB_TOKEN
      value: {SECRET}
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    (tmp_path / "job.log").write_text(LOG)
    (tmp_path / "pod.yaml").write_text(POD)
    return tmp_path


def all_that_is_told(bundle: Path, *, redact: bool) -> bytes:
    """Return the bytes of every event and every answer."""
    told: list[Event] = []
    work = Work(Order((bundle,), redact=redact), told.append, lambda: False)
    work.analyze("hook-api-request-failed")
    assert isinstance(told[-1], Ready)
    answers = [
        work.trace("hook-api-request-failed"),
        work.lines("job.log", 2),
        work.lines("pod.yaml", 10),
        work.objects(),
        work.one_object(Address("Pod", "arc-runners", "linux-4bvht-runner-fz572")),
    ]
    return pickle.dumps([told, answers])


def test_secrets_are_replaced_in_everything_that_is_told(bundle: Path) -> None:
    told = all_that_is_told(bundle, redact=True)
    assert SECRET.encode() not in told
    assert b"<github-token>" in told


def test_they_are_shown_where_that_is_wanted(bundle: Path) -> None:
    assert all_that_is_told(bundle, redact=False).count(SECRET.encode()) >= 4


def test_a_rule_folder_that_is_not_there_is_said(bundle: Path) -> None:
    told: list[Event] = []
    Work(Order((bundle,), (bundle / "none",)), told.append, lambda: False).analyze()
    assert told == [Failed(f"there is no rule folder or rule file {bundle / 'none'}")]


def test_findings_are_told_while_the_rest_is_read_and_the_report_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def told() -> list[Event]:
        events: list[Event] = []
        Work(Order((SAMPLE,)), events.append, lambda: False).analyze()
        return events

    expected = told()[-1]
    monkeypatch.setattr(work, "FIRST_GLANCE", 0)
    monkeypatch.setattr(work, "SELDOM", 0)
    events = told()
    glances = [event.findings for event in events if isinstance(event, SoFar)]
    assert len(glances) > 5
    assert glances[0] == ()
    assert "sa-token-rejected" in [found.rule for found in glances[-1]]
    assert events[-1] == expected
