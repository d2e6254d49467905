"""Replaces secrets in text by a placeholder that tells their kind."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from arclogs.redact.known import Known
from arclogs.redact.patterns import PATTERNS
from arclogs.redact.pieces import Findings, pieces, replaced
from arclogs.redact.placeholder import Naming, kind_only
from arclogs.redact.prefilter import passages
from arclogs.redact.scan import find
from arclogs.redact.structure import structural
from arclogs.redact.sweep import Sweep, sweep_of
from arclogs.redact.views import CHAINS, Rewrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.pieces import Piece
    from arclogs.redact.scan import Found

    Seen = Callable[[str, str], None]


_BETWEEN: Final = "\n\n"
"""Between passages that are looked at together: over a blank line nothing is joined."""
_AT_ONCE: Final = 200


def _nobody(kind: str, value: str) -> None:
    pass


class Redactor(Struct, frozen=True):
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
    findings: Findings | None = None
    """What `learn` found, so that `redact` need not look for it again."""

    def redact(self, text: str) -> str:
        """Return `text` with each secret as `<kind>`, for example `<github-token>`."""

        def told(kind: str, value: str) -> str:
            self.seen(kind, value)
            return self.naming(kind, value)

        kept = self.findings.of(text) if self.findings else None
        first = kept[0] if kept else pieces(structural(text))
        text = replaced(text, first, told)
        second = kept[1] if kept else pieces(self._found(text))
        return self._swept(replaced(text, second, told), (*first, *second))

    def learn(self, text: str, known: Known) -> None:
        """Add the secrets of a text to those that are known."""
        first = pieces(structural(text))
        second = pieces(self._found(replaced(text, first, self.naming)))
        if self.findings is not None:
            self.findings.keep(text, first, second)
        for piece in (*first, *second):
            if piece.kind:
                known.add(piece.kind, piece.value)
                self.seen(piece.kind, piece.value)

    def _swept(self, text: str, found: Sequence[Piece]) -> str:
        """Return a text without copies of its own values and of those that are known from elsewhere."""
        known = Known()
        for piece in found:
            if piece.kind:
                known.add(piece.kind, piece.value)
        everywhere = self.known
        if everywhere is None:
            return sweep_of(known).replace(text, self.naming, self.seen) if known else text
        if everywhere.knows(known.kinds) and next(everywhere.places(text), None) is None:
            return text  # where none of all values stands, none of its own does
        if known:
            text = sweep_of(known).replace(text, self.naming, self.seen)
        return everywhere.replace(text, self.naming, self.seen)

    def _found(self, text: str) -> Iterator[Found]:
        """Yield what passages hold: many in one go, which a regex does in less time."""
        lines = text.split("\n")
        places = list(passages(text, lines, self.patterns))
        if not places:
            return
        letters = [0, *accumulate(map(len, lines))]  # before each line, without line ends
        for first in range(0, len(places), _AT_ONCE):
            parts, bounds, shifts, at = [], [], [], 0
            for start, end in places[first : first + _AT_ONCE]:
                begin = letters[start] + start
                part = text[begin : letters[end] + end - 1]
                parts.append(part)
                bounds.append((at, at + len(part)))
                shifts.append(begin - at)
                at += len(part) + len(_BETWEEN)
            starts = [start for start, _ in bounds]
            for one in find(_BETWEEN.join(parts), self.patterns, self.chains, passages=bounds):
                shift = shifts[bisect_right(starts, one.ranges[0][0]) - 1]
                yield one._replace(
                    ranges=[(start + shift, end + shift) for start, end in one.ranges]
                )
