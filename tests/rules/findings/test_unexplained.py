"""What no rule accounts for must surface, grouped, and nothing that a rule explains."""

from __future__ import annotations

from arclogs.case.records.store import KEPT_PER_TEMPLATE
from arclogs.rules import load_rules
from arclogs.rules.findings.unexplained import unexplained
from arclogs.rules.proving import investigate_files

RULES = load_rules()
STEP = "2026-11-20T10:04:10.0000000Z ##[group]Run make\n"


def groups(files):
    case, verdict = investigate_files(files, RULES)
    return unexplained(case, verdict)


def error(text, second=11):
    return f"2026-11-20T10:04:{second:02d}.0000000Z ##[error]{text}\n"


def test_a_new_failure_is_shown_and_not_forced():
    (group,) = groups({"job.log": STEP + error("the flux capacitor of node-7 is at 88 %")})
    assert group.count == 1
    assert group.examples[0].line == 2
    assert "flux capacitor" in group.template


def test_what_a_rule_explains_is_not_shown():
    hook = "2026-11-20T10:04:10.0000000Z ##[group]Run '/home/runner/k8s/index.js'\n"
    assert groups({"job.log": hook + error("HttpError: HTTP request failed")}) == []


def test_the_same_with_other_numbers_is_one_group_and_frequent_comes_first():
    text = (
        STEP
        + error("rare thing")
        + "".join(error(f"worker {i} lost block {i * 7}") for i in range(5))
    )
    assert [(g.count, g.template) for g in groups({"job.log": text})] == [
        (5, "worker <n> lost block <n>"),
        (1, "rare thing"),
    ]


def test_a_flood_is_counted_beyond_what_is_kept():
    count = KEPT_PER_TEMPLATE + 40
    (group,) = groups({"job.log": STEP + "".join(error(f"worker {i} lost") for i in range(count))})
    assert group.count == count


def test_errors_come_before_warning_events_and_bad_states_count_as_errors():
    files = {
        "events.txt": "NAMESPACE  LAST SEEN  TYPE     REASON  OBJECT  MESSAGE\n"
        "ns         5m         Warning  Odd     pod/x   something odd\n"
        "ns         6m         Warning  Odd     pod/y   something odd again\n",
        "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: ns, uid: u}\n"
        "status: {phase: Failed}\n",
    }
    assert [g.template for g in groups(files)] == [
        "Pod phase: Failed",
        "Odd: something odd",
        "Odd: something odd again",
    ]


def events(*rows):
    header = "NAMESPACE  LAST SEEN  TYPE     REASON            OBJECT  MESSAGE\n"
    return {"events.txt": header + "".join(f"{row}\n" for row in rows)}


WAITED = "ns         5m         Warning  FailedScheduling  pod/x   0/7 nodes: waiting for a volume"
PLACED = (
    "ns         {}         Normal   Scheduled         pod/{}   Successfully assigned ns/x to n3"
)


def test_a_pod_that_found_its_node_afterwards_is_no_error():
    assert groups(events(WAITED, PLACED.format("4m", "x"))) == []


def test_a_pod_that_found_no_node_since_is_one():
    for placed in (PLACED.format("6m", "x"), PLACED.format("4m", "y")):
        (group,) = groups(events(WAITED, placed))
        assert group.template.startswith("FailedScheduling")


def test_a_namespace_that_is_being_deleted_is_shown():
    text = "kind: Namespace\napiVersion: v1\nmetadata: {name: ns}\nstatus: {phase: %s}\n"
    assert [g.template for g in groups({"ns.yaml": text % "Terminating"})] == [
        "Namespace phase: Terminating"
    ]
    assert groups({"ns.yaml": text % "Active"}) == []
