"""How the lines of one member look: which are dull, where their time stamps stand, which are alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from arclogs.scan.beginning import Beginning
from arclogs.scan.likeness import Likeness

if TYPE_CHECKING:
    from arclogs.scan.buffer import Mask, Places
    from arclogs.scan.likeness import Kinds
    from arclogs.scan.lines import Lines
    from arclogs.scan.shapes import Shape


class Looks:
    """Looks at chunk after chunk, and remembers the keys of lines."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._beginnings = [(Beginning(form), at) for form, at in shape.forms]
        self._likeness = Likeness(shape.layout) if shape.layout.key is not None else None
        self._whole = re.compile(shape.dull.encode())

    def look(self, lines: Lines) -> tuple[Mask, Places, Kinds | None]:
        """Return of each line whether it is dull, where its stamp stands, and of what kind it is.

        Of lines that are not dull only the first is true.
        """
        if self._likeness is None:
            return self._by_pattern(lines), lines.starts + self.shape.offset, None
        begins, stamped, fits = self._begun(lines)
        if self._likeness.full:
            return self._by_pattern(lines), stamped, None
        if fits.all():
            kinds = self._likeness.kinds(lines.buffer, begins, lines.ends)
            return self._dull(lines, np.arange(len(lines)), kinds), stamped, kinds
        rows = np.flatnonzero(fits)
        kinds = np.zeros(len(lines), dtype=np.int32)
        kinds[rows] = self._likeness.kinds(lines.buffer, begins[rows], lines.ends[rows])
        fits[rows] = self._dull(lines, rows, kinds[rows])
        return fits, stamped, kinds

    def _begun(self, lines: Lines) -> tuple[Places, Places, Mask]:
        """Return where the zone of each line ends, where its stamp begins, and whether it has them."""
        (beginning, at), *others = self._beginnings
        fits = beginning.fits(lines.buffer, lines.starts)
        begins, stamped = lines.starts + len(beginning.form), lines.starts + at
        for beginning, at in others:
            if fits.all():
                break
            rest = np.flatnonzero(~fits)
            rows = rest[beginning.fits(lines.buffer, lines.starts[rest])]
            begins[rows] = lines.starts[rows] + len(beginning.form)
            stamped[rows] = lines.starts[rows] + at
            fits[rows] = True
        return begins, stamped, fits

    def _dull(self, lines: Lines, rows: Places, kinds: Kinds) -> Mask:
        assert self._likeness is not None
        dull, doubtful, braced = self._likeness.dull(kinds)
        if doubtful.any():
            for index in np.flatnonzero(doubtful).tolist():
                dull[index] = self._whole.match(lines.view_of(rows[index])) is not None
        if braced.any():
            dull &= ~braced | lines.end_with_brace(rows)
        return dull

    def _by_pattern(self, lines: Lines) -> Mask:
        from arclogs.scan.series import dull_by_pattern

        dull: Mask = dull_by_pattern(lines.texts, self.shape, returns=lines.returns).to_numpy()
        return dull
