r"""What structured lines say beside their text, read once for each template by the format's own reader.

    …"ephemeralrunner": {"name":"linux-k8s-x2f7d-runner-w9k4d","namespace":"arc-runners"}}
    …"ephemeralrunner": {"name":"\ue000","namespace":"arc-runners"}}        the template

Most rests differ in one name, if at all: it is taken out before, and kept apart (`browse.parameter`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from arclogs.browse.block import SUSPECT, first_of
from arclogs.browse.bulk.cut import cut_of
from arclogs.browse.doubt import doubtful
from arclogs.browse.parameter import MARK, PARAMETER, TEMPLATE, filled, open_columns
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
    from collections.abc import Callable, Sequence

    from arclogs.browse.bulk.cut import Varies
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
_TOLD_BY_CODE: Final = {SUSPECT: pl.Boolean, "alone": pl.Boolean, **dict.fromkeys(TOLD, pl.String)}
_OF_A_TEMPLATE: Final = ("head", "before", "lead", "behind")
"""Columns that are the same in all lines of a template; no `lead`: nothing was taken out."""
_PLAIN: Final = r"^[\w.-]+$"


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
        self._known: dict[tuple[str | None, ...], tuple[Any, ...]] = {}

    def fill(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, pl.Series]:
        """Return cut lines (`cut`), what they share of `TOLD`, and where each has its part of that.

        Where it is known which lines may hold a secret, it is known of what they share: no template
        with a parameter may, lines of such a one have their part for themselves.
        """
        assert self._cut.varies is not None
        frame = frame.hstack(_taken_out(frame["rest"], self._cut.varies))
        first, places = first_of(frame.select(_OF_A_TEMPLATE))
        some = frame[first]
        told = self._told(some).with_columns((some["lead"].is_not_null()).alias(TEMPLATE))
        opened = open_columns(told, TOLD)
        if not opened:
            told = told.with_columns(pl.lit(value=False).alias(TEMPLATE))
        apart = told["alone"].gather(places)
        if SUSPECT in frame.columns:
            suspect = frame[SUSPECT] | told.select(
                pl.col("alone") | (pl.col(TEMPLATE) & pl.col(SUSPECT))
            ).to_series().gather(places)
            frame = frame.with_columns(suspect.alias(SUSPECT))
            apart = suspect & (apart | told[TEMPLATE].gather(places))
        rows = apart.arg_true()
        if rows.is_empty():
            return frame, told, places
        frame, own = self._apart(frame, told, places, rows, opened)
        below = pl.int_range(told.height, told.height + own.height, dtype=pl.UInt32, eager=True)
        return frame, pl.concat([told, own]), places.scatter(rows, below)

    def _apart(
        self, frame: pl.DataFrame, told: pl.DataFrame, places: pl.Series, rows: pl.Series,
        opened: Sequence[str],
    ) -> tuple[pl.DataFrame, pl.DataFrame]:  # fmt: skip
        """Return lines, and what some of them tell, each for itself."""
        own = told[places.gather(rows)]
        parameters = frame[PARAMETER].gather(rows)
        own = own.with_columns(filled(own[name], parameters, own[TEMPLATE]) for name in opened)
        own = own.with_columns(pl.lit(value=False).alias(TEMPLATE))
        if SUSPECT in frame.columns:
            own = own.with_columns(pl.lit(value=True).alias(SUSPECT))
        alone = own["alone"].arg_true()
        if alone.is_empty():
            return frame, own
        read = self._read_alone(frame[rows.gather(alone)])
        at = rows.gather(alone).alias("at")
        texts = read.select("time", "text", "level").with_columns(at)
        return _updated(frame, texts), _updated(
            own, read.select(TOLD).with_columns(alone.alias("at"))
        )

    def _told(self, some: pl.DataFrame) -> pl.DataFrame:
        """Return what the templates of some lines tell."""
        if len(self._known) > _MOST:
            self._known.clear()
        keys = []
        new: dict[tuple[str | None, ...], tuple[Any, ...]] = {}
        for *template, text in some.select(*_OF_A_TEMPLATE, "text").iter_rows():
            key = tuple(template)
            keys.append(key)
            if key not in self._known:
                new[key] = self._template(key, text)
        for (key, told), suspect in zip(new.items(), _doubtful(list(new.values()))):
            self._known[key] = (suspect, *told)
        return pl.DataFrame([self._known[key] for key in keys], schema=_TOLD_BY_CODE, orient="row")

    def _template(self, template: tuple[str | None, ...], text: str) -> tuple[Any, ...]:
        """Return whether its lines must be read one by one, and what it tells."""
        assert self._cut.whole is not None
        head, before, lead, behind = template
        rest = f"{before}{lead}{MARK}{behind or ''}" if lead is not None else before
        assert head is not None
        assert rest is not None
        draft = self._draft(self._cut.whole(head, text, rest))
        if draft is None or draft.text != text or self._cut.again in rest:
            return True, *(None,) * len(TOLD)
        row = self._row(draft)
        return False, *(row[_PLACE[name]] for name in TOLD)

    def _read_alone(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return what the reader makes of lines as they stand."""
        rows = []
        for line, time in frame.select("line", "time").rows():
            text = line[self._skipped :]
            draft = self._draft(text)
            if draft is None:  # JSON that is none: the stamp in it counts for nothing
                time = parse_timestamp(line.partition(" ")[0]) if self._skipped else None
                draft = self._zap.bare(self._line(text))
            row = self._row(draft)
            rows.append((time, *(row[_PLACE[name]] for name in _READ)))
        schema = {name: SCHEMA[name] for name in ("time", *_READ)}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _draft(self, text: str) -> Draft | None:
        return self._read(self._line(text))

    def _line(self, text: str) -> Line:
        return Line(1, text, text, None, self._origin)

    def _row(self, draft: Draft) -> tuple[Any, ...]:
        return record_row(
            Record(self._member, 1, draft.source, draft.text, (), None, draft.level, draft.logger,
                   draft.fields)
        )  # fmt: skip


