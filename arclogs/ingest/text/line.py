"""A line of a program's log, and the pod that wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_KNOWN_PODS = 4096


class Line(NamedTuple):
    """One line of a log.

    `raw` is the line as the member has it. Where a container runtime had split the line, `raw` is
    the first piece's prefix with the whole line after it: what a rule matches must be on the screen,
    and a secret that was cut in two must still be found.
    """

    number: int
    raw: str
    text: str
    """Without what carried it and without terminal control sequences."""
    timestamp: datetime | None
    """What the carrier says of the time; None where it says nothing or no zone."""
    origin: Mapping[str, str]
    """The block's origin, with pod and container of this line. One object per pod and container."""


class Pods:
    """Gives the lines of one pod and container one shared origin."""

    def __init__(self, base: Mapping[str, str]) -> None:
        self.base = base
        self._of: dict[tuple[str | None, str | None, str | None], Mapping[str, str]] = {}

    def of(
        self, pod: str | None, container: str | None = None, namespace: str | None = None
    ) -> Mapping[str, str]:
        """Return the origin of a line that names these; what is None is left to the block."""
        key = (pod, container, namespace)
        known = self._of.get(key)
        if known is None:
            if len(self._of) >= _KNOWN_PODS:
                self._of.clear()
            said = {"pod": pod, "container": container, "namespace": namespace}
            known = {**self.base, **{name: value for name, value in said.items() if value}}
            self._of[key] = known
        return known
