"""Object signals: joining a rule with the state of Kubernetes objects, in three values."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.case.objects.columns import places
from arclogs.rules.language.bindings import Bindings, resolve, variable
from arclogs.rules.matching.lazy import Lazy
from arclogs.rules.matching.narrow import (
    IDENTITY,
    Clause,
    Narrowed,
    clauses_of,
    named_items,
    narrow,
)
from arclogs.rules.matching.trial import Question, Trial
from arclogs.rules.matching.truth import Match, Proof, Result, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.case.case import Case
    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import KubeObject
    from arclogs.rules.language.signals import ObjectSignal


_SHORT_LIVED: Final = frozenset({"Pod", "EphemeralRunner"})
"""They are gone soon after what happened to them: what they were like nobody can tell then."""


class _Tried(NamedTuple):
    """What became of all objects: those that hold, or else the first that speaks against it."""

    held: Sequence[Trial]
    doubtful: Trial | None = None
    failed: Trial | None = None


def match_object(signal: ObjectSignal, known: Bindings, case: Case) -> Result:
    """Evaluate an object signal under bindings."""
    clauses = clauses_of(signal.where)
    unbound = _unbound(clauses, known)
    if unbound:
        return Result(Truth.UNKNOWN, why=f"needs ${unbound}, which nothing before it found")
    index = case.live if signal.state == "live" else case.declared
    asked = Question(signal, clauses, known, case)
    found = _judge(_tried(index, asked), signal, clauses, known, case)
    if (
        found.truth is Truth.UNKNOWN
    ):  # then a piece of an object without a name may be of the one meant
        pieces = [asked.of(piece) for piece in index.nameless(signal.object)]
        held = list(_held(pieces))
        if held:
            matches = tuple(t.match(signal, nameless=True) for t in held)
            found = Result(Truth.HELD, matches)
    return found if signal.exists else _inverted(found, signal.says)


def _tried(index: ObjectIndex, asked: Question) -> _Tried:
    kind = asked.signal.object
    items = named_items(index, kind, asked.clauses, asked.known)
    left = None
    if items is None:
        items = index.of_kind(kind)
        left = narrow(index, kind, asked.clauses, asked.known)
    return _one_by_one(items, asked) if left is None else _of_many(items, left, asked)


def _one_by_one(items: Sequence[KubeObject], asked: Question) -> _Tried:
    trials = [trial for trial in map(asked.of, items) if trial is not None]
    return _Tried(
        list(_held(trials)),
        next((t for t in trials if t.truth is Truth.UNKNOWN), None),
        next(iter(trials), None),
    )


def _of_many(items: Sequence[KubeObject], left: Narrowed, asked: Question) -> _Tried:
    """Try the objects that `narrow` has left, and of the others only as many as will be shown."""
    trials = _unlike(items, left.open, asked)
    doubts: dict[int, Trial] = {}
    for at, trial in trials:
        if trial is not None and trial.truth is Truth.HELD:
            return _Tried(Lazy(chain([trial], _held(trial for _, trial in trials))))
        if trial is not None and trial.truth is Truth.UNKNOWN:
            doubts.setdefault(at, trial)
    doubted = min(doubts, default=len(items))
    for at in places(left.doubtful):
        if at > doubted:
            break
        trial = asked.of(items[at])
        if trial is not None and trial.truth is Truth.UNKNOWN:
            return _Tried((), trial)
    if doubted < len(items):
        return _Tried((), doubts[doubted])
    return _Tried((), None, next((t for t in map(asked.of, items) if t is not None), None))


def _unlike(
    items: Sequence[KubeObject], left: int, asked: Question
) -> Iterator[tuple[int, Trial | None]]:
    """Yield trials, but of objects that would bind the same as one that held: they add nothing."""
    held: set[tuple[str | None, ...]] = set()
    key_of = asked.key()
    for at in places(left):
        key = key_of(items[at])
        if key in held:
            if not key:
                return
            continue
        trial = asked.of(items[at])
        if trial is not None and trial.truth is Truth.HELD:
            held.add(key)
        yield at, trial


def _held(trials: Iterable[Trial | None]) -> Iterator[Trial]:
    return (t for t in trials if t is not None and t.truth is Truth.HELD)


def _unbound(clauses: Sequence[Clause], known: Bindings) -> str | None:
    """Return a variable that a clause needs a value for; a plain equality would bind it instead."""
    for clause in clauses:
        values = clause.wanted if isinstance(clause.wanted, list) else [clause.wanted]
        for value in values:
            name = variable(value)
            if name and name not in known and clause.modifier:
                return name
    return None


def _judge(
    tried: _Tried, signal: ObjectSignal, clauses: Sequence[Clause], known: Bindings, case: Case
) -> Result:
    if tried.held:
        return Result(Truth.HELD, Lazy(trial.match(signal) for trial in tried.held))
    if tried.doubtful is not None:
        return Result(Truth.UNKNOWN, why=tried.doubtful.why)
    namespace = next((c.wanted for c in clauses if c.path == "namespace"), None)
    home = resolve(namespace, known)
    proof = case.collected.proof(signal.object, home if isinstance(home, str) else None)
    pinned = any(c.path == "name" and resolve(c.wanted, known) and not c.modifier for c in clauses)
    where = f" in namespace {home}" if home else ""
    if tried.failed is not None and (pinned or proof):
        return Result(Truth.FAILED, why=tried.failed.why, proofs=tried.failed.proofs(signal))
    if proof:
        name = next((resolve(c.wanted, known) for c in clauses if c.path == "name"), None)
        missing = f"{signal.object} {name or ''}".strip()
        said = f"({missing} is not among those collected{where})"
        if name and signal.exists and signal.object in _SHORT_LIVED and _asks_more(clauses):
            return Result(Truth.UNKNOWN, why=f"{missing} was gone")
        return Result(Truth.FAILED, why=said.strip("()"), proofs=(Proof(proof.location, said),))
    if tried.failed is not None:
        why = f"no {signal.object} of those collected{where} fits, and there may be more"
        return Result(Truth.UNKNOWN, why=why)
    return Result(Truth.UNKNOWN, why=f"{signal.object} objects{where} were not collected")


def _asks_more(clauses: Sequence[Clause]) -> bool:
    return any(clause.path not in IDENTITY for clause in clauses)


def _inverted(found: Result, says: str) -> Result:
    """Turn `exists: false` round: absence that is proven holds."""
    if found.truth is Truth.FAILED:
        proofs = tuple(Proof(p.location, p.text, p.timestamp, says) for p in found.proofs)
        return Result(Truth.HELD, (Match({}, proofs),))
    if found.truth is Truth.HELD:
        first = found.matches[0]
        if first.nameless:
            return Result(Truth.UNKNOWN, why="a part of one is shown, which may be another's")
        place = first.proofs[0].location if first.proofs else ""
        return Result(Truth.FAILED, why=f"it exists: {place}", proofs=first.proofs)
    return found
