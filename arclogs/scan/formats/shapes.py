r"""What a dull line looks like in each format.

    2026-11-23T02:06:24Z<TAB>INFO<TAB>EphemeralRunner<TAB>Creating new pod<TAB>{"version": "0.12.1"}
    `--------- stamp --' `------- own --------------' `--------- any ASCII text ------------'

A line of the shape starts a record of one line, below error level, of the block's own program and pod,
with the time that stands in it; its text is a part of the line as it stands. Reading it leaves a parser
as any other line of the shape would. That is what `sift` relies on, and what `tests/scan` holds against
the parsers. All doubt goes the other way: a line that is not of the shape is read by the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.ingest.carriers import prefixes, runtime_files
from arclogs.ingest.carriers.transport import margin_of
from arclogs.scan.formats.layout import ANY_DIGIT, CLOCK, DATE, DAY, TIME
from arclogs.scan.formats.layouts import LAYOUTS
from arclogs.scan.formats.text_layouts import TEXT_LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.formats.layout import Layout

_STAMP: Final = rf"{DATE}T{CLOCK}\.\d{{9}}Z"
_STAMP_WIDTH: Final = len("2026-11-23T02:06:24.214553000")
_ENOUGH: Final = 0.5
"""Share of dull lines in the head below which a member is not worth it."""


_LONGEST_PREFIX: Final = 400


class Carriage(NamedTuple):
    """What carries every line of a member."""

    carrier: str
    pattern: str
    forms: tuple[str, ...]
    """The same as `pattern`, as `beginning` writes it."""
    stamped: bool = False
    """It begins with a stamp of nine digits."""

    @property
    def width(self) -> int:
        """Return how much of each line it takes."""
        return len(self.forms[0])


_STAMP_FORM: Final = f"{DAY}T{TIME}.{9 * ANY_DIGIT}Z "
_BARE: Final = Carriage("bare", "", ("",))
_TIMESTAMPS: Final = Carriage("timestamps", f"{_STAMP} ", (_STAMP_FORM,), stamped=True)
_CRI: Final = Carriage(
    "cri",
    f"{_STAMP} std(?:out|err) F ",
    (f"{_STAMP_FORM}stdout F ", f"{_STAMP_FORM}stderr F "),
    stamped=True,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape of one member: a layout, what carries it, how fine its stamps are."""

    layout: Layout
    carrier: str
    dull: str
    """Rust's engine tells by it whether a line is of the shape."""
    header: str
    """The same of a line that starts a record like any other, but is not dull."""
    offset: int
    width: int
    """Of the stamps: they all have the same, so that they sort as text."""

    carried: int
    """Where the program's own line begins."""
    forms: tuple[tuple[str, int], ...]
    """What its lines begin with, up to the zone (`beginning`), each with where its stamp stands."""


def shape_of(parser: str, head: Sequence[str]) -> Shape | None:
    """Return the shape that most lines of a head have, or None."""
    carriage = _carriage(head)
    if carriage is None:
        return None
    worn = [line for line in head if line]
    for shape in _shapes(carriage):
        if shape.layout.parser == parser:
            dull = re.compile(shape.dull)
            if sum(dull.match(line) is not None for line in worn) >= len(worn) * _ENOUGH:
                return shape
    return None


def parser_of(head: Sequence[str]) -> str | None:
    """Return the parser of a head that has one program's shape throughout: of all it is the surest.

    None where some line has another, which says nothing of the parser.
    """
    carriage = _carriage(head)
    worn = [line for line in head if line]
    for shape in _shapes(carriage) if carriage is not None and worn else ():
        if shape.layout in TEXT_LAYOUTS:
            break
        dull = re.compile(shape.dull)
        if dull.match(worn[0]) and all(map(dull.match, worn)):
            return shape.layout.parser
    return None


@lru_cache(maxsize=64)
def _shapes(carriage: Carriage) -> tuple[Shape, ...]:
    return tuple(
        _shape(layout, carriage, digits)
        for layout in (*LAYOUTS, *TEXT_LAYOUTS)
        if layout.prefixed or carriage.carrier != "prefix"
        for digits in layout.fraction
    )


def _shape(layout: Layout, carriage: Carriage, digits: int) -> Shape:
    fraction = rf"{layout.point}\d{{{digits}}}" if digits else ""
    start = f"^{carriage.pattern}(?:{'|'.join(map(re.escape, layout.before))})"
    stamp = ""
    offset, width = carriage.width + layout.offset, 19 + (digits + 1 if digits else 0)
    if layout.between:
        start += f"{DATE}{layout.between}{CLOCK}{fraction}"
        point = layout.point.removeprefix("\\") if digits else ""
        stamp = f"{DAY}{layout.between}{TIME}{point}{digits * ANY_DIGIT}"
    else:  # what carries the line may know its time
        offset, width = 0, _STAMP_WIDTH if carriage.stamped else 0
    start += re.escape(layout.zone)
    return Shape(
        layout,
        carriage.carrier,
        f"{start}{layout.behind}",
        f"{start}{layout.loud}" if layout.loud else "",
        offset,
        width,
        carriage.width,
        tuple(
            (f"{carried}{before}{stamp}{layout.zone}", len(carried) + len(before))
            for carried, before in product(carriage.forms, layout.before)
        ),
    )


def _carriage(head: Sequence[str]) -> Carriage | None:
    if margin_of(head):
        return None
    carrier = prefixes.carrier_of(head)
    if carrier is prefixes.prefixed:
        # Every line must be of the pod that the first is of.
        prefix = next(filter(None, map(prefixes.prefix_of, head)), "")
        return Carriage("prefix", re.escape(prefix), (prefix,)) if _is_form(prefix) else None
    known: dict[object, Carriage] = {
        prefixes.bare: _BARE,
        prefixes.timestamps: _TIMESTAMPS,
        runtime_files.cri_lines: _CRI,
    }
    return known.get(carrier)


def _is_form(prefix: str) -> bool:
    return prefix.isascii() and prefix.isprintable() and len(prefix) < _LONGEST_PREFIX
