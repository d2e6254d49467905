"""What is to be collected, and how that follows from a bundle that lacks something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arclogs.case.ties import is_controller_pod

if TYPE_CHECKING:
    from arclogs.case.case import Case


class Scene(Struct, frozen=True):
    """What is to be collected. Empty names are found out by the script."""

    namespaces: tuple[str, ...] = ()
    """Of the runners."""
    controller: str = ""
    """The namespace of the controller."""
    since: str = "24h"
    """How far back logs go, as `kubectl logs --since` takes it."""
    repository: str = ""
    """OWNER/NAME, with `run`: the workflow run whose log is fetched with gh."""
    run: str = ""

    def seen_in(self, case: Case) -> Scene:
        """Fill in what a bundle tells of its cluster and nobody has named."""
        runners = tuple(sorted(case.facts.all("namespace"))) or (
            (case.runner_namespace,) if case.runner_namespace else ()
        )
        controllers = {
            pod.namespace for pod in case.live.of_kind("Pod") if is_controller_pod(pod.name)
        }
        known = sorted(name for name in controllers if name)
        return replace(
            self,
            namespaces=self.namespaces or runners,
            controller=self.controller or (known[0] if len(known) == 1 else ""),
        )
