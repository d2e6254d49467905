"""Checks on names: signals that nothing uses, variables that nothing binds, slots without a source."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from arclogs.authoring.lint.problem import Fault, Subject
from arclogs.authoring.variables import IMPLICIT, Use, binds
from arclogs.rules.language.signals import ObjectSignal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.rules.language.schema import Rule

# Fields of Kubernetes objects that hold a time: creationTimestamp, startTime, finishedAt.
_TIMES = ("Timestamp", "Time", "At")


def unused_signal(subject: Subject) -> Iterator[Fault]:
    """A signal stands in no rung and not under `context`, and nothing that it binds is used."""
    rule = subject.rule
    named = _deciding(rule) | set(rule.context)
    used = subject.variables.used() | set(rule.fold_by)
    known: set[str] = set()
    for name, signal in rule.signals.items():
        new = binds(signal, subject.rules) - known
        known |= new
        cited = isinstance(signal, ObjectSignal) and signal.cite
        if name not in named and not new & used and not cited:
            yield Fault(
                ("signals", name),
                f"signal {name!r} is used by no rung, refuted_by, near or sequence",
                "name it in a rung, under context if it is only to be shown, or take it out",
            )


def deciding_context(subject: Subject) -> Iterator[Fault]:
    """A signal stands under `context`, as if it decided nothing, and in a rung or `refuted_by`, too."""
    decides = _deciding(subject.rule)
    for number, name in enumerate(subject.rule.context):
        if name in decides:
            said = f"signal {name!r} is called context, and yet it decides"
            yield Fault(("context", number), said, "take it out of context")


def _deciding(rule: Rule) -> set[str]:
    named = {*rule.refuted_by, *(n for _, rung in rule.confidence.rungs() for n in rung.names())}
    for signal in rule.signals.values():
        named.update(getattr(signal, "sequence", ()))
        named.update({near.signal} if (near := getattr(signal, "near", None)) else ())
    return named


def unbound_variable(subject: Subject) -> Iterator[Fault]:
    """A variable in a `where` is bound by no signal, so the condition can never be told."""
    variables = subject.variables
    for use in variables.compared:
        if use.name not in variables.bound:
            yield _unbound(use, variables.bound)
    read = [u.name for u in (*variables.compared, *variables.joined, *variables.told)]
    for use in variables.joined:
        others = set(variables.bound) - {use.name}
        # it binds itself; alone and nearly the name of another it is a slip of the pen
        alone = variables.bound.get(use.name, ()) in ((), (use.at[1],))
        known = use.name in variables.captured or use.name in IMPLICIT
        if (
            alone
            and not known
            and read.count(use.name) == 1
            and difflib.get_close_matches(use.name, others, 1)
        ):
            yield _unbound(use, others)


def unknown_slot(subject: Subject) -> Iterator[Fault]:
    """A text or command has a slot `${{ name }}` that no signal and no `let` ever binds."""
    variables = subject.variables
    for use in variables.told:
        if use.name not in variables.bound:
            hint = _meant(use.name, variables.bound)
            yield Fault(
                use.at,
                f"nothing binds ${{{{ {use.name} }}}}{hint}",
                f"capture {use.name} in a signal or leave the slot out",
            )


def out_of_order(subject: Subject) -> Iterator[Fault]:
    """A signal needs what only a later signal binds or is: signals are judged in their order."""
    order = {name: position for position, name in enumerate(subject.rule.signals)}
    for use in subject.variables.compared:
        sources = subject.variables.bound.get(use.name, ())
        here = order[str(use.at[1])]
        within = binds(subject.rule.signals[str(use.at[1])], {})
        late = [s for s in sources if s in order and order[s] > here]
        if sources and len(late) == len(sources) and use.name not in within:
            yield Fault(
                use.at,
                f"${use.name} is bound only later, by {late[0]!r}",
                f"move {use.at[1]!r} below {late[0]!r}",
            )
    for name, signal in subject.rule.signals.items():
        near = getattr(signal, "near", None)
        wanted = [(("near",), near.signal)] if near else []
        wanted += [(("sequence",), part) for part in getattr(signal, "sequence", ())]
        for key, other in wanted:
            if order.get(other, -1) >= order[name]:
                yield Fault(
                    ("signals", name, *key),
                    f"{name!r} refers to {other!r}, which does not stand before it",
                    f"move {name!r} below {other!r}",
                )


def unused_capture(subject: Subject) -> Iterator[Fault]:
    """A time is captured and read by nothing; other captures are shown as what a finding is about."""
    variables, rule = subject.variables, subject.rule
    used = variables.used() | set(rule.fold_by) | subject.downstream
    used |= {name for test in rule.tests for name in test.expect.captures}
    for name, at in variables.captured.items():
        # two signals that capture the same name are joined by it
        joins = len(variables.bound.get(name, ())) > 1
        if name not in used and not joins and name not in IMPLICIT and _is_time(rule, name):
            said = (
                f"nothing reads the capture {name!r}, and no report shows a time among the entities"
            )
            yield Fault(at, said, "use it, or take it out")


def _is_time(rule: Rule, name: str) -> bool:
    """Tell whether a field that holds a time is captured under this name."""
    fields = (getattr(signal, "capture", {}).get(name, "") for signal in rule.signals.values())
    return any(field.endswith(_TIMES) for field in fields)


def _unbound(use: Use, known: Iterable[str]) -> Fault:
    hint = _meant(use.name, known)
    mend = f"capture {use.name} in a signal above"
    return Fault(use.at, f"nothing binds ${use.name}{hint}", mend)


def _meant(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), 1)
    return f" (did you mean {close[0]!r}?)" if close else ""
