"""Which lines to look at closely: the regexes are slow, and see only where a word or a shape tells."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.redact.views import Range

_OCTETS: Final = tuple(
    b"." + b"d" * first + b"." + b"d" * second + b"." for first in (1, 2, 3) for second in (1, 2, 3)
)
"""The middle of an IP address, when each digit is a `d`."""
_HEX: Final = (b"hh:hh:hh:hh", b"hh-hh-hh-hh", b"hhhh:hhhh", b"h::", b"::h")


def _shape(letters: str, mark: str, stays: str) -> bytes:
    return bytes(
        ord(mark) if chr(byte) in letters else byte if chr(byte) in stays else 32
        for byte in range(256)
    )


_DIGITS: Final = _shape("0123456789", "d", ".")
_HEX_DIGITS: Final = _shape("0123456789abcdef", "h", ":-")


def folded(text: str) -> bytes:
    """Return a text in lower case with a byte for each character, so that offsets agree."""
    return text.encode("latin-1", "replace").lower()


def with_address4(data: bytes) -> list[Range]:
    """Return the lines in which an IPv4 address could stand."""
    return _lines(data, _offsets(data.translate(_DIGITS), _OCTETS))


def with_colons(data: bytes) -> list[Range]:
    """Return the lines in which an IPv6 or a hardware address could stand."""
    return _lines(data, _offsets(data.translate(_HEX_DIGITS), _HEX))


class Lexicon:
    """Finds the lines that hold one of many words, for several sets of words at once."""

    def __init__(self, sets: Sequence[Sequence[str]]) -> None:
        of: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(sets):
            for word in words:
                of[word].append(number)
        self._sets = [of[word] for word in of]
        self._matcher = ahocorasick_rs.BytesAhoCorasick([word.encode("ascii") for word in of])

    def lines(self, data: bytes) -> dict[int, list[Range]]:
        """Return the lines by number of a set of words, of those that are in the text."""
        offsets: defaultdict[int, list[int]] = defaultdict(list)
        for index, start, _ in self._matcher.find_matches_as_indexes(data, overlapping=True):
            for number in self._sets[index]:
                offsets[number].append(start)
        return {number: _lines(data, offsets[number]) for number in sorted(offsets)}


def _offsets(data: bytes, needles: Iterable[bytes]) -> Iterator[int]:
    for needle in needles:
        at = data.find(needle)
        while at >= 0:
            yield at
            at = data.find(needle, at + len(needle) - 1)


def _lines(data: bytes, offsets: Iterable[int]) -> list[Range]:
    found: list[Range] = []
    for at in sorted(offsets):
        if not found or at > found[-1][1]:
            end = data.find(b"\n", at)
            found.append((data.rfind(b"\n", 0, at) + 1, end if end >= 0 else len(data)))
    return found
