"""Object signals: joining a rule with the state of Kubernetes objects, in three values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from arclogs.case.objects import Found, KubeObject, Lookup, Presence
from arclogs.case.rbac import Right, rights_of, rights_of_role
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.rules.bindings import Bindings, resolve, variable
from arclogs.rules.compare import compare
from arclogs.rules.truth import Match, Proof, Result, Truth, all_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.case.case import Case
    from arclogs.rules.signals import ObjectSignal

_IDENTITY = ("namespace", "name")


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a `where`."""

    path: str
    modifier: str
    wanted: Any

    def __str__(self) -> str:
        return f"{self.path}{' ' + self.modifier if self.modifier else ''} {self.wanted}"


@dataclass(frozen=True, slots=True)
class _Trial:
    """How one object fared against the clauses."""

    truth: Truth
    bindings: dict[str, str]
    proofs: tuple[Proof, ...]
    why: str
    assumed: frozenset[str]


def match_object(signal: ObjectSignal, known: Bindings, case: Case) -> Result:
    """Evaluate an object signal under bindings."""
    clauses = [Clause(*_split(key), wanted) for key, wanted in signal.where.items()]
    unbound = _unbound(clauses, known)
    if unbound:
        return Result(Truth.UNKNOWN, why=f"needs ${unbound}, which nothing before it found")
    index = case.live if signal.state == "live" else case.declared
    name = next((c.wanted for c in clauses if c.path == "name" and not c.modifier), None)
    pinned = resolve(name, known)
    items = (
        index.named(signal.object, pinned)
        if isinstance(pinned, str)
        else index.of_kind(signal.object)
    )
    trials = _tried(items, clauses, signal, known, case)
    found = _judge(trials, signal, clauses, known, case)
    if (
        found.truth is Truth.UNKNOWN
    ):  # then a piece of an object without a name may be of the one meant
        pieces = _tried(index.nameless(signal.object), clauses, signal, known, case)
        held = [t for t in pieces if t.truth is Truth.HELD]
        if held:
            matches = tuple(Match(t.bindings, t.proofs, nameless=True) for t in held)
            found = Result(Truth.HELD, matches)
    return found if signal.exists else _inverted(found, signal.says)


def _tried(
    items: list[KubeObject],
    clauses: list[Clause],
    signal: ObjectSignal,
    known: Bindings,
    case: Case,
) -> list[_Trial]:
    trials = (_try(item, clauses, signal, known, case) for item in items)
    return [trial for trial in trials if trial is not None]


def _split(key: str) -> tuple[str, str]:
    path, _, modifier = key.partition("|")
    return path, modifier


def _unbound(clauses: list[Clause], known: Bindings) -> str | None:
    """Return a variable that a clause needs a value for; a plain equality would bind it instead."""
    for clause in clauses:
        values = clause.wanted if isinstance(clause.wanted, list) else [clause.wanted]
        for value in values:
            name = variable(value)
            if name and name not in known and clause.modifier:
                return name
    return None


def _try(
    item: KubeObject, clauses: list[Clause], signal: ObjectSignal, known: Bindings, case: Case
) -> _Trial | None:
    """Test one object; None where it is another object than the one that is meant."""
    bindings: dict[str, str] = {}
    truths: list[Truth] = []
    proofs: list[Proof] = []
    assumed: set[str] = set()
    why = ""
    for clause in clauses:
        name = variable(clause.wanted)
        if clause.path in _IDENTITY:
            if not _same_identity(item, clause, known, bindings):
                return None
            if name and name not in known and clause.path == "name":
                assumed.add(name)
            continue
        wanted = resolve(clause.wanted, {**known, **bindings})
        if wanted is None and name:
            truth, found = _bind(item, clause.path, name, bindings)
        else:
            truth, found, reason = _test(item, clause, wanted, case)
            why = why or (reason if truth is not Truth.HELD else "")
        truths.append(truth)
        if found and truth is Truth.HELD and found.text:
            proofs.append(_shown(found, signal.says))
        elif truth is not Truth.HELD:
            why = why or _explain(item, clause, wanted, truth, found)
    _capture(item, signal.capture, bindings)
    for path, says in signal.cite.items():
        shown = (f for f in item.lookup(path).values[:1] if f.text)
        proofs += [_shown(f, says) for f in shown]
    if not proofs:
        proofs.append(_whole(item, signal))
    return _Trial(all_of(truths), bindings, tuple(proofs), why, frozenset(assumed))


def _shown(found: Found, says: str) -> Proof:
    """Cite a field; one that is a time takes its place in the order of events."""
    text = found.value if isinstance(found.value, str) and "T" in found.value else ""
    return Proof(found.location, found.text, parse_timestamp(text), says)


def _same_identity(
    item: KubeObject, clause: Clause, known: Bindings, bindings: dict[str, str]
) -> bool:
    actual = item.namespace if clause.path == "namespace" else item.name
    wanted = resolve(clause.wanted, {**known, **bindings})
    if wanted is None:  # an unbound variable takes the object's value
        if actual:
            bindings[str(variable(clause.wanted))] = actual
        return True
    if not actual:  # the source does not tell namespace or name
        return True
    answer, _ = compare(_as_lookup(item, actual), clause.modifier, wanted)
    return answer is Truth.HELD