def _taken_out(rests: pl.Series, varies: Varies) -> pl.DataFrame:
    """Return rests without the name that differs: what stands before and behind it, and the name.

    Splitting at fixed texts takes a tenth of the time of an expression with groups; a name that is not
    found so stays where it is.
    """
    sides = _parts(rests, varies.opening, 2)
    if varies.quoted:
        parts = _parts(sides["field_1"], '"', 3)
        lead, name, behind = parts["field_0"] + '"', parts["field_1"], '"' + parts["field_2"]
        fits = parts["field_0"].is_in(["", " "]) & parts["field_2"].is_not_null()
    else:
        parts = _parts(sides["field_1"], " ", 2)
        name, behind = parts["field_0"], " " + parts["field_1"]
        lead = pl.repeat("", len(rests), eager=True)
        fits = name.is_not_null()
    fits = (fits & name.str.contains(_PLAIN)).fill_null(value=False)
    none = pl.Series([None], dtype=pl.String)
    before = sides["field_0"] + varies.opening
    return pl.DataFrame(
        {
            "before": before.zip_with(fits, rests),
            "lead": lead.zip_with(fits, none),
            PARAMETER: name.zip_with(fits, none),
            "behind": behind.zip_with(fits, none),
        }
    )


def _parts(text: pl.Series, by: str, count: int) -> pl.DataFrame:
    return text.str.splitn(by, count).struct.unnest()


def _updated(frame: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index("at").update(some, on="at", include_nulls=True).drop("at")


def _doubtful(rows: Sequence[tuple[Any, ...]]) -> list[bool]:
    """Return of each row whether redaction could change what it tells."""
    texts = [(at, text) for at, row in enumerate(rows) for text in row if isinstance(text, str)]
    held = doubtful(pl.Series([text for _, text in texts], dtype=pl.String))
    found = {at for (at, _), doubt in zip(texts, held) if doubt}
    return [at in found for at in range(len(rows))]
