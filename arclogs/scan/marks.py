"""Which lines of a chunk are not dull, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from arclogs.ingest.text.lines import LINE_LIMIT
from arclogs.lazy_regex import lazy_compile
from arclogs.scan.probes import Role
from arclogs.scan.roles import give
from arclogs.scan.soft import soft

if TYPE_CHECKING:
    from collections.abc import Set

    from arclogs.scan.engines.interface import Engine
    from arclogs.scan.formats.shapes import Shape
    from arclogs.scan.lines.lines import Lines, Rows
    from arclogs.scan.roles import Roles

_AFTER_VERSION: Final = 12
"""A job log names its runner within so many lines after the version, or not at all."""
_STATED: Final = lazy_compile(rb'"version":(?: ?"([^"\\\n]{0,64})")?')
_KEY: Final = b'"version":'
_MOST_VERSIONS: Final = 20
_TO_FIELDS: Final = 2
"""Bytes between the end of a text and the first key of its fields, in zap's console and JSON alike."""
_CUT: Final = lazy_compile(rb"^\S+ std(?:out|err) P", re.MULTILINE)
_PARTIAL: Final = lazy_compile(rb"\S+ (stdout|stderr) ([PF])")
_DUMPED: Final = b"==== "
_LONE_CR: Final = lazy_compile(rb"\r(?!\n)")


class Marker:
    """Marks the lines of one member, chunk by chunk."""

    def __init__(self, shape: Shape, engine: Engine) -> None:
        self._shape = shape
        self._engine = engine
        self._header = re.compile(shape.header.encode()) if shape.header else None
        self._everything = False
        self._streams: set[bytes] = set()
        """Of lines whose last piece has not come yet."""
        self._versions: set[bytes] = set()

    def roles(self, lines: Lines) -> Roles:
        """Return what the lines are; those with a role must be read."""
        odd = ~lines.dull
        if b"\x1b" in lines.chunk:
            odd[lines.rows_of(lines.buffer.places_of(0x1B))] = True
        odd_rows = np.flatnonzero(odd)
        self._everything = self._everything or self._changes_pod(lines, odd_rows)
        if self._everything:
            return np.full(len(lines), Role.CONTEXT, dtype=np.uint8)
        roles = self._engine.roles(lines)
        give(roles, [len(lines) - 1], Role.PARSE)
        give(roles, lines.longer_than(LINE_LIMIT), Role.PARSE)
        give(roles, lines.rows_at(_LONE_CR, b"\r"), Role.PARSE)
        if self._shape.layout.stated:
            give(roles, self._new_versions(lines), Role.PARSE)
        if self._shape.layout.later is not None:
            # JSON that is cut short may go into an error before it.
            behind = odd_rows + 1
            give(roles, [0, *behind[behind < len(lines)].tolist()], Role.PARSE)
        self._give_odd(roles, lines, odd_rows)
        if self._shape.layout.parser == "job-log":
            for row in lines.holding("Current runner version: '"):
                after = range(row, min(row + _AFTER_VERSION, len(lines)))
                give(roles, after, Role.CONTEXT)
        if self._shape.carrier == "cri":
            give(roles, self._pieces(lines), Role.CONTEXT)
        return roles

    def _give_odd(self, roles: Roles, lines: Lines, odd: Rows) -> None:
        """Give a role to lines without the shape, and to those with characters that are not ASCII."""
        header = self._header
        rows = odd.tolist()
        like = [r for r in rows if header.match(lines.bytes_of(r))] if header is not None else []
        if len(like) < len(rows):
            strange = np.zeros(len(lines), dtype=bool)
            strange[odd] = True
            strange[like] = False
            give(roles, np.flatnonzero(strange), Role.CONTEXT)
        if not like and lines.plain:
            return
        unclear = np.zeros(len(lines), dtype=bool)
        unclear[lines.foreign()] = True
        unclear[odd] = False
        unclear[like] = True
        if self._shape.layout.soft:
            start = self._shape.offset + self._shape.width + len("Z ")
            unclear[soft(lines, np.flatnonzero(unclear), start, self._engine)] = False
        give(roles, np.flatnonzero(unclear), Role.PARSE)

    def _changes_pod(self, lines: Lines, odd: Rows) -> bool:
        """Tell whether markers of `kubectl cluster-info dump` divide the text from here on."""
        if self._shape.carrier != "bare":
            return False
        marked = odd[lines.buffer.bytes[lines.starts[odd]] == _DUMPED[0]]
        return any(lines.bytes_of(row).startswith(_DUMPED) for row in marked.tolist())

    def _new_versions(self, lines: Lines) -> Rows:
        """Return the lines that may be the first to state a version."""
        keys = lines.chunk.count(_KEY)
        if keys == _first_of_fields(lines, self._versions):
            return np.zeros(0, dtype=np.int64)
        if not self._versions and (row := self._only_version(lines, keys)) is not None:
            return np.array([row])
        if keys == sum(map(lines.chunk.count, self._versions)):
            return np.zeros(0, dtype=np.int64)
        found = list(_STATED.finditer(lines.chunk))
        rows = lines.rows_of(np.array([match.start() for match in found], dtype=np.int64))
        sure = lines.dull[rows].tolist()
        new = np.array(list(map(self._is_new, found, sure)), dtype=bool)
        new[1:] |= rows[1:] == rows[:-1]
        stated: Rows = rows[new]
        return stated

    def _only_version(self, lines: Lines, keys: int) -> int | None:
        """Return the line that states a version first, where all lines state the same and once."""
        stated = _STATED.search(lines.chunk)
        if stated is None or not stated[1] or keys != _first_of_fields(lines, {stated[0]}):
            return None
        row = int(lines.rows_of(np.array([stated.start()]))[0])
        if not lines.dull[row] or not stated[1].isascii():
            return None
        self._versions.add(stated[0])
        return row

    def _is_new(self, stated: re.Match[bytes], sure: bool) -> bool:
        """Tell whether a version is new: it is known from a line that the parser is sure to see."""
        if stated[1] is None or not stated[1].isascii():
            return True
        if stated[0] in self._versions:
            return False
        if sure and len(self._versions) < _MOST_VERSIONS:
            self._versions.add(stated[0])
        return True

    def _pieces(self, lines: Lines) -> list[int]:
        """Return the lines from the first piece of a split line to the last, of either stream."""
        rows: list[int] = []
        partial = lines.rows_at(_CUT, b" P")
        at = 0
        while at < len(lines):
            if not self._streams:
                at = next((row for row in partial if row >= at), len(lines))
                if at == len(lines):
                    break
            rows.append(at)
            match = _PARTIAL.match(lines.bytes_of(at))
            if match is not None:
                (self._streams.add if match[2] == b"P" else self._streams.discard)(match[1])
            at += 1
        return rows


def _first_of_fields(lines: Lines, stated: Set[bytes]) -> int:
    """Return how many lines state one of some versions where they mostly do: before other fields."""
    if lines.text_ends is None:
        return 0
    begin = lines.text_ends + _TO_FIELDS
    return sum(int(np.count_nonzero(lines.buffer.equal(begin, text))) for text in stated)
