r"""What structured lines say beside their text, read once for each template by the format's own reader.

    …"ephemeralrunner": {"name":"linux-k8s-x2f7d-runner-w9k4d","namespace":"arc-runners"}}
    …"ephemeralrunner": {"name":"\ue000","namespace":"arc-runners"}}        the template

Most rests differ in one name, if at all: it is taken out before and put in after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from arclogs.browse.bulk.cut import VARIES, cut_of
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
    from collections.abc import Callable

    from arclogs.ingest.logs.assemble import Draft
    from arclogs.scan.shapes import Shape

_MOST: Final = 65_536
"""Templates of one member that are remembered."""
TOLD: Final = tuple(
    name for name in SCHEMA if name not in ("time", "level", "source", "member", "line", "text")
)
"""Columns that a template fills."""
_READ: Final = ("text", "level", *TOLD)
_PLACE: Final = {name: list(SCHEMA).index(name) for name in SCHEMA}
_TEMPLATE: Final = {
    "head": pl.String, "rest": pl.String, "alone": pl.Boolean,
    **dict.fromkeys(TOLD, pl.String),
}  # fmt: skip


class Templates:
    """Reads the lines of one member that have fields."""

    def __init__(self, like: Record, shape: Shape) -> None:
        self._cut = cut_of(shape)
        self._member = like.member
        own = origin_of(like.member)
        self._origin = origin_behind(like.raw[0], own) if shape.carrier == "prefix" else own
        self._zap = ZapReader()
        readers: dict[str, Callable[[Line], Draft | None]] = {
            "controller": self._zap.read, "listener": SlogReader().read, "dind": read_dockerd,
        }  # fmt: skip
        self._read = readers[shape.layout.parser]
        self._skipped = shape.carried
        self._known: dict[tuple[str, str], tuple[bool, tuple[Any, ...]]] = {}

    def fill(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return cut lines (`cut`) with the columns that templates tell of."""
        if self._cut.varies:
            varies = pl.col("rest").str.extract(self._cut.varies, 2).alias("varies")
            template = pl.col("rest").str.replace(self._cut.varies, f"${{1}}{VARIES}${{3}}")
        else:
            varies, template = pl.lit(None, pl.String).alias("varies"), pl.col("rest")
        frame = frame.with_columns(varies, template.alias("rest"))
        told = frame.join(
            self._templates(frame), on=["head", "rest"], how="left", maintain_order="left"
        )
        if self._cut.varies:
            told = told.with_columns(_put_in(name) for name in TOLD)
        return self._each_alone(told) if told["alone"].any() else told

    def _templates(self, frame: pl.DataFrame) -> pl.DataFrame:
        if len(self._known) > _MOST:
            self._known.clear()
        new = frame.group_by("head", "rest", maintain_order=True).agg(pl.col("text").first())
        rows = []
        for head, rest, text in new.iter_rows():
            known = self._known.get((head, rest))
            if known is None:
                known = self._known[head, rest] = self._template(head, text, rest)
            rows.append((head, rest, known[0], *known[1]))
        return pl.DataFrame(rows, schema=_TEMPLATE, orient="row")

    def _template(self, head: str, text: str, rest: str) -> tuple[bool, tuple[Any, ...]]:
        """Return whether its lines must be read one by one, and what it tells."""
        assert self._cut.whole is not None
        draft = self._draft(self._cut.whole(head, text, rest))
        if draft is None or draft.text != text or self._cut.again in rest:
            return True, (None,) * len(TOLD)
        row = self._row(draft)
        return False, tuple(row[_PLACE[name]] for name in TOLD)

    def _each_alone(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with its doubtful lines read by the reader as they stand."""
        index = frame["alone"].arg_true()
        rows = []
        for line, time in frame[index].select("line", "time").rows():
            text = line[self._skipped :]
            draft = self._draft(text)
            if draft is None:  # JSON that is none: the stamp in it counts for nothing
                time = parse_timestamp(line.partition(" ")[0]) if self._skipped else None
                draft = self._zap.bare(self._line(text))
            row = self._row(draft)
            rows.append((time, *(row[_PLACE[name]] for name in _READ)))
        read = pl.DataFrame(
            rows, schema={name: SCHEMA[name] for name in ("time", *_READ)}, orient="row"
        )
        frame = frame.with_row_index("at")
        told = read.with_columns(index.alias("at"))
        return frame.update(told, on="at", include_nulls=True).drop("at")

    def _draft(self, text: str) -> Draft | None:
        return self._read(self._line(text))

    def _line(self, text: str) -> Line:
        return Line(1, text, text, None, self._origin)

    def _row(self, draft: Draft) -> tuple[Any, ...]:
        return record_row(
            Record(self._member, 1, draft.source, draft.text, (), None, draft.level, draft.logger,
                   draft.fields)
        )  # fmt: skip


def _put_in(name: str) -> pl.Expr:
    """Return a column with what varies put in again."""
    told = pl.col(name)
    if name == "fields":
        return told.str.replace(VARIES, pl.col("varies").fill_null(""), literal=True)
    return pl.when(told == VARIES).then(pl.col("varies")).otherwise(told).alias(name)
