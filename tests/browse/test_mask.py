from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.browse.block import block_of
from arclogs.browse.doubt import doubtful
from arclogs.browse.mask import Mask
from arclogs.browse.rows import SCHEMA
from arclogs.redact import Redactor
from arclogs.redact.patterns import PATTERNS

KEY = [
    "-----BEGIN RSA PRIVATE KEY-----",
    *("MIIEpAIBAAKCAQEA7x9Jw2vXk0L1pQ8sT3uV5yZ6aB7cD8eF9gH0iJ1kL2mN3oP4" for _ in range(3)),
    "q5R6s7T8u9V0wX==",
    "-----END RSA PRIVATE KEY-----",
]
WORDS = st.sampled_from(
    [
        *sorted({word for pattern in PATTERNS for word in pattern.keywords}),
        *(": ", "=", "\n", "Bearer ", "x" * 20, "A" + "B1" * 14, "aB3" * 30),
        *("\N{KELVIN SIGN}ey", "https://u:p@h/"),
    ]
)


def rows(texts, member="a.log"):
    columns = {"member": [member] * len(texts), "text": texts}
    frame = pl.DataFrame(columns)
    return frame.with_columns(
        pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in columns
    ).select(list(SCHEMA))


def masked(texts, kept=None, mask=None):
    keep = pl.Series([True] * len(texts) if kept is None else kept, dtype=pl.Boolean)
    return (mask or Mask("text")).apply(block_of(rows(texts)), keep).own["text"].to_list()


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=6).map("".join))
def test_what_looks_harmless_is_harmless(text):
    assert doubtful(pl.Series([text]))[0] or Redactor().redact(text) == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=3).map("".join), max_size=6))
def test_rows_hide_at_least_what_redaction_of_each_text_hides(texts):
    for text, shown in zip(texts, masked(texts)):
        alone = Redactor().redact(text)
        assert shown == text or (shown != text and alone.count("\n") == shown.count("\n"))
        if alone != text:
            assert shown != text


def test_a_name_on_the_line_before_tells_a_secret():
    lines = ["  - name: GITHUB_PAT", "    value: correct-horse-battery", "    value: x"]
    assert masked(lines)[1] == "    value: <secret>"
    assert masked(lines, [False, True, False]) == ["    value: <secret>"]


def test_the_line_before_is_one_of_the_same_member():
    mask = Mask("text")
    assert masked(["  - name: GITHUB_PAT"], mask=mask) == ["  - name: GITHUB_PAT"]
    other = mask.apply(block_of(rows(["    value: correct-horse-battery"], "b.log")))
    assert other.own["text"].to_list() == ["    value: correct-horse-battery"]


@pytest.mark.parametrize("kept", [None, [False, False, False, False, True, False]], ids=str)
def test_a_key_that_was_logged_line_by_line(kept):
    shown = masked(KEY, kept)
    assert "q5R6s7T8u9V0wX" not in str(shown)
    assert "MIIEpAIBAAKC" not in str(shown)
    after = masked([*KEY, "an ordinary line"])
    assert after[-1] == "an ordinary line"


def test_short_columns_and_fields_are_redacted_too():
    token = "ghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"
    frame = rows(["x"]).with_columns(
        pl.lit(f"job {token}").alias("job"),
        pl.lit(f'{{"url": "https://me:{token}@github.com"}}').alias("fields"),
        pl.lit(f"logs/{token}.log").alias("member"),
    )
    out = Mask("text").apply(block_of(frame)).whole()
    assert token not in str(out.rows())
    assert out["member"][0] == "logs/<github-token>"
