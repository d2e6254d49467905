"""The polars filter may let too much through and must never lose a match that `regex` finds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.case import Evidence, build_case
from arclogs.case.records.store import RecordStore
from arclogs.model.record import Level, Record, Source
from arclogs.rules import load_rules
from arclogs.rules.filtering.frame_filter import linear
from arclogs.rules.language.signals import LogSignal
from arclogs.rules.matching.match_text import TextMatcher
from arclogs.rules.watch import watch

RULES = load_rules()
SIGNALS = [
    (rule.id, signal)
    for rule in RULES.rules
    for signal in rule.signals.values()
    if isinstance(signal, LogSignal)
]
WATCHED = watch(RULES)
COMPILED = cache(regex.compile)  # the library's own cache holds 500
NOW = datetime(2026, 11, 20, 10, 4, tzinfo=UTC)
FRAGMENTS = [
    "HttpError: HTTP request failed",
    "Error: ",
    "HTTP-Code: 401",
    "HTTP-Code: 503",
    "\n",
    "Message: Unauthorized",
    'pods is forbidden: User "system:serviceaccount:ns:sa" cannot create resource "pods"',
    "İ",
    "\u2028",
    "\x00",
    "failed to create job pod: ",
    "exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2",
    'admission webhook "w" denied the request: x',
    'would violates PodSecurity "restricted"',
    "{}",
    " ",
    "{",
    "[",
    "Executing the custom container implementation failed.",
    "connect ETIMEDOUT 10.96.0.1:443",
    "already exists",
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), min_size=1, max_size=6).map(
    "".join
)


def record(text, level=Level.ERROR, source=Source.HOOK):
    return Record("a.log", 1, source, text, tuple(text.split("\n")), NOW, level)


def naive(signal, text):
    found = not signal.match or COMPILED(signal.match, regex.MULTILINE).search(text)
    plain = not signal.contains or signal.contains in text
    kept = not signal.unless or not COMPILED(signal.unless, regex.MULTILINE).search(text)
    # the record has no field, so that it fits what wants one to be missing
    fits = all(key.endswith("|exists") and wanted is False for key, wanted in signal.where.items())
    return bool(found and plain and kept and fits)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_signal_matches_what_regex_alone_matches(text):
    store = RecordStore(WATCHED)
    store.add(record(text))
    case = build_case(Evidence(store, [], [], [], []))
    matcher = TextMatcher(case, RULES)
    for rule_id, signal in SIGNALS:
        if Source.HOOK in signal.log:
            assert bool(matcher.logs(rule_id, signal)) is naive(signal, text), (rule_id, signal)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_reading_keeps_every_record_that_some_signal_matches(text):
    quiet = record(text, level=None)
    wanted = bool(watch(RULES)([quiet])[0])
    assert wanted or not any(naive(s, text) for _, s in SIGNALS if s.level is None)


def test_patterns_that_need_look_around_have_a_plain_text_to_filter_by():
    for rule_id, signal in SIGNALS:
        assert not signal.match or linear(signal.match) or signal.contains, rule_id
