"""Engines that find, in a chunk of lines, those that a set of probes is about.

`hyperscan` searches all patterns at once in one pass over the raw bytes, at 1 GB/s and more. The wheel
holds Vectorscan, the open fork of Hyperscan (BSD-3-Clause, with Intel's notice; the binding is MIT). It
needs SSE4.2 on x86-64, on arm64 what every such CPU has. Where it cannot be imported polars does the
same over the lines, slower: literals by Aho-Corasick, other patterns by Rust's engine. Either may find
too much. What is found is parsed and tested again, so that both give
the same findings.
"""

from __future__ import annotations

import contextlib
import platform
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import polars as pl

from arclogs.cache import NO_CACHE, Cache
from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.lines import Lines
    from arclogs.scan.probes import Probe

Marks: TypeAlias = dict[int, Role]
"""The strongest role of each line that something was found in, by its index in the chunk."""


LONG: Final = 10
"""Characters from which on a literal is rare enough to stand for its pattern."""
_LOOKS: Final = ("(?=", "(?!", "(?<=", "(?<!")


class Engine(Protocol):
    """Searches chunks."""

    def marks(self, lines: Lines) -> Marks:
        """Return the lines in which a probe finds something."""
        ...


class Unscannable(Exception):
    """A probe that an engine can search neither by its pattern nor by literals."""


class PolarsEngine:
    """Searches lines on Rust's engines."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        takes_of = _rust_takes([probe.pattern for probe in probes])
        line = pl.col("line")
        self._tests: list[tuple[Role, pl.Expr]] = []
        for role in sorted({probe.role for probe in probes}):
            literals: set[str] = set()
            for probe in probes:
                if probe.role is not role:
                    continue
                takes = role >= Role.FIELDS or probe.literals is None
                takes = takes and takes_of[probe.pattern]
                if probe.literals is not None and not takes:
                    literals |= probe.literals
                elif takes:
                    self._tests.append((role, line.str.contains(probe.pattern, literal=False)))
                else:
                    raise Unscannable(probe.pattern)
            if literals:
                self._tests.append((role, line.str.contains_any(sorted(literals))))

    def marks(self, lines: Lines) -> Marks:
        """Return the lines in which a probe finds something."""
        return self._marks(lines.texts)

    def finds(self, texts: Sequence[str]) -> list[bool]:
        """Tell of each text whether a probe finds something in it."""
        test = pl.any_horizontal(test for _, test in self._tests)
        frame = pl.DataFrame({"line": texts}, schema={"line": pl.String})
        return frame.select(test.alias("found"))["found"].to_list()

    def _marks(self, lines: pl.Series) -> Marks:
        frame = lines.alias("line").to_frame()
        found = frame.select(test.alias(str(i)) for i, (_, test) in enumerate(self._tests))
        marks: Marks = {}
        for index, (role, _) in enumerate(self._tests):  # in the order of the roles
            for row in found[str(index)].arg_true().to_list():
                marks[row] = max(role, marks.get(row, role))
        return marks


def _rust_takes(patterns: Sequence[str]) -> dict[str, bool]:
    """Tell which patterns Rust's engine takes: of all at once, where those that seem plain are."""
    plain = [p for p in dict.fromkeys(patterns) if not any(look in p for look in _LOOKS)]
    takes = dict.fromkeys(patterns, False)
    return takes | (
        dict.fromkeys(plain, True) if _compile(plain) else {p: _compile([p]) for p in plain}
    )


def _compile(patterns: Sequence[str]) -> bool:
    tests = [
        pl.col("line").str.contains(p, literal=False).alias(str(i)) for i, p in enumerate(patterns)
    ]
    try:
        pl.DataFrame({"line": [""]}).select(tests)
    except pl.exceptions.ComputeError:
        return False
    return True


class HyperscanEngine:
    """Searches bytes with hyperscan."""

    def __init__(self, probes: Sequence[Probe], cache: Cache = NO_CACHE) -> None:
        chosen = expressions(probes)
        self._roles = [role for _, _, role in chosen]
        self._database = _database(chosen, cache)

    def marks(self, lines: Lines) -> Marks:
        """Return the lines in which a probe finds something."""
        ends: list[int] = []
        ids: list[int] = []

        def found(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ids.append(number)
            ends.append(end - 1)

        self._database.scan(lines.chunk, match_event_handler=found)
        marks: Marks = {}
        for row, number in zip(lines.rows_of(ends), ids):
            role = self._roles[number]
            if marks.get(row, 0) < role:
                marks[row] = role
        return marks


class Literals:
    """Tells with hyperscan whether bytes hold one of some texts."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        import hyperscan

        quoted = ["".join(f"\\x{byte:02x}" for byte in text).encode() for text in texts]
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=quoted, ids=list(range(len(quoted))), elements=len(quoted),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(quoted),
        )  # fmt: skip

    def found_in(self, data: bytes) -> bool:
        """Tell whether one of the texts stands in `data`."""
        found: list[int] = []
        self._database.scan(data, match_event_handler=lambda number, *_: found.append(number))
        return bool(found)


def expressions(probes: Sequence[Probe]) -> list[tuple[bytes, bool, Role]]:
    """Return what hyperscan is to search: pattern, whether it is loosened, role.

    Long literals are searched instead of the pattern they come from: that costs the least, where a line
    that is found in vain costs little.
    """
    chosen: dict[tuple[bytes, bool], Role] = {}
    for probe in probes:
        literals = probe.literals or ()
        if literals and min(map(len, literals)) >= LONG and probe.role < Role.FIELDS:
            wanted = [(_quoted(literal), False) for literal in sorted(literals)]
        else:
            wanted = [(probe.pattern, any(look in probe.pattern for look in _LOOKS))]
        for pattern, loose in wanted:
            key = (pattern.encode(), loose)
            chosen[key] = max(probe.role, chosen.get(key, probe.role))
    return [(*key, role) for key, role in chosen.items()]


def _database(chosen: Sequence[tuple[bytes, bool, Role]], cache: Cache) -> Any:
    """Return a compiled database, the kept one where there is one that works here."""
    import hyperscan

    key = (
        getattr(hyperscan, "__version__", ""),
        platform.machine(),
        repr([(p, loose) for p, loose, _ in chosen]),
    )
    kept = cache.get("scan", *key)
    if kept is not None:
        with contextlib.suppress(hyperscan.error):
            database = hyperscan.loadb(kept, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
    database = compile_database(chosen)
    cache.put("scan", hyperscan.dumpb(database), *key)
    return database


def compile_database(chosen: Sequence[tuple[bytes, bool, Role]]) -> Any:
    """Return a compiled database; raise Unscannable where hyperscan refuses a pattern."""
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(
            expressions=[pattern for pattern, _, _ in chosen],
            ids=list(range(len(chosen))),
            elements=len(chosen),
            flags=[hyperscan.HS_FLAG_PREFILTER if loose else 0 for _, loose, _ in chosen],
        )
    except hyperscan.error as error:
        raise Unscannable(str(error)) from error
    return database


def _quoted(literal: str) -> str:
    return "".join(
        c if c.isascii() and c.isalnum() else "".join(f"\\x{byte:02x}" for byte in c.encode())
        for c in literal
    )
