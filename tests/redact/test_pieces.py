"""What a first reading found gives the same text as looking again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.redact.known import Known
from arclogs.redact.patterns import PATTERNS
from arclogs.redact.pieces import Findings, Piece, pieces, replaced
from arclogs.redact.placeholder import as_long, keyed
from arclogs.redact.redactor import Redactor
from arclogs.redact.scan import find
from arclogs.redact.structure import structural
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import all_secrets

SECRETS = all_secrets(17)
NEUTRAL = ["", "plain words", "a: 1", "\x1b[31mred", "100%40", "é✓", "bad \udcff", "y" * 20_000,
           "2026-09-17T10:04:20Z\tINFO\tlistener\tassigned job\t{}", "kind: Pod", "x" * 79]  # fmt: skip
CARRIED = st.builds(
    lambda carrier, secret: CARRIERS[carrier](secret.name, secret.value),
    st.sampled_from(sorted(CARRIERS)),
    st.sampled_from(SECRETS),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(CARRIED | st.sampled_from(NEUTRAL), min_size=1, max_size=6))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(parts) + draw(st.sampled_from(["", end]))


@given(texts())
@settings(max_examples=100, deadline=None)
def test_a_text_read_twice_is_redacted_as_one_read_once(text: str) -> None:
    told_once: list[tuple[str, str]] = []
    told_twice: list[tuple[str, str]] = []
    naming = keyed(b"key")
    once = Redactor(naming=naming, seen=lambda *one: told_once.append(one)).redact(text)
    findings = Findings()
    Redactor(naming=as_long(weak_too=False), findings=findings).learn(text, Known())
    twice = Redactor(
        naming=naming, seen=lambda *one: told_twice.append(one), findings=findings
    ).redact(text)
    assert findings.of(text) is not None
    assert twice == once
    assert told_twice == told_once


@given(texts())
@settings(max_examples=100, deadline=None)
def test_passages_hold_what_the_whole_text_holds(text: str) -> None:
    """The simple way: no word tells where to look, all of the text is one passage."""
    layer = replaced(text, pieces(structural(text)), lambda kind, _: f"<{kind}>")
    simple = replaced(layer, pieces(find(layer, PATTERNS)), lambda kind, _: f"<{kind}>")
    kept = Findings()
    Redactor(findings=kept).learn(text, Known())
    found = kept.of(text)
    assert found is not None
    quick = text
    for part in found:
        quick = replaced(quick, part, lambda kind, _: f"<{kind}>")
    assert quick == simple


def test_no_more_is_kept_than_there_is_room_for() -> None:
    findings = Findings(most=5)
    one = Piece(0, 1, "secret", "x")
    findings.keep("a", [], [one, one])
    findings.keep("b", [], [one, one, one])
    assert findings.of("a") == ([], [one, one])
    assert findings.of("b") is None


def test_what_depends_on_the_length_of_a_placeholder_can_be_dropped() -> None:
    findings = Findings()
    one = Piece(0, 1, "secret", "x")
    findings.keep("a", [one], [])
    findings.keep("b", [], [one])
    rest = findings.without_structural()
    assert rest.of("a") is None
    assert rest.of("b") == ([], [one])


def test_line_ends_of_what_is_replaced_stay() -> None:
    cut = [Piece(2, 7, "private-key", "k"), Piece(8, 9, "", "")]
    assert replaced("a b\nc\nd e f", cut, lambda kind, _: f"<{kind}>") == "a <private-key>\n\n  f"
