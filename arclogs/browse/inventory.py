"""The inventory of a bundle that was opened: the same answers as in a report, without judging."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import arclogs
from arclogs.case.coverage.coverage import coverage
from arclogs.case.environment import environment
from arclogs.errors import NothingToAnalyze
from arclogs.model.inventory import Inventory, KindCount
from arclogs.rules.findings.about import about_bundle, why_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.browse.opened import Opened
    from arclogs.case.case import Case
    from arclogs.case.objects.objects import KubeObject


def take_inventory(opened: Opened) -> Inventory:
    """Return what a bundle holds; raise NothingToAnalyze where that is nothing readable."""
    if nothing := why_nothing(opened.gathered):
        raise NothingToAnalyze(nothing)
    return Inventory(
        arclogs=arclogs.__version__,
        bundle=about_bundle(opened.bundle, opened.gathered, opened.case),
        environment=environment(opened.case),
        objects=tuple(count_kinds(opened.case)),
        coverage=coverage(opened.gathered, opened.case),
    )


def count_kinds(case: Case) -> Iterator[KindCount]:
    """Yield how many objects of each kind there are: what is live first, then what is declared."""
    proven = case.collected.kinds()
    for declared, index in ((False, case.live), (True, case.declared)):
        by_kind: dict[str, list[KubeObject]] = defaultdict(list)
        for item in index.everything():
            by_kind[item.kind].append(item)
        for kind in sorted(by_kind):
            homes = {item.namespace for item in by_kind[kind]} - {None}
            yield KindCount(
                kind=kind,
                objects=len(by_kind[kind]),
                namespaces=tuple(sorted(str(home) for home in homes)),
                declared=declared,
                collected=kind in proven and not declared,
            )
