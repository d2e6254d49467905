"""Accounts of one name that are two: of two clusters, or made anew between two dumps.

Their uids differ, so that nothing was put together; but a rule may take one for the other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from arclogs.model.report import Shortcoming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import KubeObject


def twins(live: ObjectIndex) -> Iterator[Shortcoming]:
    """Yield a doubt about the first name that two accounts bear, and how many more do."""
    named: dict[str, list[KubeObject]] = defaultdict(list)
    for item in live.of_kind("ServiceAccount"):
        named[str(item)].append(item)
    doubled = [(name, items) for name, items in named.items() if len(items) > 1]
    for name, items in doubled[:1]:
        about = f"{name} and {len(doubled) - 1} more" if len(doubled) > 1 else name
        places = " and ".join(map(str, sorted(item.location for item in items)[:2]))
        says = (
            f"two uids, in {places}: two clusters, or made anew between two dumps; "
            "what was found may mix the two"
        )
        yield Shortcoming(kind="two-uids", about=about, says=says)
