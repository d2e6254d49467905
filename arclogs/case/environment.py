"""The environment as the report shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.model.report import Environment

if TYPE_CHECKING:
    from arclogs.case.case import Case


def environment(case: Case) -> Environment:
    """Return versions and names. Where the bundle states several values, all are shown."""
    facts = case.facts

    def said(name: str) -> str | None:
        return ", ".join(facts.all(name)) or None

    return Environment(
        controller_version=said("controller_version"),
        chart_version=said("chart_version"),
        runner_version=said("runner_version"),
        hook_version=said("hook_version") or said("hook_versions"),
        container_mode=said("container_mode"),
        kubernetes_version=said("kubernetes_version"),
        scale_sets=tuple(sorted(facts.all("scale_set"))),
        namespaces=tuple(sorted(facts.all("namespace"))),
    )
