"""A scanner made when the first large text comes: what it needs takes longer than a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from arclogs.ingest.blocks import may_have_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from arclogs.cache import Cache
    from arclogs.ingest.text.lines import LineReader
    from arclogs.model.record import Source
    from arclogs.scan.probes import Probe
    from arclogs.scan.scanner import Scanner
    from arclogs.scan.sift import Sift
    from arclogs.stopwatch import Stopwatch

EngineName: TypeAlias = Literal["hyperscan", "polars"]
LEAST_BYTES: Final = 32 * 1024
"""Smaller members are parsed in less time than a scan of them takes."""
FIRST_BYTES: Final = 512 * 1024
"""A bundle up to this size is parsed in less time than the engines take to import."""


class OnDemand:
    """Stands for a scanner until there is enough to scan."""

    def __init__(
        self,
        probes: Callable[[frozenset[Source]], Sequence[Probe]],
        engine: EngineName | None,
        cache: Cache,
        clock: Stopwatch | None = None,
    ) -> None:
        self._probes = probes
        self._engine = engine
        self._cache = cache
        self._clock = clock
        self._scanner: Scanner | None = None
        self._seen = 0

    @property
    def least_bytes(self) -> int:
        """Return the size from which members are scanned: that of small ones, once much was seen."""
        return LEAST_BYTES if self._scanner or self._seen >= FIRST_BYTES else FIRST_BYTES

    def may_have_blocks(self, chunk: bytes) -> bool:
        """Tell whether text may hold anything by which it would be cut."""
        self._seen += len(chunk)
        if self._scanner is None and len(chunk) < FIRST_BYTES:
            return may_have_blocks(chunk)
        return self._made().may_have_blocks(chunk)

    def parser_of(self, head: Sequence[str]) -> str | None:
        """Return the name of the parser that must be a head's, or None where that takes a choice."""
        return self._made().parser_of(head)

    def sift(
        self, parser: str, head: Sequence[str], pieces: Iterable[bytes], reader: LineReader
    ) -> Sift | None:
        """Return how to read a member for a parser, or None: line by line. `head` begins it."""
        return self._made().sift(parser, head, pieces, reader)

    def _made(self) -> Scanner:
        if self._scanner is None:
            from arclogs.allocator import keep_freed_memory
            from arclogs.scan.scanner import Scanner

            keep_freed_memory()
            self._scanner = Scanner(
                self._probes, self._engine, LEAST_BYTES, cache=self._cache, clock=self._clock
            )
        return self._scanner
