from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.helm.output import HelmOutput, is_helm_error
from arclogs.ingest.interface import Head
from arclogs.model.observation import Collected, Statement
from arclogs.model.record import Level, Source
from tests.ingest.member_reading import coverage, observations, read, records

DEPLOY = Path(__file__).parents[1] / "data" / "deploy"


def versions(items: list[object]) -> list[tuple[str, str]]:
    return [(x.name, x.value) for x in items if isinstance(x, Statement)]


def test_a_failed_upgrade() -> None:
    items = read(DEPLOY / "helm-upgrade-failed.txt")
    found = records(items)
    assert {r.source for r in found} == {Source.HELM}
    assert [r.level for r in found] == [Level.INFO, Level.INFO, Level.WARNING, Level.ERROR]
    assert found[-1].text.endswith("cannot change roleRef")
    assert versions(items) == []  # what was pulled was not installed


def test_an_install_states_its_chart_and_its_release() -> None:
    items = read(DEPLOY / "helm-install.txt")
    assert versions(items) == [("chart_version", "0.12.1")]
    (release,) = observations(items)
    assert (release.name, release.namespace) == ("linux-k8s", "arc-runners")
    assert coverage(items).parser == "helm+helm-output"


def test_resources_of_a_release_are_tables() -> None:
    items = read(DEPLOY / "helm-status-resources.txt")
    found = {item.kind: item for item in observations(items)}
    assert set(found) == {"HelmRelease", "ServiceAccount", "Role", "AutoscalingRunnerSet"}
    assert found["Role"].fields["metadata"]["creationTimestamp"] == "2026-09-17T09:20:59Z"
    assert found["ServiceAccount"].namespace == "arc-runners"
    # One release's objects: other accounts may exist.
    assert not any(isinstance(item, Collected) for item in items)


def test_debug_lines_have_times() -> None:
    first, *_ = found = records(read(DEPLOY / "helm-debug.txt"))
    assert first.timestamp is not None
    assert first.timestamp.isoformat() == "2026-09-17T09:20:50.118120+00:00"
    assert [r.level for r in found] == [Level.DEBUG, Level.DEBUG, Level.ERROR, Level.DEBUG]


def test_an_error_of_several_lines_is_one() -> None:
    text = (
        "Error: INSTALLATION FAILED: execution error at (x/templates/a.yaml:1:2):\n"
        '\n  githubConfigUrl is required\n\nRelease "x" does not exist. Installing it now.\n'
    )
    first, second = records(read(text))
    assert first.text.split("\n")[2] == "  githubConfigUrl is required"
    assert first.at(len(first.text) - 1)[0].line == 3
    assert (second.level, second.line) == (Level.INFO, 5)


def test_in_a_ticket_its_error_is_helms() -> None:
    text = "we ran it again\nError: UPGRADE FAILED: another operation is in progress\nany idea?\n"
    said = {r.text.split(":")[0]: r.source for r in records(read(text))}
    assert said == {
        "we ran it again": Source.UNKNOWN, "Error": Source.HELM, "any idea?": Source.UNKNOWN,
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Error: Process completed with exit code 1.",
        "Error: Conflict",
        "Error: chart is nice",
        "",
        "x",
    ],
)
def test_errors_of_others(line: str) -> None:
    assert not is_helm_error(line)
    assert HelmOutput().sniff(Head("helm.log", (line, "WARNING: x", "[debug] y", "z"))) == 0
