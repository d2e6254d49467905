"""Which of many objects a `where` has to be tried on: those that may hold, and those in doubt.

    object: Pod                                     17,700 pods
    where: {arc.component: runner, status.reason: Evicted}
                                                    none may hold: not one has that reason

What can be told of the objects with the same value at a path is told once, from the column of that
path (`case.objects.columns`). The others fail, and of those that fail a result shows the first at most.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from arclogs.case.objects.columns import Column, bits
from arclogs.case.objects.objects import Found, Lookup, Presence
from arclogs.case.objects.paths import scalar_text
from arclogs.model.location import Location
from arclogs.model.observation import Trust
from arclogs.rules.language.bindings import resolve, variable
from arclogs.rules.language.literals import required_literals
from arclogs.rules.matching.compare import compare
from arclogs.rules.matching.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.case.objects.index import ObjectIndex
    from arclogs.case.objects.objects import KubeObject
    from arclogs.rules.language.bindings import Bindings

FEWEST: Final = 16
"""Objects that are worth a look at their columns; fewer are tried one by one."""
IDENTITY: Final = ("namespace", "name")
_RIGHTS: Final = frozenset({"grants", "not_grants"})
_EQUALITY: Final = frozenset({"", "in", "neq", "not_in"})
_MANY: Final = 1000
"""Values that are worth a frame."""
_NOWHERE: Final = (Location("", 0), "")


class Clause(Struct, frozen=True):
    """One line of a `where`."""

    path: str
    modifier: str
    wanted: Any

    def __str__(self) -> str:
        return f"{self.path}{' ' + self.modifier if self.modifier else ''} {self.wanted}"


def clauses_of(where: Mapping[str, Any]) -> list[Clause]:
    """Return the lines of a `where`."""
    parted = ((*key.partition("|"), wanted) for key, wanted in where.items())
    return [Clause(path, modifier, wanted) for path, _, modifier, wanted in parted]


class Narrowed(NamedTuple):
    """The objects to be tried, as sets of places (`case.objects.columns`)."""

    open: int
    """These may hold."""
    doubtful: int
    """Of these a field that decides is not known: they do not hold, and may not fail either."""


def named_items(
    index: ObjectIndex, kind: str, clauses: Sequence[Clause], known: Bindings
) -> Sequence[KubeObject] | None:
    """Return the objects with the names that a `where` asks for; None where it asks for none."""
    for clause in clauses:
        if clause.path != "name" or clause.modifier not in ("", "in"):
            continue
        wanted = resolve(clause.wanted, known)
        if isinstance(wanted, str):
            return index.named(kind, wanted)
    return None


def narrow(
    index: ObjectIndex, kind: str, clauses: Sequence[Clause], known: Bindings
) -> Narrowed | None:
    """Return what is left of all objects of a kind; None for too few to be worth it."""
    size = len(index.of_kind(kind))
    if size < FEWEST:
        return None
    left = (1 << size) - 1
    doubtful = 0
    told = [c for c in clauses if c.path not in IDENTITY and c.modifier not in _RIGHTS]
    for clause in sorted(told, key=lambda c: not index.has_column(kind, c.path)):
        judged = _judge(index, kind, clause, known)
        if judged is not None:
            left &= judged.open | judged.doubtful
            doubtful |= judged.doubtful
        if left.bit_count() < FEWEST:
            break  # the rest is sooner tried than told from columns, which may have to be made
    return Narrowed(left & ~doubtful, left & doubtful)


def _judge(index: ObjectIndex, kind: str, clause: Clause, known: Bindings) -> Narrowed | None:
    """Return what one clause leaves; None where that depends on more than one object's field."""
    wanted = resolve(clause.wanted, known)
    name = variable(clause.wanted)
    unbound = wanted is None and name is not None
    if isinstance(wanted, list) and None in wanted and wanted != clause.wanted:
        return None  # a variable among others that nothing has bound
    key = (kind, clause.path, "bind" if unbound else clause.modifier, _key(wanted))
    answer = index.answers.get(key)
    if answer is None:
        column = index.column(kind, clause.path)
        answer = _bound(column) if unbound else _compared(column, clause.modifier, wanted)
        index.answers[key] = answer
    return Narrowed(*answer)


