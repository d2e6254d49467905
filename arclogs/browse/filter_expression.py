"""Filters as polars expressions over frames of rows (`browse.rows`)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

import polars as pl

from arclogs.browse.filter_parser import SOURCES, parse_filter
from arclogs.browse.filter_terms import (
    Contains,
    Filter,
    HasField,
    HasLevel,
    HasTime,
    Matches,
    Test,
)
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from arclogs.browse.filter_terms import Comparison

_COLUMNS = {
    "pod": ("pod", "runner"),
    "ns": ("namespace",),
    "job": ("job",),
    "step": ("step",),
    "reason": ("reason",),
    "type": ("type",),
}
# What a structured line says beside its message is text, too. The fields of these come from the
# lines around a record, and so would find it by what stands elsewhere.
_TOLD_ELSEWHERE = ("job", "hook", "runner")
OWN_FIELDS: Final = ~pl.col("source").is_in(_TOLD_ELSEWHERE) & pl.col("fields").is_not_null()
"""Tests whether a row tells something beside its text that is searched as its text is."""
_ERROR = lazy_compile(r"^error: (.+)$", re.MULTILINE)


def read_filter(text: str) -> Filter:
    """Read a filter with all of its patterns checked; raise FilterError."""
    return parse_filter(text, wrong_with)


def wrong_with(pattern: str) -> str | None:
    """Return why Rust's engine does not take a pattern, or None."""
    try:
        pl.Series([""]).str.contains(pattern, literal=False)
    except pl.exceptions.ComputeError as error:
        message = str(error)
        found = _ERROR.search(message)
        return found[1] if found else " ".join(message.split())[:120]
    return None


def _as_it_is(test: pl.Expr) -> pl.Expr:
    return test


def expression(
    where: Filter,
    *,
    own_fields: bool = True,
    shared: Callable[[pl.Expr], pl.Expr] = _as_it_is,
) -> pl.Expr:
    """Return the test that all terms hold; a value that is not there fits no term but a negated one.

    `own_fields`: whether any of the rows has some (`OWN_FIELDS`); if none has, they are not read.
    `shared` is given each test of what rows share (`browse.block`), and returns what stands for it.
    """
    how = _How(own_fields, shared)
    tests, left_out = [], []
    for term in where.terms:
        if term.negated and isinstance(term.test, Contains):
            left_out.append(term.test.words)
            continue
        held = _test(term.test, how).fill_null(value=False)
        tests.append(~held if term.negated else held)
    if left_out:  # all at once: each text is gone through only once
        tests.append(~_said(left_out, how))
    return pl.all_horizontal(tests) if tests else pl.lit(value=True)


class _How(NamedTuple):
    own_fields: bool
    shared: Callable[[pl.Expr], pl.Expr]


def _test(test: Test, how: _How) -> pl.Expr:
    match test:
        case Contains(words):
            return _said([words], how)
        case Matches(pattern):
            return _anywhere(lambda column: column.str.contains(pattern), how)
        case HasLevel(comparison, level):
            known = pl.col("level") > 0
            return known & _compare(pl.col("level"), comparison, int(level))
        case HasTime(comparison, moment):
            column = pl.col("time")
            if isinstance(moment, datetime):
                return _compare(column, comparison, pl.lit(moment, pl.Datetime("us", "UTC")))
            return _compare(column.dt.time(), comparison, pl.lit(moment))
        case HasField("src", values):
            return how.shared(_source(values))
        case HasField(field, values):
            return how.shared(_any(_field(column, values) for column in _COLUMNS[field]))
        case _:
            assert_never(test)


def _said(words: list[str], how: _How) -> pl.Expr:
    """Return the test that one of some words stands somewhere."""
    return _anywhere(lambda column: _contains(column, words), how)


def _anywhere(test: Callable[[pl.Expr], pl.Expr], how: _How) -> pl.Expr:
    """Return a test of the message and of what else the line itself tells."""
    told = [how.shared(_any([OWN_FIELDS & test(pl.col("fields"))]))] if how.own_fields else []
    return _any([test(pl.col("text")), *told])


def _compare(column: pl.Expr, sign: Comparison, value: pl.Expr | int) -> pl.Expr:
    match sign:
        case "<":
            return column < value
        case "<=":
            return column <= value
        case "=":
            return column == value
        case ">=":
            return column >= value
        case ">":
            return column > value
        case _:
            assert_never(sign)


def _source(values: tuple[str, ...]) -> pl.Expr:
    kinds = [value.lower() for value in values if value.lower() in SOURCES]
    names = [value for value in values if value.lower() not in SOURCES]
    tests = [pl.col("source").is_in(kinds)] if kinds else []
    for name in names:
        # A pattern without a slash is one of the file's name, as in a shell.
        lead = "" if "/" in name else "(?:.*[/!])?"
        tests.append(pl.col("member").str.contains(_whole(name, lead), literal=False))
    return _any(tests)


def _field(column: str, values: tuple[str, ...]) -> pl.Expr:
    plain = [value for value in values if not _is_glob(value)]
    tests = [_contains(pl.col(column), plain)] if plain else []
    tests += [pl.col(column).str.contains(_whole(v), literal=False) for v in values if _is_glob(v)]
    return _any(tests)


def _contains(column: pl.Expr, words: list[str]) -> pl.Expr:
    if all(word.isascii() for word in words):  # half the time, and the same: letters of ASCII only
        either = "|".join("".join(map(_literal, word)) for word in words)
        return column.str.contains(f"(?i-u){either}", literal=False)
    return column.str.contains_any(words, ascii_case_insensitive=True)


def _any(tests: Iterable[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(test.fill_null(value=False) for test in tests)


def _is_glob(value: str) -> bool:
    return "*" in value or "?" in value


def _whole(glob: str, lead: str = "") -> str:
    signs = {"*": ".*", "?": "."}
    body = "".join(signs.get(sign) or _literal(sign) for sign in glob)
    return f"(?is)^{lead}{body}$"


def _literal(sign: str) -> str:
    return f"\\x{{{ord(sign):x}}}" if not sign.isalnum() else sign
