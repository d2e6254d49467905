"""Checks on a rule's tests: that it is shown to fire, and to be silent where one fact differs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from arclogs.authoring.lint.problem import Fault, Subject
from arclogs.model.report import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from arclogs.rules.language.schema import Case as RuleTest

_Facts: TypeAlias = "dict[Hashable, Hashable]"


def no_firing_test(subject: Subject) -> Iterator[Fault]:
    """No test of a cause shows that it fires."""
    if subject.rule.kind == "cause" and not _firing(subject):
        yield Fault(
            ("tests",),
            "no test shows that the rule fires",
            "add a test with the lines that were seen; CONTRIBUTING.md shows one",
        )


def no_silent_twin(subject: Subject) -> Iterator[Fault]:
    """No test of a cause shows that it is silent, or less sure, where it should be."""
    if subject.rule.kind == "cause" and not _quieter(subject):
        yield Fault(
            ("tests",),
            "no test shows that the rule is silent or less sure",
            "add a near twin: twin_of a test that fires, with one change, and expect: {fires: false}",
        )


def unproven_symptom(subject: Subject) -> Iterator[Fault]:
    """A symptom has no test of its own, so only causes would notice that it no longer fires."""
    if subject.rule.kind == "symptom" and not (_firing(subject) and _quieter(subject)):
        said = "no test fires the symptom" if not _firing(subject) else "no test leaves it silent"
        yield Fault(("tests",), said, "add one with the line, and one with a line like it")


def far_twin(subject: Subject) -> Iterator[Fault]:
    """The silent test that is nearest to a firing one differs from it by more than one fact."""
    if not _firing(subject) or not _quieter(subject):
        return
    numbered = {test.name: number for number, test in enumerate(subject.rule.tests)}
    pairs = [
        (_distance(fires, quiet, subject), quiet.name, fires.name)
        for fires in _firing(subject)
        for quiet in _quieter(subject)
        if fires is not quiet
    ]
    distance, quiet_name, fires_name = min(pairs, default=(0, "", ""))
    if distance > 1:
        yield Fault(
            ("tests", numbered[quiet_name]),
            f"the nearest twin differs from {fires_name!r} by {distance} facts",
            "make it twin_of that test with one change or without one file",
        )


def duplicate_test_name(subject: Subject) -> Iterator[Fault]:
    """Two tests have one name, so a failure does not tell which failed."""
    counted = Counter(test.name for test in subject.rule.tests)
    for number, test in enumerate(subject.rule.tests):
        if counted[test.name] > 1:
            counted[test.name] = 0
            yield Fault(
                ("tests", number, "name"), f"two tests are called {test.name!r}", "rename one"
            )


def broken_test(subject: Subject) -> Iterator[Fault]:
    """A test refers to a test or a shared bundle that is not there."""
    names = [test.name for test in subject.rule.tests]
    for number, test in enumerate(subject.rule.tests):
        if test.twin_of is not None and (test.twin_of not in names or test.twin_of == test.name):
            said = f"twin_of names no other test: {test.twin_of!r}"
            yield Fault(("tests", number, "twin_of"), said, "name a test of this rule")
        for base in test.base:
            if not any((folder / base).is_dir() for folder in subject.fixtures):
                mend = f"make a folder fixtures/{base} beside the rules"
                yield Fault(("tests", number, "base"), f"there is no shared bundle {base!r}", mend)


def vague_test(subject: Subject) -> Iterator[Fault]:
    """A test that fires does not say how sure the rule must be."""
    for number, test in enumerate(subject.rule.tests):
        if test.expect.fires and test.expect.confidence is None:
            said = f"test {test.name!r} does not say how sure the rule must be"
            yield Fault(("tests", number), said, "add confidence to expect")


def _firing(subject: Subject) -> list[RuleTest]:
    return [test for test in subject.rule.tests if test.expect.fires]


def _quieter(subject: Subject) -> list[RuleTest]:
    """Return the tests in which the rule is silent, or less sure than in another."""
    sure = [CONFIDENCES.index(t.expect.confidence or "confirmed") for t in _firing(subject)]
    surest = min(sure, default=len(CONFIDENCES))
    return [
        test
        for test in subject.rule.tests
        if not test.expect.fires
        or CONFIDENCES.index(test.expect.confidence or "confirmed") > surest
    ]


def _distance(left: RuleTest, right: RuleTest, subject: Subject) -> int:
    """Count the facts in which the bundles of two tests differ, by how the tests make them."""
    ours, theirs = _facts(left, subject), _facts(right, subject)
    return sum(ours.get(key) != theirs.get(key) for key in ours.keys() | theirs.keys())


def _facts(test: RuleTest, subject: Subject) -> _Facts:
    """Return what makes up a test's bundle, those of the test that it is a twin of included."""
    other = next((t for t in subject.rule.tests if t.name == test.twin_of), None)
    facts: _Facts = {}
    if other is not None and other is not test and other.twin_of != test.name:
        facts |= _facts(other, subject)
    facts |= {("base", base): True for base in test.base}
    facts |= {("file", name): text for name, text in test.files.items()}
    for change in test.change:
        facts["change", change.file, change.replace] = change.with_
    facts |= {("without", name): True for name in test.without}
    return facts
