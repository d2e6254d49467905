"""One object tried against the clauses of a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from arclogs.case.objects.objects import Found, KubeObject, Lookup, Presence
from arclogs.case.objects.paths import scalar_text
from arclogs.case.rbac import Right, rights_of, rights_of_role
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.rules.language.bindings import Bindings, resolve, variable
from arclogs.rules.matching.compare import compare
from arclogs.rules.matching.lazy import Lazy
from arclogs.rules.matching.narrow import IDENTITY, Clause
from arclogs.rules.matching.truth import Match, Proof, Truth, all_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from arclogs.case.case import Case
    from arclogs.rules.language.signals import ObjectSignal


class Trial(Struct, frozen=True):
    """How one object fared against the clauses."""

    item: KubeObject
    truth: Truth
    bindings: dict[str, str]
    shown: tuple[Found, ...]
    """The fields by which clauses hold."""
    why: str
    assumed: frozenset[str]

    def proofs(self, signal: ObjectSignal) -> Lazy[Proof]:
        """Return the lines that show it; looking them up takes longer than the whole trial."""
        return Lazy(self._proofs(signal))

    def _proofs(self, signal: ObjectSignal) -> Iterator[Proof]:
        cited = [(found, signal.says) for found in self.shown]
        cited += [
            (f, s) for path, s in signal.cite.items() for f in self.item.lookup(path).values[:1]
        ]
        proven = False
        for found, says in cited:
            if found.text:
                proven = True
                yield _shown(found, says)
        if not proven:
            yield _whole(self.item, signal)

    def match(self, signal: ObjectSignal, *, nameless: bool = False) -> Match:
        """Return a trial that held as a match."""
        assumed = frozenset() if nameless else self.assumed
        return Match(self.bindings, self.proofs(signal), assumed=assumed, nameless=nameless)


class Question(NamedTuple):
    """A signal with what is known, to be put to each object."""

    signal: ObjectSignal
    clauses: Sequence[Clause]
    known: Bindings
    case: Case

    def key(self) -> Callable[[KubeObject], tuple[str | None, ...]]:
        """Return what tells objects apart whose matches would bind different values."""
        unbound = [
            c.path for c in self.clauses if (n := variable(c.wanted)) and n not in self.known
        ]
        paths = [*(p for p in unbound if p not in IDENTITY), *self.signal.capture.values()]
        by_name, by_namespace = "name" in unbound, "namespace" in unbound

        def key(item: KubeObject) -> tuple[str | None, ...]:
            identity = [item.name] if by_name else []
            if by_namespace:
                identity.append(item.namespace or "")
            return (*identity, *map(item.value, paths))

        return key

    def of(self, item: KubeObject) -> Trial | None:
        """Test one object; None where it is another object than the one that is meant."""
        bindings: dict[str, str] = {}
        truths: list[Truth] = []
        shown: list[Found] = []
        assumed: set[str] = set()
        why = ""
        for clause in self.clauses:
            name = variable(clause.wanted)
            if clause.path in IDENTITY:
                if not _same_identity(item, clause, self.known, bindings):
                    return None
                if name and name not in self.known and (clause.path == "name" or self.known):
                    assumed.add(name)
                continue
            wanted = resolve(clause.wanted, {**self.known, **bindings})
            if wanted is None and name:
                truth, found = _bind(item, clause.path, name, bindings)
            else:
                truth, found, reason = _test(item, clause, wanted, self.case)
                why = why or (reason if truth is not Truth.HELD else "")
            truths.append(truth)
            if found and truth is Truth.HELD:
                shown.append(found)
            elif truth is not Truth.HELD:
                why = why or _explain(item, clause, wanted, truth, found)
        _capture(item, self.signal.capture, bindings)
        return Trial(item, all_of(truths), bindings, tuple(shown), why, frozenset(assumed))


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
    return Lookup(Presence.PRESENT, (Found(value, first.trust, (first.location, "")),))


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


_MISSED: Final = {
    "": "not",
    "in": "not",
    "contains": "which does not hold",
    "startswith": "which does not begin with",
    "endswith": "which does not end with",
    "matches": "which does not match",
    "before": "which is not before",
    "after": "which is not after",
    "soon_after": "which is not within a day after",
    "gt": "which is not above",
    "lt": "which is not below",
}
"""What a value failed at; without words where the value says it all."""


def _explain(
    item: KubeObject, clause: Clause, wanted: Any, truth: Truth, found: Found | None
) -> str:
    if truth is Truth.UNKNOWN:
        return f"{item.location} does not show {clause.path} of {item}"
    if found is None:
        return f"{clause.path} of {item} is absent"
    missed = _MISSED.get(clause.modifier, "")
    options = wanted if isinstance(wanted, list) else [wanted]
    said = f", {missed} {' or '.join(map(scalar_text, options))}" if missed else ""
    return f"{clause.path} of {item} is {found.value}{said}"


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
