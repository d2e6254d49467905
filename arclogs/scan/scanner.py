"""What a pass over a bundle needs to read large logs quickly: engines that know the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.cache import NO_CACHE, Cache
from arclogs.ingest.blocks import MARKS, may_have_blocks
from arclogs.scan.chunks import CHUNK_BYTES
from arclogs.scan.engines.hyperscan_engine import HyperscanEngine, Literals
from arclogs.scan.engines.interface import Engine, Unscannable
from arclogs.scan.formats.shapes import parser_of, shape_of
from arclogs.scan.lines.looks import Looks
from arclogs.scan.on_demand import LEAST_BYTES, EngineName
from arclogs.scan.sift import Sift
from arclogs.stopwatch import stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from arclogs.ingest.text.lines import LineReader
    from arclogs.model.record import Source
    from arclogs.scan.formats.layout import Layout
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.probes import Probe
    from arclogs.stopwatch import Stopwatch

_SHAPES: Final = 16
"""Shapes whose looks are remembered."""


class Scanner:
    """Sifts members; has one engine for each set of programs that may have written one."""

    def __init__(
        self,
        probes: Callable[[frozenset[Source]], Sequence[Probe]],
        engine: EngineName | None = None,
        least_bytes: int = LEAST_BYTES,
        chunk_bytes: int = CHUNK_BYTES,
        cache: Cache = NO_CACHE,
        clock: Stopwatch | None = None,
    ) -> None:
        self.least_bytes = least_bytes
        self._probes = probes
        self._cache = cache
        self._clock = clock
        self._engine = engine or best_engine()
        self.chunk_bytes = chunk_bytes
        self._marks = Literals(MARKS) if self._engine == "hyperscan" else None
        self._looks: dict[Shape, Looks] = {}
        """The one used last comes last."""
        self._engines: dict[object, Engine | None] = {}

    def may_have_blocks(self, chunk: bytes) -> bool:
        """Tell whether text may hold anything by which it would be cut."""
        return self._marks.found_in(chunk) if self._marks is not None else may_have_blocks(chunk)

    def parser_of(self, head: Sequence[str]) -> str | None:
        """Return the name of the parser that must be a head's, or None where that takes a choice."""
        return parser_of(head)

    def sift(
        self, parser: str, head: Sequence[str], pieces: Iterable[bytes], reader: LineReader
    ) -> Sift | None:
        """Return how to read a member for a parser, or None: line by line. `head` begins it."""
        with stage(self._clock, "scan"):
            shape = shape_of(parser, head)
            engine = self._engine_for(shape.layout) if shape is not None else None
        if shape is None or engine is None:
            return None
        looks = self._looks_of(shape)
        return Sift(looks, engine, pieces, reader, self.chunk_bytes, self._clock)

    def _looks_of(self, shape: Shape) -> Looks:
        """Return what was seen of lines of a shape: in the next member they say the same."""
        looks = self._looks.pop(shape, None) or Looks(shape)
        self._looks[shape] = looks
        if len(self._looks) > _SHAPES:
            del self._looks[next(iter(self._looks))]
        return looks

    def _engine_for(self, layout: Layout) -> Engine | None:
        """Return what searches lines of a layout, or None where a rule cannot be scanned for."""
        key = layout.sources, layout.probes
        if key not in self._engines:
            probes = (*self._probes(layout.sources), *layout.probes)
            try:
                self._engines[key] = self._searching(probes)
            except Unscannable:
                self._engines[key] = None
        return self._engines[key]

    def _searching(self, probes: Sequence[Probe]) -> Engine:
        if self._engine == "hyperscan":
            return HyperscanEngine(probes, self._cache)
        from arclogs.scan.engines.polars_engine import PolarsEngine

        return PolarsEngine(probes)


def best_engine() -> EngineName:
    """Return the fastest engine that works here."""
    try:
        import hyperscan  # noqa: F401
    except ImportError:
        return "polars"
    return "hyperscan"
