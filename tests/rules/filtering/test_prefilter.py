"""The filter for few records lets through what the one in frames lets through, and so do whole runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs import analyze
from arclogs.bundle import Bundle
from arclogs.case.case import build_case
from arclogs.case.gather import gather
from arclogs.model.event import Event
from arclogs.model.location import Location
from arclogs.model.record import Level, Record, Source
from arclogs.rules import load_rules
from arclogs.rules.files.load import RuleSet
from arclogs.rules.filtering import prefilter
from arclogs.rules.filtering.few_filter import FewFilter, linear
from arclogs.rules.filtering.frame_filter import Sieve, rows_of_events, rows_of_records
from arclogs.rules.filtering.frame_filter import linear as taken_by_rust
from arclogs.rules.filtering.prefilter import Prefilter
from arclogs.rules.language.signals import EventSignal, LogSignal
from arclogs.rules.watch import watch

ROOT = Path(__file__).parents[3]
CASES = ROOT.parent / "shared" / "corpus" / "cases"
RULES = load_rules()
SIGNALS = [s for rule in RULES.rules for s in rule.signals.values()]
LOGS = [s for s in SIGNALS if isinstance(s, LogSignal)]
EVENTS = [s for s in SIGNALS if isinstance(s, EventSignal)]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
BUNDLES = [*SAMPLES, *sorted(CASES.glob("*/input"))]
PIECES = [
    *sorted({p for s in LOGS for p in (s.contains, s.match) if p}),
    *sorted({s.event.message for s in EVENTS if s.event.message}),
    *("\n", "\r\n", "\u2028", "İ", "ſ", "\u212a", "\x00", "{}", "No Space Left On Device"),
]


def rows(found):
    return {signal: list(at) for signal, at in found.items() if at}


def everything(folder):
    """Return a case with all records of a bundle, also those that no rule wants."""
    return build_case(gather(Bundle([folder]), lambda records: [True] * len(records)).evidence)


@pytest.mark.parametrize("folder", BUNDLES, ids=lambda p: p.parent.name + "-" + p.name)
def test_both_filters_let_the_same_through(folder):
    case = everything(folder)
    few = FewFilter(SIGNALS)
    assert rows(few.records(case.records)) == rows(rows_of_records(LOGS, case.records))
    assert rows(few.records(case.records)) == rows(Sieve(LOGS).rows(case.records))
    assert rows(few.events(case.events)) == rows(rows_of_events(EVENTS, case.events))


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_a_report_is_the_same_with_either(folder, monkeypatch):
    few = analyze.analyze([folder])
    monkeypatch.setattr(prefilter, "FEW_TEXTS", -1)
    monkeypatch.setattr(prefilter, "FEW_EVENTS", -1)
    assert analyze.analyze([folder]) == few


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=5).map("".join),
    st.sampled_from(list(Source)),
    st.sampled_from([None, *Level]),
)
def test_both_filters_let_the_same_text_through(text, source, level):
    records = [Record("a", 1, source, text, (text,), None, level)]
    event = Event(Location("a", 1), text, "FailedScheduling", text, "Warning", "ns", "Pod", "p")
    few = FewFilter(SIGNALS)
    assert rows(few.records(records)) == rows(rows_of_records(LOGS, records))
    assert rows(few.events([event])) == rows(rows_of_events(EVENTS, [event]))


def test_what_is_told_of_shipped_patterns_is_what_the_engine_says():
    patterns = {p for rule in RULES.rules for p in rule.patterns()}
    assert {p for p in patterns if not linear(p)} == {p for p in patterns if not taken_by_rust(p)}


def test_a_pattern_that_does_not_end_soon_leaves_the_text_to_the_engine_of_linear_time():
    """Such a pattern is none of the shipped pack; here it is made one."""
    slow = next(r for r in RULES.rules if any(isinstance(s, LogSignal) for s in r.signals.values()))
    signal = next(s for s in slow.signals.values() if isinstance(s, LogSignal))
    signal = signal.model_copy(update={"match": "abcd(x+x+)+y", "contains": None, "level": None})
    rule = slow.model_copy(update={"signals": {"slow": signal}})
    text = "abcd" + "x" * 60
    records = [Record("a", n, signal.log[0], t, (t,)) for n, t in enumerate([text, text + "y"])]
    assert rule.shipped
    assert rows(Prefilter(RuleSet((rule,), "")).records(records)) == {id(signal): [1]}


def test_patterns_of_other_packs_are_left_to_the_engine_of_linear_time():
    rule = RULES.rules[0]
    foreign = rule.model_copy({"shipped": False})
    assert RuleSet((foreign,), "").few_filter._signals == []
    assert RuleSet((rule,), "").few_filter._signals == list(rule.signals.values())


@pytest.mark.parametrize(
    ("texts", "batches"),
    [
        pytest.param([f"it is {n}" for n in range(3000)], 1, id="each another text"),
        pytest.param(
            [f"it is {n % 7}" for n in range(3000)], 4, id="the same texts again and again"
        ),
    ],
)
def test_after_many_texts_frames_take_over(monkeypatch, texts, batches):
    monkeypatch.setattr(prefilter, "FEW_TEXTS", 2500)
    used = []

    class Noted(FewFilter):
        def records(self, records):
            used.append(len(records))
            return super().records(records)

    rules = RuleSet(RULES.rules, "")
    monkeypatch.setitem(rules.__dict__, "few_filter", Noted(rules.few_filter._signals))
    wanted = watch(rules)
    for _ in range(4):
        wanted([Record("a", 1, Source.HOOK, text, (text,)) for text in texts])
    assert used == [3000] * batches
