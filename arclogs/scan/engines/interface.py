"""Engines that find, in a chunk of lines, those that a set of probes is about.

`hyperscan` searches all patterns at once in one pass over the raw bytes, at 1 GB/s and more. The wheel
holds Vectorscan, the open fork of Hyperscan (BSD-3-Clause, with Intel's notice; the binding is MIT). It
needs SSE4.2 on x86-64, on arm64 what every such CPU has. Where it cannot be imported polars does the
same over the lines, slower: literals by Aho-Corasick, other patterns by Rust's engine. Either may find
too much. What is found is parsed and tested again, so that both give
the same findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.lines.lines import Lines
    from arclogs.scan.roles import Roles

LOOKS: Final = ("(?=", "(?!", "(?<=", "(?<!")


class Engine(Protocol):
    """Searches chunks."""

    def roles(self, lines: Lines) -> Roles:
        """Return of each line what it means that a probe finds something in it."""
        ...

    def finds(self, texts: Sequence[str]) -> list[bool]:
        """Tell of each text, which has no LF, whether a probe finds something in it."""
        ...


class Unscannable(Exception):
    """A probe that an engine can search neither by its pattern nor by literals."""
