from __future__ import annotations

import polars as pl

from arclogs.browse.block import Block, block_of, joined
from arclogs.browse.bulk.making import RowMaker
from arclogs.browse.filter_expression import expression, read_filter
from arclogs.browse.index import RowIndex
from arclogs.browse.parameter import MARK, PARAMETER, TEMPLATE, filled, open_columns
from arclogs.browse.piece import pack
from arclogs.browse.rows import SCHEMA
from arclogs.bundle.member import Member
from arclogs.case.gather import gather
from arclogs.scan.scanner import Scanner
from tests.scan.log_texts import text_of


def test_a_parameter_takes_the_place_of_the_mark_in_rows_of_templates() -> None:
    values = pl.Series("fields", [f'"{MARK}"', f'"{MARK}"', "none", None])
    shown = filled(values, pl.Series(["a", "b", "c", "d"]), pl.Series([True, False, True, True]))
    assert shown.to_list() == ['"a"', f'"{MARK}"', "none", None]
    names = filled(values.alias("runner"), pl.Series(["a"] * 4), pl.Series([True] * 4))
    assert names.to_list() == values.to_list()  # a name is the mark, or holds none
    assert filled(pl.Series("pod", [MARK]), pl.Series(["a"]), pl.Series([True])).to_list() == ["a"]


def blocks() -> list[Block]:
    """Return the rows of a log, of which most are of templates."""
    found: list[Block] = []
    maker = RowMaker(found.append, raw=False)
    data = text_of("controller", "bare", 1200, 3)
    quick = Scanner(lambda _sources: (), least_bytes=0, chunk_bytes=20_000)
    gather([Member("c.log", len(data), None, iter([data]))], lambda b: [False] * len(b), maker.see,
           quick=quick)  # fmt: skip
    maker.flush()
    return found


def test_a_mark_in_other_rows_stays() -> None:
    some = blocks()
    assert any(TEMPLATE in block.shared.columns for block in some)
    whole = some[0].whole()
    odd = block_of(whole.head(1).with_columns(pl.lit(f"x{MARK}").alias("fields")).select(*SCHEMA))
    together = joined([*some, odd])
    assert together.column("fields")[-1] == f"x{MARK}"
    assert together.whole().equals(pl.concat([*(b.whole() for b in some), odd.whole()]))
    assert set(open_columns(together.shared, list(SCHEMA)[2:4])) == set()
    assert PARAMETER in together.own.columns


def test_filters_look_into_parameters() -> None:
    some = blocks()
    index = RowIndex([pack(some)])
    whole = index.frame(index.everything)
    assert whole.sort("line").equals(pl.concat([b.whole() for b in some]).sort("line"))
    for where in ("w9k4d", "pod:w9k4d", "/runner.: .linux.*w9k4d/", "-w9k4d"):
        expected = whole.filter(expression(read_filter(where)))
        assert index.frame(index.view(read_filter(where))).equals(expected), where
