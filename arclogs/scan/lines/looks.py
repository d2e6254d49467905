"""How the lines of one member look: which are dull, where their time stamps stand, which are alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from arclogs.scan.lines.beginning import Beginning
from arclogs.scan.lines.json_check import zap_lines
from arclogs.scan.lines.likeness import Likeness, Stops

if TYPE_CHECKING:
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.buffer import Mask, Places
    from arclogs.scan.lines.likeness import Alike
    from arclogs.scan.lines.lines import Lines


class Look(NamedTuple):
    """What there is to see of the lines of a chunk."""

    dull: Mask
    stamped: Places
    """Where their time stamps begin."""
    text_ends: Places | None
    """Where their texts end, where the format tells; what follows are fields."""


class Looks:
    """Looks at chunk after chunk, and remembers the keys of lines."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self._beginnings = [(Beginning(form), at) for form, at in shape.forms]
        self._likeness = Likeness(shape.layout) if shape.layout.key is not None else None
        key = shape.layout.key
        self.core_end = ord(key.end) if key is not None and key.end else None
        """The byte that ends cores."""
        self._before = shape.forms[0][0].count(key.end) if key is not None and key.end else 0
        """How many of them stand before the zone ends."""
        self._whole = re.compile(shape.dull.encode())

    def look(self, lines: Lines) -> Look:
        """Return what there is to see of each line; of those that are not dull only that is true."""
        look = self._look(lines)
        if self.shape.layout.later is not None:
            rows = np.flatnonzero(look.dull)
            look.dull[rows] = zap_lines(lines, rows)
        return look

    def _look(self, lines: Lines) -> Look:
        if self._likeness is None:
            return Look(self._by_pattern(lines), lines.starts + self.shape.offset, None)
        begins, stamped, fits = self._begun(lines)
        if self._likeness.full:
            return Look(self._by_pattern(lines), stamped, None)
        at, first, last = lines.stops
        first = first + self._before
        if fits.all():
            alike = self._likeness.tell(lines.buffer, begins, Stops(at, first, last))
            rows = np.arange(len(lines))
            return Look(self._dull(lines, rows, alike), stamped, alike.text_ends)
        rows = np.flatnonzero(fits)
        stops = Stops(at, first[rows], last[rows])
        alike = self._likeness.tell(lines.buffer, begins[rows], stops)
        fits[rows] = self._dull(lines, rows, alike)
        text_ends = None
        if alike.text_ends is not None:
            text_ends = lines.ends.copy()
            text_ends[rows] = alike.text_ends
        return Look(fits, stamped, text_ends)

    def _begun(self, lines: Lines) -> tuple[Places, Places, Mask]:
        """Return where the zone of each line ends, where its stamp begins, and whether it has them."""
        (beginning, at), *others = self._beginnings
        begins, stamped = lines.starts + len(beginning.form), lines.starts + at
        fits = self._fits(lines, beginning, np.ones(len(lines), dtype=bool))
        for beginning, at in others:
            if fits.all():
                break
            rows = np.flatnonzero(self._fits(lines, beginning, ~fits))
            begins[rows] = lines.starts[rows] + len(beginning.form)
            stamped[rows] = lines.starts[rows] + at
            fits[rows] = True
        return begins, stamped, fits

    @staticmethod
    def _fits(lines: Lines, beginning: Beginning, among: Mask) -> Mask:
        """Tell which lines among some begin so; short ones are not looked at, there may be a million."""
        among &= lines.ends - lines.starts >= len(beginning.form)
        if among.all():
            return beginning.fits(lines.buffer, lines.starts)
        rows = np.flatnonzero(among)
        among[rows] = beginning.fits(lines.buffer, lines.starts[rows])
        return among

    def _dull(self, lines: Lines, rows: Places, alike: Alike) -> Mask:
        dull = alike.dull
        if alike.doubtful.any():
            for index in np.flatnonzero(alike.doubtful).tolist():
                dull[index] = self._whole.match(lines.view_of(rows[index])) is not None
        if alike.braced.any():
            dull &= ~alike.braced | lines.end_with_brace(rows)
        return dull

    def _by_pattern(self, lines: Lines) -> Mask:
        from arclogs.scan.lines.series import dull_by_pattern

        dull = dull_by_pattern(lines.texts, self.shape, returns=lines.returns)
        return np.array(dull.to_numpy())
