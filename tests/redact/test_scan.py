"""Passages that are looked at together give what each of them gives alone."""

from __future__ import annotations

import base64
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.redact.patterns import PATTERNS
from arclogs.redact.redactor import Redactor
from arclogs.redact.scan import find
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import UPPER, Forge, all_secrets

SECRETS = all_secrets(random.SystemRandom().randrange(1 << 32))
NEUTRAL = ["", "plain words", "a: 1", "x" * 79, "\x1b[31mred", "100%40", 'say \\"hi\\"', "é"]


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    carried = st.builds(
        lambda carrier, secret: CARRIERS[carrier](secret.name, secret.value),
        st.sampled_from(sorted(CARRIERS)),
        st.sampled_from(SECRETS),
    )
    return draw(st.lists(carried | st.sampled_from(NEUTRAL), min_size=1, max_size=8))


@given(texts())
@settings(max_examples=60, deadline=None)
def test_together_as_alone(parts: list[str]) -> None:
    bounds, at = [], 0
    for part in parts:
        bounds.append((at, at + len(part)))
        at += len(part) + 2
    together = find("\n\n".join(parts), PATTERNS, passages=bounds)
    alone = [
        (tuple((start + offset, end + offset) for start, end in one.ranges), one.kind, one.value)
        for part, (offset, _) in zip(parts, bounds)
        for one in find(part, PATTERNS)
    ]
    assert sorted(map(tuple, together)) == sorted(alone)


def test_a_long_text_is_redacted_as_its_parts_are() -> None:
    rng = random.Random(5)
    filler = "2026-09-17T10:04:20Z\tINFO\tlistener\tassigned job\t{}".format
    parts = [
        "\n".join([*(filler(n) for n in range(5)), carrier(s.name, s.value),
                   *(filler(n) for n in range(5))])
        for s in SECRETS
        for carrier in [CARRIERS[rng.choice(sorted(CARRIERS))]]
    ]  # fmt: skip
    alone = [Redactor().redact(part) for part in parts]
    whole = Redactor().redact("\n".join(parts)).split("\n")
    for text in alone:
        lines = text.split("\n")
        assert whole[: len(lines)] == lines
        del whole[: len(lines)]
    assert whole == []


def test_what_is_left_of_a_run_of_base64_is_looked_into() -> None:
    make = Forge(29)
    hidden = base64.b64encode(f"export A=1\nDB_PASSWORD={make.some(20)}\n".encode() * 4).decode()
    text = f"x AKIA{make.some(16, UPPER)}----{hidden} y"
    assert Redactor().redact(text) == "x <aws-key><secret> y"
