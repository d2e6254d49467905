"""Checks of a rule against the rules beside it: what it refers to, circles, and doubles."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING

from arclogs.authoring.lint.problem import Fault, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from arclogs.rules.files.source import KeyPath
    from arclogs.rules.language.schema import Condition, Rule


def unknown_rule(subject: Subject) -> Iterator[Fault]:
    """The rule refers to a rule that does not exist."""
    for at, name in _references(subject.rule):
        if name not in subject.rules:
            close = difflib.get_close_matches(name, subject.rules, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            mend = "correct the id, or add the folder of that rule with --rules"
            yield Fault(at, f"there is no rule {name!r}{hint}", mend)


def rule_circle(subject: Subject) -> Iterator[Fault]:
    """Rules use each other as signals in a circle, so none can be judged first."""
    graph = {r.id: r.rules_used() for r in subject.rules.values()}
    yield from _circle(subject, graph, ("signals",), "uses itself as a signal")


def parent_circle(subject: Subject) -> Iterator[Fault]:
    """A rule is its own parent, directly or through others."""
    graph = {r.id: {r.parent} if r.parent else set() for r in subject.rules.values()}
    yield from _circle(subject, graph, ("parent",), "is its own parent")


def explains_circle(subject: Subject) -> Iterator[Fault]:
    """A symptom explains itself, directly or through others, so each would hide the other."""
    graph = {r.id: set(r.explains) for r in subject.rules.values()}
    yield from _circle(subject, graph, ("explains",), "explains itself")


def parent_is_symptom(subject: Subject) -> Iterator[Fault]:
    """The parent of a cause is a symptom: a parent is the broader cause that remains the answer."""
    parent = subject.rules.get(subject.rule.parent or "")
    if parent is not None and parent.kind == "symptom":
        said = f"the parent {parent.id!r} is a symptom"
        yield Fault(("parent",), said, "put it under explains, or name a cause")


def same_signals(subject: Subject) -> Iterator[Fault]:
    """Two causes look at the same things and are as sure of them: nothing could tell them apart."""
    if subject.rule.kind != "cause":
        return
    own = _looks_at(subject.rule)
    for other in subject.rules.values():
        if other.kind == "cause" and other.id < subject.rule.id and _looks_at(other) == own:
            said = f"the signals and the ladder are those of {other.id!r}"
            yield Fault(("signals",), said, "add the state that tells the two apart")


def _references(rule: Rule) -> Iterator[tuple[KeyPath, str]]:
    for number, name in enumerate(rule.explains):
        yield ("explains", number), name
    if rule.parent:
        yield ("parent",), rule.parent
    for name in rule.frequency_behind:
        yield ("frequency_behind", name), name
    for signal_name, signal in rule.signals.items():
        for name in getattr(signal, "rule", ()):
            yield ("signals", signal_name, "rule"), name


def _circle(
    subject: Subject, graph: Mapping[str, Iterable[str]], at: KeyPath, said: str
) -> Iterator[Fault]:
    """Report a circle once, at the first of its rules by name."""
    path = _way_back(subject.rule.id, graph)
    if path and min(path) == subject.rule.id:
        way = " → ".join([*path, subject.rule.id])
        yield Fault(at, f"the rule {said}: {way}", "take one of these references out")


def _way_back(start: str, graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the rules on the shortest way from one back to itself, or nothing."""
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop(0)
        for name in sorted(graph.get(path[-1], ())):
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def _looks_at(rule: Rule) -> tuple[frozenset[str], str]:
    """Return signals and ladder of a rule without the names and words that its author gave."""
    plain = {
        name: json.dumps(signal.model_copy({"says": ""}).model_dump(), sort_keys=True)
        for name, signal in rule.signals.items()
    }

    def named(condition: Condition) -> object:
        parts = {key: value for key, value in condition.model_dump().items() if value}
        return {key: sorted(str(_renamed(p, plain)) for p in value) for key, value in parts.items()}

    ladder = {name: named(rung) for name, rung in rule.confidence.rungs()}
    refuted = sorted(plain[name] for name in rule.refuted_by)
    facts = json.dumps([ladder, refuted, rule.applies_to], sort_keys=True, default=str)
    return frozenset(plain.values()), facts


def _renamed(part: object, plain: dict[str, str]) -> object:
    if isinstance(part, str):
        return plain[part]
    if isinstance(part, dict):
        parts = {key: value for key, value in part.items() if value}
        return {key: sorted(str(_renamed(p, plain)) for p in value) for key, value in parts.items()}
    return part