def _as_lookup(item: KubeObject, value: str) -> Lookup:
    first = item.observations[0]
    return Lookup(Presence.PRESENT, (Found(value, first.location, "", first.trust),))


def _bind(
    item: KubeObject, path: str, name: str, bindings: dict[str, str]
) -> tuple[Truth, Found | None]:
    looked = item.lookup(path)
    if looked.presence is Presence.PRESENT:
        bindings[name] = str(looked.values[0].value)
        return Truth.HELD, looked.values[0]
    return (Truth.FAILED if looked.presence is Presence.ABSENT else Truth.UNKNOWN), None


def _test(
    item: KubeObject, clause: Clause, wanted: Any, case: Case
) -> tuple[Truth, Found | None, str]:
    if clause.modifier in ("grants", "not_grants"):
        return _rights(item, clause, wanted, case)
    truth, found = compare(item.lookup(clause.path), clause.modifier, wanted)
    return truth, found, ""


def _rights(
    item: KubeObject, clause: Clause, wanted: Any, case: Case
) -> tuple[Truth, Found | None, str]:
    """`grants` holds where every right is granted, `not_grants` where one surely is not."""
    if item.kind in ("Role", "ClusterRole"):
        rights = rights_of_role(item)
    else:
        account = item.value("spec.serviceAccountName") if item.kind == "Pod" else item.name
        if account is None:
            return Truth.UNKNOWN, None, f"{item.location} does not show the account of {item}"
        rights = rights_of(account, item.namespace or "", case.live, case.collected)
    asked = [Right.parse(str(w)) for w in (wanted if isinstance(wanted, list) else [wanted])]
    lacking = [r for r in asked if rights.grants(r) is None]
    if not lacking:
        granted = rights.grants(asked[0])
        truth = Truth.HELD if clause.modifier == "grants" else Truth.FAILED
        return truth, granted, f"{item} may {_some(asked)}"
    if not rights.complete:
        return Truth.UNKNOWN, None, f"the rights of {item} are not known: {rights.unknown}"
    truth = Truth.FAILED if clause.modifier == "grants" else Truth.HELD
    place = rights.bindings[0].lookup("roleRef.name").values if rights.bindings else ()
    place = place or tuple(found for _, found in rights.rules[:1])
    return truth, (place[0] if place else None), f"{item} may not {_some(lacking)}"


def _some(rights: list[Right]) -> str:
    named = ", ".join(str(right) for right in rights[:4])
    return named if len(rights) <= 4 else f"{named} and {len(rights) - 4} more"


def _explain(
    item: KubeObject, clause: Clause, wanted: Any, truth: Truth, found: Found | None
) -> str:
    if truth is Truth.UNKNOWN:
        return f"{item.location} does not show {clause.path} of {item}"
    actual = f"is {found.value}" if found else "is absent"
    asked = clause.modifier or "="
    said = {"exists": "", "not_grants": ""}.get(asked, f", not {asked} {wanted}")
    return f"{clause.path} of {item} {actual}{said}"


def _capture(item: KubeObject, capture: Mapping[str, str], bindings: dict[str, str]) -> None:
    for name, path in capture.items():
        value = item.value(path)
        if value is not None:
            bindings[name] = value


def _whole(item: KubeObject, signal: ObjectSignal) -> Proof:
    """Cite the object as such where no single line decides."""
    named = item.lookup("metadata.name").values
    if named and named[0].text:
        return Proof(named[0].location, named[0].text, says=signal.says or f"{item}")
    return Proof(item.location, f"({item})", says=signal.says)


def _judge(
    trials: list[_Trial], signal: ObjectSignal, clauses: list[Clause], known: Bindings, case: Case
) -> Result:
    held = [t for t in trials if t.truth is Truth.HELD]
    if held:
        matches = tuple(Match(t.bindings, t.proofs, assumed=t.assumed) for t in held)
        return Result(Truth.HELD, matches)
    doubtful = [t for t in trials if t.truth is Truth.UNKNOWN]
    if doubtful:
        return Result(Truth.UNKNOWN, why=doubtful[0].why)
    namespace = next((c.wanted for c in clauses if c.path == "namespace"), None)
    home = resolve(namespace, known)
    proof = case.collected.proof(signal.object, home if isinstance(home, str) else None)
    pinned = any(c.path == "name" and resolve(c.wanted, known) and not c.modifier for c in clauses)
    where = f" in namespace {home}" if home else ""
    if trials and (pinned or proof):
        return Result(Truth.FAILED, why=trials[0].why, proofs=trials[0].proofs)
    if proof:
        name = next((resolve(c.wanted, known) for c in clauses if c.path == "name"), None)
        missing = f"{signal.object} {name or ''}".strip()
        said = f"({missing} is not among those collected{where})"
        return Result(Truth.FAILED, why=said.strip("()"), proofs=(Proof(proof.location, said),))
    return Result(Truth.UNKNOWN, why=f"{signal.object} objects{where} were not collected")


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
