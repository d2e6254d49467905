"""The quick search by endings finds what a search for each form finds."""

from __future__ import annotations

import base64
import html
import json
from functools import cache
from urllib.parse import quote, quote_plus

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.redact.spellings import NEEDLE, SHORTEST, endings, escaped, in_base64
from arclogs.redact.sweep import Sweep
from tests.redact.secrets_made_up import Forge

SOME = Forge(3).some
VALUES = [
    SOME(12), SOME(36), SOME(20) + "+/==", f'{SOME(9)}"&<{SOME(4)}', f"{SOME(8)}%3D{SOME(3)}",
    f"pässwört{SOME(6)}", f"bad\udcff{SOME(9)}", SOME(200), "ghs_" + SOME(300), SOME(8),
    f"{SOME(6)}/{SOME(3)}!~*'({SOME(2)}): @{SOME(2)}",
]  # fmt: skip
VALUES.append(VALUES[0] + SOME(5))  # one that begins as another does
WRITTEN = [
    lambda value: value,
    lambda value: json.dumps(value)[1:-1],
    lambda value: json.dumps(json.dumps(value))[1:-1],
    html.escape,
    lambda value: quote_plus(value, errors="replace"),
    lambda value: quote(value, safe="/", errors="replace").lower(),
    lambda value: base64.b64encode(value.encode("utf-8", "replace")).decode(),
    lambda value: base64.urlsafe_b64encode(b"x" + value.encode("utf-8", "replace")).decode(),
    lambda value: base64.b64encode(b"xy" + value.encode("utf-8", "replace")).decode(),
    lambda value: value[3:],
    lambda value: value[:-3],
]
TEXTS = st.lists(
    st.builds(lambda write, value: write(value), st.sampled_from(WRITTEN), st.sampled_from(VALUES))
    | st.sampled_from(["", " ", "\n", "é", "a", "✓ \udcfe", "\r\n", "=", "/"]),
    max_size=12,
).map("".join)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_form_is_passed_over(text: str) -> None:
    sweep = Sweep((value, "secret") for value in VALUES)
    reached = 0
    expected = []
    for start in range(len(text)):
        if start < reached:
            continue
        here = [(len(form), runs_on) for form, runs_on in forms() if text.startswith(form, start)]
        if here:
            length, _ = max(here)
            expected.append(start)
            reached = start + length
    found = [(start, end) for start, end, _, _ in sweep.places(text)]
    covered = {at for start, end in found for at in range(start, end)}
    assert covered.issuperset(expected)
    assert bool(found) == bool(expected)


@cache
def forms() -> list[tuple[str, bool]]:
    return [
        (form, runs_on)
        for value in VALUES
        for form, runs_on in [
            *((coded.decode(), True) for coded in in_base64(value[:NEEDLE])),
            *((form, False) for form in escaped(value[:NEEDLE])),
        ]
        if len(form) >= SHORTEST
    ]


def test_every_form_ends_in_one_of_the_endings() -> None:
    for value in VALUES:
        ends = endings(value[:NEEDLE])
        for form in (*in_base64(value[:NEEDLE]), *(f.encode("utf-8", "surrogatepass")
                                                    for f in escaped(value[:NEEDLE]))):  # fmt: skip
            assert len(form) < SHORTEST or form[-SHORTEST:] in ends


def test_many_values_one_of_which_is_there() -> None:
    values = [SOME(24) for _ in range(400)]
    sweep = Sweep((value, "secret") for value in values)
    for value in values[::40]:  # more often than forms are made for a few
        assert [found[3] for found in sweep.places(f"so {value} it is")] == [value]
    assert list(sweep.places("so nothing it is")) == []