def _key(wanted: Any) -> tuple[tuple[str, str], ...]:
    options = wanted if isinstance(wanted, list) else [wanted]
    return tuple((type(option).__name__, str(option)) for option in options)


def _bound(column: Column) -> Narrowed:
    """Judge a field that binds a variable, whatever it is, unless a clause before has bound it."""
    there = bits((*column.values.values(), column.nested), column.size)
    return Narrowed(there, bits((column.unknown,), column.size))


def _compared(column: Column, modifier: str, wanted: Any) -> Narrowed:
    fitting: list[Sequence[int]] = []
    doubtful: list[Sequence[int]] = []
    absent, _ = compare(Lookup(Presence.ABSENT), modifier, wanted)
    unknown, _ = compare(Lookup(Presence.UNKNOWN), modifier, wanted)
    if absent is Truth.HELD:
        fitting.append(column.absent())
    if unknown is Truth.UNKNOWN:
        doubtful.append(column.unknown)
    if modifier != "exists" or _is_true(wanted):
        fitting.append(column.nested)
    held = bits((*fitting, *_fitting(column, modifier, wanted)), column.size)
    if modifier in ("neq", "not_in"):
        held &= ~bits(_equal(column, wanted), column.size)
    return Narrowed(held, bits(doubtful, column.size))


def _is_true(wanted: Any) -> bool:
    return scalar_text(wanted) == "true"


def _fitting(column: Column, modifier: str, wanted: Any) -> Iterator[list[int]]:
    """Yield the objects by whose values a clause holds; all that differ for its opposite."""
    if modifier in ("neq", "not_in"):
        yield from column.values.values()
    elif modifier in _EQUALITY:
        yield from _equal(column, wanted)
    else:
        for texts in _likely(column, modifier, wanted):
            shown = tuple(Found(text, Trust.LIVE, _NOWHERE) for text in texts)
            truth, _ = compare(Lookup(Presence.PRESENT, shown), modifier, wanted)
            if truth is Truth.HELD:
                yield column.values[texts]


def _likely(column: Column, modifier: str, wanted: Any) -> Iterable[tuple[str, ...]]:
    """Return the values by which a clause may hold: of many, all that hold a text of its patterns."""
    if modifier != "matches" or len(column.values) < _MANY:
        return column.values
    patterns = [str(option) for option in (wanted if isinstance(wanted, list) else [wanted])]
    single = [texts[0] for texts in column.values if len(texts) == 1]
    needed = [required_literals(pattern) for pattern in patterns]
    known = [texts for texts in needed if texts is not None]
    if len(known) == len(needed):
        literals = sorted(frozenset().union(*known))
        single = [text for text in single if any(literal in text for literal in literals)]
    else:
        single = list(_matching(single, patterns))
    return chain(column.several, ((text,) for text in single))


def _matching(texts: list[str], patterns: Sequence[str]) -> Iterable[str]:
    """Return the texts that a linear engine finds one of the patterns in; all where it takes none."""
    import polars as pl  # 0.2 s, for what few bundles hold enough of

    from arclogs.rules.filtering.frame_filter import linear, text_filter

    if not all(map(linear, patterns)):
        return texts
    test = text_filter("text", "|".join(f"(?:{pattern})" for pattern in patterns), None)
    return pl.DataFrame({"text": texts}, schema={"text": pl.String}).filter(test)["text"]


def _equal(column: Column, wanted: Any) -> Iterator[list[int]]:
    for option in wanted if isinstance(wanted, list) else [wanted]:
        yield from column.having(scalar_text(option))
