"""What is cut out of a text: pieces that do not overlap, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.redact.scan import Found
    from arclogs.redact.views import Range


class Piece(NamedTuple):
    """A piece of a text to be replaced by the placeholder of a secret."""

    start: int
    end: int
    kind: str
    """Empty where it is a further piece of a secret that has its placeholder before."""
    value: str


def pieces(found: Iterable[Found]) -> list[Piece]:
    """Return what secrets cover. Of those that overlap the longest gives the name for all of it."""
    ranges = [(start, end, one) for one in found for start, end in one.ranges]
    ranges.sort(key=lambda piece: (piece[0], -piece[1]))
    named: set[int] = set()
    out: list[Piece] = []
    for (start, end), one in _merged(ranges):
        if id(one) in named:
            out.append(Piece(start, end, "", ""))
        else:
            named.add(id(one))
            out.append(Piece(start, end, one.kind, one.value))
    return out


def _merged(ranges: list[tuple[int, int, Found]]) -> Iterator[tuple[Range, Found]]:
    if not ranges:
        return
    start, end, best = ranges[0]
    longest = end - start
    for first, last, one in ranges[1:]:
        if first < end:
            end = max(end, last)
            if last - first > longest:
                longest, best = last - first, one
        else:
            yield (start, end), best
            start, end, best = first, last, one
            longest = end - start
    yield (start, end), best


def replaced(text: str, cut: Iterable[Piece], told: Callable[[str, str], str]) -> str:
    """Return a text with what `told` says of kind and value for each piece; line ends inside stay."""
    out: list[str] = []
    at = 0
    for start, end, kind, value in cut:
        out.append(text[at:start])
        if kind:
            out.append(told(kind, value))
        if lines := text.count("\n", start, end):
            out.append("\n" * lines)
        at = end
    return "".join([*out, text[at:]]) if out else text


class Findings:
    """What texts were found to hold, for when they are read again; a text is known by its hash."""

    def __init__(self, most: int = 200_000) -> None:
        self._kept: dict[tuple[int, int], tuple[list[Piece], list[Piece]]] = {}
        self._room = most

    def keep(self, text: str, structural: list[Piece], others: list[Piece]) -> None:
        """Keep what a text holds, as far as there is room: `others` without what is structural."""
        size = len(structural) + len(others) + 1
        if size <= self._room:
            self._room -= size
            self._kept[len(text), hash(text)] = structural, others

    def of(self, text: str) -> tuple[list[Piece], list[Piece]] | None:
        """Return what was kept, None for a text that is new."""
        return self._kept.get((len(text), hash(text)))

    def without_structural(self) -> Findings:
        """Return the findings that depend on no placeholder's length."""
        some = Findings()
        some._kept = {key: kept for key, kept in self._kept.items() if not kept[0]}
        return some
