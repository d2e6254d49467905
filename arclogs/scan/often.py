"""Hot lines whose text came so often that reading one more tells nothing new: they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from arclogs.scan.lines.json_check import whole_tails
from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.buffer import Mask
    from arclogs.scan.lines.lines import Lines, Rows
    from arclogs.scan.roles import Roles

OFTEN: Final = 200
"""Records of one text that are made: as many as may be kept of a template (`case.records.store`)."""
_TEXTS: Final = 4096
"""Texts that are told apart."""

Text: TypeAlias = int
"""A hash of what all records have in common that rules cannot tell apart."""
_OF_FIELDS: Final = np.uint64(0x5555555555555555)
"""Sets the hashes of lines at whose fields a rule looks apart from others."""


class Often:
    """Knows across the chunks of a member how often each text was read."""

    def __init__(self, shape: Shape) -> None:
        # Where several programs may have written a line the same text may be another's.
        self._apart = len(shape.layout.sources) > 1
        layout = shape.layout
        self._tails = bool(layout.opens) and layout.later is None
        """With fields that are none a line has another text."""
        self._seen: dict[Text, int] = {}
        self._enough: set[Text] = set()
        self.read: dict[int, Text] = {}
        """The texts of lines that are read, by number, until their records come."""

    def take_off(self, lines: Lines, roles: Roles, number: int) -> tuple[list[int], list[Text]]:
        """Take the roles off lines whose text was read often enough; return them and their texts.

        `number` is that of the chunk's first line.
        """
        rows = np.flatnonzero((roles == Role.HOT) | (roles == Role.FIELDS))
        if self._apart or not len(rows):
            return [], []
        codes, told = self._codes(lines, roles, rows)
        full = told & np.isin(codes, np.array([*self._enough], dtype=np.uint64))
        rest = np.flatnonzero(told & ~full)
        if len(rest):
            full[rest[self._beyond(roles, rows[rest], codes[rest], number)]] = True
        taken = rows[full]
        roles[taken] = 0
        return taken.tolist(), codes[full].tolist()

    def _codes(self, lines: Lines, roles: Roles, rows: Rows) -> tuple[NDArray[np.uint64], Mask]:
        """Return the texts of lines, and of which lines they can be told."""
        codes, long = lines.digests(rows, text=True)
        of_fields = np.flatnonzero(roles[rows] == Role.FIELDS)
        if len(of_fields):
            whole, too_long = lines.digests(rows[of_fields], text=False)
            codes[of_fields] = whole ^ _OF_FIELDS
            long[of_fields] = too_long
        told = ~long
        if self._tails:
            told &= whole_tails(lines, rows)
        return codes, told

    def _beyond(
        self, roles: Roles, rows: Rows, codes: NDArray[np.uint64], number: int
    ) -> list[int]:
        """Count texts that were not read often enough; return the lines by which they were, by index."""
        # If the next line starts a record, this one is alone in its own.
        alone = np.append(roles[1:], np.uint8(Role.CONTEXT))[rows] != Role.CONTEXT
        beyond = []
        seen, enough = self._seen, self._enough
        for index, (row, code) in enumerate(zip(rows.tolist(), codes.tolist())):
            if code in enough:
                beyond.append(index)
                continue
            count = seen.get(code, 0)
            if alone[index] and (count or len(seen) < _TEXTS):
                seen[code] = count + 1
                self.read[number + row] = code
                if count + 1 >= OFTEN:
                    enough.add(code)
        return beyond
