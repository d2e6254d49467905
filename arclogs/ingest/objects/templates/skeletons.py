"""Which items of a list are alike: what is left of their texts without the simplest scalars.

    - kind: Pod                            - kind: ⟨text⟩
      metadata:                              metadata:
        name: linux-k8s-7hx2q                  name: ⟨text⟩
        uid: "0741"                            uid: "⟨text⟩"
      restartCount: 3                        restartCount: ⟨number⟩

Of the same skeleton, two items have the same fields, and each simple scalar is the value that it is
alone: nothing in it can end, nest, refer to or continue anything. The first of a skeleton is parsed, and
has to give what the rules of its syntax say of it, or else all of them are parsed.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.ingest.objects.templates.template import Kind, Section


class Skeleton(NamedTuple):
    """What is left of a text."""

    fixed: tuple[str, ...]
    """What stands between simple scalars; one more than there are."""
    section: tuple[int, int] | None
    """Where managedFields were left out: the index in `fixed`, and where in it."""


class Parted(NamedTuple):
    """An item, taken apart."""

    skeleton: Skeleton
    simple: list[str]
    """Its simple scalars, as they are written."""
    lean: str
    """What of it is parsed."""


class Syntax(Protocol):
    """How the items of one list are written."""

    @property
    def tail(self) -> str:
        """Return what follows an item up to where the next one is one for sure."""
        ...

    @property
    def ahead(self) -> int:
        """Return how many characters of the tail belong to the next item."""
        ...

    def parted(self, text: str) -> Parted | None:
        """Return an item taken apart; None for one in which something is odd."""
        ...

    def kind(self, simple: str) -> Kind | None:
        """Return of what kind a simple scalar is; None for what has to stay as it is."""
        ...

    def section(self, following: str) -> tuple[str, Section, str]:
        """Return what stands where managedFields were left out, what passes over them, and its end."""
        ...

    def parsed(self, parted: Parted) -> tuple[dict[str, Any], Sequence[int | None]] | None:
        """Return the object, and for each scalar of it the simple one that it is, None for no such.

        None for a text in which that cannot be told from the text alone.
        """
        ...


def skeleton_of(parts: Sequence[str], section: int | None) -> Skeleton | None:
    """Return the skeleton of an item of which every third part is a simple scalar.

    `section` is where in the text managedFields were left out.
    """
    fixed = tuple(map(str.__add__, parts[0::3], (*parts[1::3], "")))
    place = None if section is None else _place(section, fixed, parts[2::3])
    return None if section is not None and place is None else Skeleton(fixed, place)


def starts(parted: Parted) -> dict[int, int]:
    """Return where in the text the simple scalars begin, with their numbers."""
    sizes = (len(f) + len(s) for f, s in zip(parted.skeleton.fixed, parted.simple))
    ends = enumerate(zip(accumulate(sizes), parted.simple))
    return {end - len(text): number for number, (end, text) in ends}


def _place(at: int, fixed: Sequence[str], simple: Sequence[str]) -> tuple[int, int] | None:
    """Return in which of the fixed texts a place is, and where in it."""
    start = 0
    for number, text in enumerate(fixed):
        if start <= at < start + len(text):
            return number, at - start
        start += len(text) + (len(simple[number]) if number < len(simple) else 0)
    return None


def scalars(value: Any) -> Iterator[Any]:
    """Yield all scalars of a value, in order."""
    if isinstance(value, dict):
        for below in value.values():
            yield from scalars(below)
    elif isinstance(value, list):
        for below in value:
            yield from scalars(below)
    else:
        yield value
