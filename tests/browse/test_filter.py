"""Filters as data: what each shows of data/bundle, and what each mistake is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.filter_expression import expression, read_filter
from arclogs.browse.filter_parser import MOST_TERMS, NAMES
from arclogs.browse.reading import Wish, read_rows
from arclogs.browse.rows import frame_of
from arclogs.browse.shelf import Shelf
from arclogs.errors import FilterError, UsageError

DATA = Path(__file__).parent / "data"
CASES = yaml.safe_load((DATA / "filters.yaml").read_text())
SHORT = {"job-log.txt": "j", "kubectl-events.log": "e"}


def rows_of(where):
    shelf = Shelf()
    read_rows([DATA / "bundle"], Wish(read_filter(where)), shelf.put)
    return shelf.in_order()


def shown(frame):
    return " ".join(f"{SHORT.get(m, 'c')}{n}" for m, n in frame.select("member", "line").rows())


@pytest.mark.parametrize("case", [c for c in CASES if "shows" in c], ids=lambda c: c["where"])
def test_what_a_filter_shows(case):
    assert shown(rows_of(case["where"])) == case["shows"]


@pytest.mark.parametrize("case", [c for c in CASES if "wrong" in c], ids=lambda c: c["where"])
def test_a_mistake_is_told_with_place_and_mend(case):
    with pytest.raises(FilterError) as told:
        read_filter(case["where"])
    error = told.value
    assert case["wrong"] in error.what
    assert error.at == case["at"]
    assert case["mend"] in error.mend
    what, text, mark, mend = str(error).split("\n")
    assert case["wrong"] in what
    assert text == f"  {case['where']}"
    assert mark.index("^") - 2 == case["at"]
    assert mend == f"  {error.mend}"
    assert isinstance(error, UsageError)


def test_the_place_of_a_late_mistake_is_still_on_the_screen():
    with pytest.raises(FilterError) as told:
        read_filter("x" * 300 + " level:Q")
    _, text, mark, _ = str(told.value).split("\n")
    assert text[mark.index("^")] == "Q"
    assert len(text) < 110


def test_too_much_is_refused():
    with pytest.raises(FilterError, match="too long"):
        read_filter("x" * 20_000)
    with pytest.raises(FilterError, match=f"more than {MOST_TERMS} terms"):
        read_filter("x " * (MOST_TERMS + 1))


def test_a_term_knows_where_it_was_written():
    terms = read_filter('  -src:job  "a b"').terms
    assert [(t.text, t.start, t.negated) for t in terms] == [
        ("-src:job", 2, True),
        ('"a b"', 12, False),
    ]


def read_or_mistake(text):
    try:
        return read_filter(text)
    except FilterError as error:
        return error


PARTS = st.sampled_from(
    [
        *(f"{name}:" for name in NAMES),
        "level>=",
        "-",
        '"',
        "'",
        "/",
        "\\",
        ",",
        " ",
        "a",
        "*",
        "10:04",
    ]
)


@settings(max_examples=60)
@given(st.one_of(st.lists(PARTS, max_size=12).map("".join), st.text(max_size=60)))
def test_any_text_is_a_filter_or_a_mistake_with_a_place(text):
    where = read_or_mistake(text)
    if isinstance(where, FilterError):
        assert 0 <= where.at <= len(text)
        assert where.mend
        return
    frame_of([]).select(expression(where))
    for term in where.terms:
        assert text[term.start : term.start + len(term.text)] == term.text


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_a_quoted_text_finds_itself(text):
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    frame = pl.DataFrame(
        {"source": ["job", "job"], "text": [f"before {text} after", ""], "fields": [None, None]},
        schema={"source": pl.String, "text": pl.String, "fields": pl.String},
    )
    assert frame.filter(expression(read_filter(quoted)))["text"].to_list() == [frame["text"][0]]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["ab", "A", "b|", "c.", "é", "ß", "Error"]), min_size=1, max_size=4),
       st.lists(st.text("abABc.|éÉßS E", max_size=6), max_size=8))  # fmt: skip
def test_words_left_out_together_are_those_left_out_one_after_the_other(words, texts):
    frame = pl.DataFrame(
        {"source": ["job", "controller"] * len(texts), "text": [t for t in texts for _ in "jc"],
         "fields": [t for t in reversed(texts) for _ in "jc"]},
        schema={"source": pl.String, "text": pl.String, "fields": pl.String},
    )  # fmt: skip
    together = frame.filter(expression(read_filter(" ".join(f'-"{word}"' for word in words))))
    for word in words:
        frame = frame.filter(expression(read_filter(f'-"{word}"')))
    assert together.equals(frame)


def test_what_no_row_tells_is_not_asked_for():
    where = read_filter("-waiting -building /error/ failed")
    names = expression(where, own_fields=False).meta.root_names()
    assert set(names) == {"text"}
