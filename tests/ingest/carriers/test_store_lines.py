from __future__ import annotations

import pytest

from arclogs.model.record import Source
from tests.ingest.member_reading import read, records

ID = "4f1c" * 16
POD = "linux-k8s-7hx2q-runner-w9k4d"
FORMS = {
    "logcli": f'{{container="runner", namespace="arc-runners", pod="{POD}"}}',
    "logcli-common": f'{{pod="{POD}"}}',
    "aws-tail": f"ip-10-0-1-3-application.var.log.containers.{POD}_arc-runners_runner-{ID}",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_labels_give_pod_and_leave_the_line(form: str) -> None:
    lines = ("√ Connected to GitHub", "2026-09-17 10:03:58Z: Listening for Jobs", "")
    text = "".join(f"2026-09-17T10:03:57.200000Z {form} {line}\n" for line in lines)
    found = records(read(text))
    assert [r.text for r in found] == ["√ Connected to GitHub", "Listening for Jobs"]
    assert {r.fields["pod"] for r in found} == {POD}
    assert {r.source for r in found} == {Source.RUNNER}
    assert [r.timestamp.isoformat() for r in found if r.timestamp] == [
        "2026-09-17T10:03:57.200000+00:00", "2026-09-17T10:03:58+00:00",
    ]  # fmt: skip


def test_a_job_log_is_no_line_of_a_store() -> None:
    (record,) = records(read('2026-09-17T10:03:57.2000000Z {"a": "b"} x\n'))
    assert record.text == '{"a": "b"} x'
