"""The engine that searches bytes with hyperscan, and how patterns are made fit for it.

A pattern that hyperscan refuses is loosened, so that it finds more than it should; one that cannot be
loosened is searched by the literals that its matches hold. What is found is tested again anyhow.
"""

from __future__ import annotations

import contextlib
import json
import platform
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from arclogs.cache import NO_CACHE, Cache
from arclogs.scan.engines.interface import LOOKS, Unscannable
from arclogs.scan.probes import Probe, Role, bytewise
from arclogs.scan.roles import no_roles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from arclogs.scan.lines.lines import Lines
    from arclogs.scan.roles import Roles

LONG: Final = 10
"""Characters from which on a literal is rare enough to stand for its pattern."""

_FOLDED: Final = {"\u212a": "k", "\u017f": "s", "\u0130": "i", "\u0131": "i"}
"""Characters beyond ASCII that are a letter of it where case does not count."""
_LEADING: Final = bytes(octet if octet < 0x80 else 0xFF for octet in range(256))
_FOLLOWING: Final = bytes(range(0x80, 0xC0))
"""In UTF-8 the bytes that begin a character, and those that go on with it."""


class Expression(NamedTuple):
    """A pattern as hyperscan is to search it."""

    pattern: bytes
    loose: bool = False
    """It may find more: look-around and backreferences are left out."""


class HyperscanEngine:
    """Searches bytes with hyperscan."""

    def __init__(self, probes: Sequence[Probe], cache: Cache = NO_CACHE) -> None:
        self._probes, self._cache = probes, cache
        self._database, roles = _compiled(probes, cache)
        self._roles = np.array(roles, dtype=np.uint8)

    def roles(self, lines: Lines) -> Roles:
        """Return of each line what it means that a probe finds something in it."""
        ends: list[int] = []
        ids: list[int] = []

        def found(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ids.append(number)
            ends.append(end - 1)

        self._database.scan(lines.chunk, match_event_handler=found)
        roles = no_roles(len(lines))
        if ends:
            rows = lines.rows_of(np.array(ends, dtype=np.int64))
            np.maximum.at(roles, rows, self._roles[ids])
        return roles

    def finds(self, texts: Sequence[str]) -> list[bool]:
        """Tell of each text, which has no LF, whether a probe finds something in it."""
        if self._of_texts is None:
            return [True] * len(texts)
        ends: list[int] = []

        def find(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ends.append(end - 1)

        self._of_texts.scan(_byte_a_character("\n".join(texts)), match_event_handler=find)
        found = [False] * len(texts)
        places = list(accumulate((len(text) + 1 for text in texts), initial=0)) if ends else []
        for end in ends:
            found[bisect_right(places, end) - 1] = True
        return found

    @cached_property
    def _of_texts(self) -> Any:
        """Return a database for text that is not only ASCII, one byte a character, or None."""
        probes = [replace(p, pattern=bytewise(p.whole or p.pattern)) for p in self._probes]
        try:
            return _compiled(probes, self._cache)[0]
        except Unscannable:
            return None


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


def expressions(probes: Sequence[Probe], refused: Collection[str] = ()) -> dict[Expression, Role]:
    """Return what hyperscan is to search, and what it means; `refused`: patterns that it does not take.

    Raise Unscannable for a probe that it can search in no way.
    """
    chosen: dict[Expression, Role] = {}
    for probe in probes:
        for expression in searched_by(probe, refused=probe.pattern in refused):
            chosen[expression] = max(probe.role, chosen.get(expression, probe.role))
    return chosen


def searched_by(probe: Probe, *, refused: bool = False) -> Sequence[Expression]:
    """Return the expressions that find whatever a probe finds.

    Long literals are searched instead of the pattern they come from: that costs the least, where a line
    that is found in vain costs little.
    """
    literals = [Expression(_quoted(text).encode()) for text in sorted(probe.literals or ())]
    long = bool(literals) and min(map(len, probe.literals or ())) >= LONG
    if long and probe.role < Role.FIELDS:
        return literals
    pattern = probe.pattern.encode()
    if not refused:
        return (Expression(pattern, loose=any(look in probe.pattern for look in LOOKS)),)
    loosened = (Expression(pattern, loose=True),)
    if compiles(loosened):
        return loosened
    if not literals:
        raise Unscannable(probe.pattern)
    return literals


def compiles(chosen: Sequence[Expression]) -> bool:
    """Tell whether hyperscan takes expressions."""
    try:
        compile_database(chosen)
    except Unscannable:
        return False
    return True


def _compiled(probes: Sequence[Probe], cache: Cache) -> tuple[Any, list[Role]]:
    """Return a database that finds what probes find, and what each of its expressions means."""
    chosen = expressions(probes, _refused(probes, cache))
    try:
        return _database(chosen, cache), list(chosen.values())
    except Unscannable:
        chosen = expressions(probes, _refused(probes, cache, anew=True))
        return _database(chosen, cache), list(chosen.values())


def _refused(probes: Sequence[Probe], cache: Cache, *, anew: bool = False) -> frozenset[str]:
    """Return the patterns that hyperscan is known to refuse; `anew`: try each, and remember."""
    patterns = sorted({probe.pattern for probe in probes})
    key = (*_version(), *patterns)
    if not anew:
        kept = cache.get("refused", *key)
        return frozenset(json.loads(kept)) if kept is not None else frozenset()
    found = [probe.pattern for probe in probes if not compiles(searched_by(probe))]
    cache.put("refused", json.dumps(sorted(set(found))).encode(), *key)
    return frozenset(found)


def _version() -> tuple[str, str]:
    import hyperscan

    return getattr(hyperscan, "__version__", ""), platform.machine()


def _database(chosen: Iterable[Expression], cache: Cache) -> Any:
    """Return a compiled database, the kept one where there is one that works here."""
    import hyperscan

    chosen = tuple(chosen)
    key = (*_version(), repr([tuple(expression) for expression in chosen]))
    kept = cache.get("scan", *key)
    if kept is not None:
        with contextlib.suppress(hyperscan.error):
            database = hyperscan.loadb(kept, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
    database = compile_database(chosen)
    cache.put("scan", hyperscan.dumpb(database), *key)
    return database


def compile_database(chosen: Sequence[Expression]) -> Any:
    """Return a compiled database; raise Unscannable where hyperscan refuses an expression."""
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    try:
        database.compile(
            expressions=[expression.pattern for expression in chosen],
            ids=list(range(len(chosen))),
            elements=len(chosen),
            flags=[hyperscan.HS_FLAG_PREFILTER if e.loose else 0 for e in chosen],
        )
    except hyperscan.error as error:
        raise Unscannable(str(error)) from error
    return database


def _byte_a_character(text: str) -> bytes:
    r"""Return text with one byte a character: \xff where it is not ASCII."""
    for foreign, letter in _FOLDED.items():
        if foreign in text:
            text = text.replace(foreign, letter)
    return text.encode().translate(_LEADING, _FOLLOWING)


def _quoted(literal: str) -> str:
    return "".join(
        c if c.isascii() and c.isalnum() else "".join(f"\\x{byte:02x}" for byte in c.encode())
        for c in literal
    )
