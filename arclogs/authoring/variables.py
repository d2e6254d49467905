"""Which variables a rule binds, where, and where it uses them: the flow of names through its signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from arclogs.rules.language.bindings import variable
from arclogs.rules.language.signals import (
    NAMED_GROUP,
    EventSignal,
    FactSignal,
    LogSignal,
    ObjectSignal,
    RuleSignal,
)
from arclogs.rules.language.template import slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from arclogs.rules.files.source import KeyPath
    from arclogs.rules.language.schema import Rule
    from arclogs.rules.language.signals import AnySignal

OF_A_RECORD: Final = frozenset(
    {"ns", "pod", "container", "job", "step", "runner", "hook", "t"}
)  # what a log line may tell of its origin
OF_AN_EVENT: Final = frozenset({"ns", "object", "kind", "reason", "message", "t"})
IMPLICIT: Final = OF_A_RECORD | OF_AN_EVENT


class Use(Struct, frozen=True):
    """A place that reads a variable."""

    name: str
    at: KeyPath


class Variables(Struct, frozen=True):
    """The variables of one rule."""

    bound: Mapping[str, tuple[str, ...]]
    """Variable: the signals that may bind it, in the rule's order; `let` for a computed one."""
    captured: Mapping[str, KeyPath]
    """Variables that the author named: captures and groups of patterns."""
    compared: tuple[Use, ...]
    """Uses in a `where` that need a value: those with a modifier."""
    joined: tuple[Use, ...]
    """Uses in a `where` that bind what is not bound yet: plain equalities."""
    told: tuple[Use, ...]
    """Uses in texts and commands."""

    def used(self) -> frozenset[str]:
        """Return every variable that something reads."""
        return frozenset(u.name for u in (*self.compared, *self.joined, *self.told))


def variables_of(rule: Rule, rules: Mapping[str, Rule]) -> Variables:
    """Follow the variables through a rule; `rules` are those that its signals may refer to."""
    bound: dict[str, list[str]] = {}
    for name, signal in rule.signals.items():
        for variable_name in sorted(binds(signal, rules)):
            bound.setdefault(variable_name, []).append(name)
    for name in rule.let:
        bound.setdefault(name, []).append("let")
    return Variables(
        bound={name: tuple(signals) for name, signals in bound.items()},
        captured=dict(_captured(rule)),
        compared=tuple(_wanted(rule, plain=False)),
        joined=tuple(_wanted(rule, plain=True)),
        told=tuple(_told(rule)),
    )


def binds(
    signal: AnySignal, rules: Mapping[str, Rule], seen: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the variables that a signal may bind where it holds."""
    match signal:
        case LogSignal():
            return OF_A_RECORD | _groups(signal.match) | frozenset(signal.capture)
        case EventSignal():
            return OF_AN_EVENT | _groups(signal.event.message)
        case ObjectSignal():
            if not signal.exists:
                return frozenset()
            plain = (variable(w) for key, w in signal.where.items() if "|" not in key)
            return frozenset({*signal.capture, *(name for name in plain if name)})
        case FactSignal():
            return frozenset({signal.fact})
        case RuleSignal():
            named = [rules[r] for r in signal.rule if r in rules and r not in seen]
            below = [
                binds(inner, rules, seen | {rule.id}) | frozenset(rule.let)
                for rule in named
                for inner in rule.signals.values()
            ]
            return frozenset().union(*below)
        case _:
            return frozenset()


def _groups(pattern: str | None) -> frozenset[str]:
    return frozenset(NAMED_GROUP.findall(pattern or ""))


def _captured(rule: Rule) -> Iterator[tuple[str, KeyPath]]:
    for name, signal in rule.signals.items():
        at: KeyPath = ("signals", name)
        match signal:
            case LogSignal():
                yield from ((group, (*at, "match")) for group in sorted(_groups(signal.match)))
                yield from ((captured, (*at, "capture", captured)) for captured in signal.capture)
            case EventSignal():
                message = sorted(_groups(signal.event.message))
                yield from ((group, (*at, "event", "message")) for group in message)
            case ObjectSignal():
                yield from ((captured, (*at, "capture", captured)) for captured in signal.capture)
            case _:
                pass


def _wanted(rule: Rule, *, plain: bool) -> Iterator[Use]:
    for name, signal in rule.signals.items():
        where: Mapping[str, Any] = getattr(signal, "where", {})
        for key, wanted in where.items():
            at: KeyPath = ("signals", name, "where", key)
            values = wanted if isinstance(wanted, list) else [wanted]
            binds_it = "|" not in key and not isinstance(wanted, list)
            if binds_it is plain:
                yield from (Use(v, at) for value in values if (v := variable(value)))


def _told(rule: Rule) -> Iterator[Use]:
    texts: list[tuple[KeyPath, str | None]] = [
        (("explain",), rule.explain),
        (("impact",), rule.impact),
        *((("let", name), text) for name, text in rule.let.items()),
        *((("signals", name, "says"), signal.says) for name, signal in rule.signals.items()),
    ]
    for key in ("fix", "verify"):
        for number, step in enumerate(getattr(rule, key)):
            texts += [
                ((key, number, "title"), step.title),
                ((key, number, "command"), step.command),
            ]
    for number, item in enumerate(rule.collect):
        texts.append((("collect", number, "why"), item.why))
        texts.append((("collect", number, "command"), item.command))
    for at, text in texts:
        yield from (Use(name, at) for name in sorted(slots(text or "")))
