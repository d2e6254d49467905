r"""What structured lines say beside their text, read once for each template by the format's own reader.

    …"ephemeralrunner": {"name":"linux-k8s-x2f7d-runner-w9k4d","namespace":"arc-runners"}}
    …"ephemeralrunner": {"name":"\ue000","namespace":"arc-runners"}}        the template

Most lines differ in text and one name, if at all: it is kept apart (`browse.parameter`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import polars as pl

from arclogs.browse.block import SUSPECT
from arclogs.browse.bulk.cut import cut, cut_of
from arclogs.browse.doubt import doubtful
from arclogs.browse.parameter import MARK, TEMPLATE
from arclogs.browse.rows import SCHEMA, record_row
from arclogs.ingest.carriers.prefixes import origin_behind
from arclogs.ingest.logs.dind import read_dockerd
from arclogs.ingest.logs.listener import SlogReader
from arclogs.ingest.logs.zap import ZapReader
from arclogs.ingest.text.line import Line
from arclogs.ingest.text.origin import origin_of
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from arclogs.ingest.logs.assemble import Draft
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.buffer import Words

_MOST: Final = 65_536
"""Templates of one origin that are remembered."""
TOLD: Final = tuple(
    name for name in SCHEMA if name not in ("time", "level", "source", "member", "line", "text")
)
"""Columns that a template fills."""
_PLACE: Final = {name: list(SCHEMA).index(name) for name in SCHEMA}
_FLAGS: Final = ("alone", SUSPECT, TEMPLATE)
_KEPT: Final = {
    **dict.fromkeys(_FLAGS, pl.Boolean), "level": pl.UInt8, **dict.fromkeys(TOLD, pl.String),
}  # fmt: skip


class Example(NamedTuple):
    """A line of a template."""

    line: str
    text: slice
    rest: slice
    parameter: slice


class Templates:
    """Reads the lines of one origin (`origin_in`) whose parts are told."""

    def __init__(self, origin: Mapping[str, str], shape: Shape) -> None:
        self._shape, self._cut = shape, cut_of(shape)
        self._origin = origin
        self._zap = ZapReader()
        readers: dict[str, Callable[[Line], Draft | None]] = {
            "controller": self._zap.read, "listener": SlogReader().read, "dind": read_dockerd,
        }  # fmt: skip
        self._read = readers.get(shape.layout.parser)
        self.tell_all = self._read is not None
        """Whether they tell all that lines share, not only level and logger."""
        self._skipped = shape.carried
        self._forget()

    def _forget(self) -> None:
        self._keys = np.zeros(0, dtype=np.uint64)
        """In order."""
        self._at = np.zeros(0, dtype=np.int64)
        """Of each key the row of `_told`."""
        self._told = pl.DataFrame(schema=_KEPT)

    def tell(
        self, keys: Words, example: Callable[[int], Example]
    ) -> tuple[pl.DataFrame, NDArray[np.int64]]:
        """Return what lines share, and where each has its part of that; `example` gives one of them."""
        places = self._known(keys)
        if (places < 0).any():
            if len(self._keys) > _MOST:
                self._forget()
                places[:] = -1
            self._learn(keys, np.flatnonzero(places < 0), example)
            places = self._known(keys)
        used = np.zeros(self._told.height, dtype=bool)
        used[places] = True
        if used.all():
            return self._told, places
        return self._told.filter(pl.Series(used)), (np.cumsum(used) - 1)[places]

    def _known(self, keys: Words) -> NDArray[np.int64]:
        """Return the rows of keys, -1 where a key is not known."""
        if not len(self._keys):
            return np.full(len(keys), -1, dtype=np.int64)
        spots = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[spots] == keys, self._at[spots], -1)

    def _learn(
        self, keys: Words, rows: NDArray[np.int64], example: Callable[[int], Example]
    ) -> None:
        new, first = np.unique(keys[rows], return_index=True)
        order = np.argsort(first)
        told = self._tell([example(row) for row in rows[first[order]].tolist()])
        at = np.append(self._at, np.argsort(order) + self._told.height)
        every = np.append(self._keys, new)
        sort = np.argsort(every)
        self._keys, self._at = every[sort], at[sort]
        self._told = pl.concat([self._told, told], rechunk=True)

    def _tell(self, some: Sequence[Example]) -> pl.DataFrame:
        """Return what the templates of some lines tell."""
        if self._read is None:
            whole = cut(pl.Series([each.line for each in some], dtype=pl.String), self._shape)
            none = [pl.lit(None, pl.String).alias(name) for name in TOLD if name != "logger"]
            flags = [pl.lit(name == SUSPECT).alias(name) for name in _FLAGS]
            return whole.select("level", "logger", *none, *flags).select(*_KEPT)
        rows = [self._template(each) for each in some]
        return pl.DataFrame(
            [(alone, suspect, any(MARK in value for value in told if value), level, *told)
             for (alone, level, *told), suspect in zip(rows, _doubtful(rows))],
            schema=_KEPT, orient="row",
        )  # fmt: skip

    def _template(self, of: Example) -> tuple[Any, ...]:
        """Return whether its lines must be read one by one, the level, and what it tells."""
        line, again = of.line, self._cut.again
        if of.parameter.start < of.parameter.stop:
            line = f"{line[: of.parameter.start]}{MARK}{line[of.parameter.stop :]}"
        draft = self._draft(line[self._skipped :])
        if (
            draft is None
            or draft.text != of.line[of.text]
            or again in of.line[of.rest]
            or of.line.count(again, self._skipped, of.text.start) > 1
        ):
            return True, 0, *(None,) * len(TOLD)
        row = self._row(draft)
        return False, row[_PLACE["level"]], *(row[_PLACE[name]] for name in TOLD)

    def read_alone(self, lines: pl.DataFrame) -> pl.DataFrame:
        """Return `time`, `text`, `level` and `TOLD` of lines (`line`, `time`) as they stand."""
        rows = []
        for line, time in lines.rows():
            text = line[self._skipped :]
            draft = self._draft(text)
            if draft is None:  # JSON that is none: the stamp in it counts for nothing
                time = parse_timestamp(line.partition(" ")[0]) if self._skipped else None
                draft = self._zap.bare(self._line(text))
            row = self._row(draft)
            rows.append((time, *(row[_PLACE[name]] for name in ("text", "level", *TOLD))))
        schema = {name: SCHEMA[name] for name in ("time", "text", "level", *TOLD)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _draft(self, text: str) -> Draft | None:
        assert self._read is not None
        return self._read(self._line(text))

    def _line(self, text: str) -> Line:
        return Line(1, text, text, None, self._origin)

    def _row(self, draft: Draft) -> tuple[Any, ...]:
        return record_row(
            Record("", 1, draft.source, draft.text, (), None, draft.level, draft.logger,
                   draft.fields)
        )  # fmt: skip


def origin_in(like: Record, shape: Shape) -> Mapping[str, str]:
    """Return what the path of a member tells of its lines, and what carries all of them."""
    own = origin_of(like.member)
    return origin_behind(like.raw[0], own) if shape.carrier == "prefix" else own


def _doubtful(rows: Sequence[tuple[Any, ...]]) -> list[bool]:
    """Return of each row whether redaction could change what it tells."""
    texts = [(at, text) for at, row in enumerate(rows) for text in row if isinstance(text, str)]
    held = doubtful(pl.Series([text for _, text in texts], dtype=pl.String))
    found = {at for (at, _), doubt in zip(texts, held) if doubt}
    return [at in found for at in range(len(rows))]
