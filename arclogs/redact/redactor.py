"""Replaces secrets in text by a placeholder that tells their kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arclogs.redact.known import Known
from arclogs.redact.patterns import PATTERNS
from arclogs.redact.placeholder import Naming, kind_only
from arclogs.redact.prefilter import passages
from arclogs.redact.scan import Found, find
from arclogs.redact.structure import structural
from arclogs.redact.sweep import Sweep, sweep_of
from arclogs.redact.views import CHAINS, Range, Rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from arclogs.redact.pattern import Pattern

    Seen = Callable[[str, str], None]


_BETWEEN: Final = "\n\n"
"""Between passages that are looked at together: over a blank line nothing is joined."""
_AT_ONCE: Final = 2_000


def _nobody(kind: str, value: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Redactor:
    """Replaces secrets; leaves names, UIDs, digests and versions as they are.

    Three layers, one after the other: what an object's structure says is secret, what looks like a
    secret, and whatever else repeats a value that one of these found. Applying it twice changes
    nothing more, and the number of lines stays.
    """

    patterns: tuple[Pattern, ...] = PATTERNS
    chains: tuple[tuple[Rewrite, ...], ...] = CHAINS
    naming: Naming = kind_only
    known: Sweep | None = None
    """Values that were found secret elsewhere."""
    seen: Seen = field(default=_nobody)
    """Told kind and value of each secret that is replaced."""

    def redact(self, text: str) -> str:
        """Return `text` with each secret as `<kind>`, for example `<github-token>`."""
        known = Known()
        text = self._layers(text, known)
        if known:
            text = sweep_of(known).replace(text, self.naming, self.seen)
        return text if self.known is None else self.known.replace(text, self.naming, self.seen)

    def learn(self, text: str, known: Known) -> None:
        """Add the secrets of a text to those that are known."""
        self._layers(text, known)

    def _layers(self, text: str, known: Known) -> str:
        def told(found: Found) -> str:
            known.add(found.kind, found.value)
            self.seen(found.kind, found.value)
            return self.naming(found.kind, found.value)

        text = covered(text, structural(text), told)
        lines = text.split("\n")
        places = list(passages(text, lines, self.patterns))
        for start in range(0, len(places), _AT_ONCE):
            self._passages(lines, places[start : start + _AT_ONCE], told)
        return "\n".join(lines) if places else text

    def _passages(
        self, lines: list[str], places: list[Range], told: Callable[[Found], str]
    ) -> None:
        """Replace what passages hold: all of them in one go, which a regex does in less time."""
        parts = ["\n".join(lines[start:end]) for start, end in places]
        bounds, at = [], 0
        for part in parts:
            bounds.append((at, at + len(part)))
            at += len(part) + len(_BETWEEN)
        text = _BETWEEN.join(parts)
        if found := find(text, self.patterns, self.chains, passages=bounds):
            new = covered(text, found, told).split("\n")
            at = 0
            for start, end in places:
                lines[start:end] = new[at : at + end - start]
                at += end - start + 1


def covered(text: str, found: Iterable[Found], told: Callable[[Found], str]) -> str:
    """Return the text with what was found replaced; line ends inside of it stay.

    Of secrets that overlap the longest gives the name for all that any of them covers.
    """
    pieces: list[tuple[int, int, Found]] = [
        (start, end, one) for one in found for start, end in one.ranges
    ]
    if not pieces:
        return text
    out: list[str] = []
    named: set[int] = set()
    at = 0
    for (start, end), one in _merged(sorted(pieces, key=lambda p: (p[0], -p[1]))):
        out.append(text[at:start])
        if id(one) not in named:  # the further pieces of a secret need no name
            named.add(id(one))
            out.append(told(one))
        out.append("\n" * text.count("\n", start, end))
        at = end
    return "".join([*out, text[at:]])


def _merged(pieces: list[tuple[int, int, Found]]) -> Iterator[tuple[Range, Found]]:
    start, end, best = pieces[0]
    longest = end - start
    for first, last, one in pieces[1:]:
        if first < end:
            end = max(end, last)
            if last - first > longest:
                longest, best = last - first, one
        else:
            yield (start, end), best
            start, end, best = first, last, one
            longest = end - start
    yield (start, end), best
