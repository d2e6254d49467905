"""Hot lines whose text came so often that reading one more tells nothing new: they are counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.scan.lines import Lines, Rows
    from arclogs.scan.roles import Roles
    from arclogs.scan.shapes import Shape

OFTEN: Final = 256
"""Records of one and the same text that are made; more than any of them is kept (`case.records`)."""
_TEXTS: Final = 4096
"""Texts that are told apart."""

Text: TypeAlias = tuple[Role, int]
"""What all records have in common that rules cannot tell apart: what looks at them, and a hash of it."""


class Often:
    """Knows across the chunks of a member how often each text was read."""

    def __init__(self, shape: Shape) -> None:
        # Where several programs may have written a line the same text may be another's.
        self._apart = len(shape.layout.sources) > 1
        self._seen: dict[Role, dict[int, int]] = defaultdict(dict)
        self.read: dict[int, Text] = {}
        """The texts of lines that are read, by number, until their records come."""

    def take_off(self, lines: Lines, roles: Roles, number: int) -> tuple[list[int], list[Text]]:
        """Take the roles off lines whose text was read often enough; return them and their texts.

        `number` is that of the chunk's first line.
        """
        if self._apart:
            return [], []
        taken: dict[int, Text] = {}
        for role in (Role.HOT, Role.FIELDS):
            rows = np.flatnonzero(roles == role)
            if not len(rows):
                continue
            codes, long = lines.digests(rows, text=role is Role.HOT)
            enough = [code for code, count in self._seen[role].items() if count >= OFTEN]
            full = ~long & np.isin(codes, np.array(enough, dtype=np.uint64))
            taken.update(zip(rows[full].tolist(), ((role, code) for code in codes[full].tolist())))
            rest = np.flatnonzero(~(long | full))
            for row, code in self._beyond(roles, rows[rest], codes[rest], role, number):
                taken[row] = role, code
        taken = dict(sorted(taken.items()))
        roles[list(taken)] = 0
        return list(taken), list(taken.values())

    def _beyond(
        self, roles: Roles, rows: Rows, codes: NDArray[np.uint64], role: Role, number: int
    ) -> Sequence[tuple[int, int]]:
        """Count texts that were not read often enough; return the lines by which they were."""
        seen = self._seen[role]
        # If the next line starts a record, this one is alone in its own.
        alone = np.append(roles[1:], np.uint8(Role.CONTEXT))[rows] != Role.CONTEXT
        beyond = []
        for row, code, single in zip(rows.tolist(), codes.tolist(), alone.tolist()):
            count = seen.get(code)
            if count is None and len(seen) >= _TEXTS:
                continue
            if (count or 0) >= OFTEN:
                beyond.append((row, code))
            elif single:
                seen[code] = (count or 0) + 1
                self.read[number + row] = role, code
        return beyond
