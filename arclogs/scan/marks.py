"""Which lines of a chunk are not dull, and why."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from arclogs.ingest.text.lines import LINE_LIMIT
from arclogs.lazy_regex import lazy_compile
from arclogs.scan.probes import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arclogs.scan.engines import Engine, Marks, PolarsEngine
    from arclogs.scan.lines import Lines
    from arclogs.scan.shapes import Shape

_AFTER_VERSION: Final = 12
"""A job log names its runner within so many lines after the version, or not at all."""
_VERSION: Final = lazy_compile(rb'"version": ?"([^"\\]{0,64})"')
_KEY: Final = '"version":'
_MOST_VERSIONS: Final = 20
_PARTIAL: Final = lazy_compile(rb"\S+ (stdout|stderr) ([PF])")
_COLOURS: Final = lazy_compile(r"\x1b\[[0-9;]*m")
_CLEAN: Final = lazy_compile(
    r"[^\W_][^\x1b\x90\x98\x9b\x9d-\x9f\r]*|[!-/:-@\[-`{-~\u2190-\u2bff][^\x1b\x90\x98\x9b\x9d-\x9f\r]*"
)
_DUMPED: Final = b"==== "
_LONE_CR: Final = lazy_compile(rb"\r(?!\n)")


class Marker:
    """Marks the lines of one member, chunk by chunk."""

    def __init__(self, shape: Shape, engine: Engine, plain: PolarsEngine | None) -> None:
        self._shape = shape
        self._engine = engine
        self._plain_engine = plain
        self._everything = False
        self._stream: bytes | None = None
        """Of a line whose last piece has not come yet."""
        self._versions: set[bytes] = set()

    def marks(self, lines: Lines) -> Marks:
        """Return the lines that must be read."""
        count = len(lines)
        odd = {*lines.odd(), *lines.holding("\x1b")}
        self._everything = self._everything or self._changes_pod(lines, odd)
        if self._everything:
            return dict.fromkeys(range(count), Role.CONTEXT)
        marks = self._engine.marks(lines)
        self._mark(marks, (count - 1,), Role.PARSE, count)
        self._mark(marks, lines.longer_than(LINE_LIMIT), Role.PARSE, count)
        self._mark(marks, lines.rows_at(_LONE_CR), Role.PARSE, count)
        if self._shape.layout.stated:
            self._mark(marks, self._new_versions(lines), Role.PARSE, count)
        header = re.compile(self._shape.header.encode()) if self._shape.header else None
        if self._shape.layout.later is not None:
            # JSON that is cut short may go into an error before it.
            self._mark(marks, {0, *(row + 1 for row in odd)}, Role.PARSE, count)
        like = {row for row in odd if header is not None and header.match(lines.bytes_of(row))}
        self._mark(marks, odd - like, Role.CONTEXT, count)
        unclear = like.union(lines.foreign()) - (odd - like)
        self._mark(marks, unclear.difference(self._soft(lines, unclear)), Role.PARSE, count)
        if self._shape.layout.parser == "job-log":
            for row in lines.holding("Current runner version: '"):
                self._mark(marks, range(row, row + _AFTER_VERSION), Role.CONTEXT, count)
        if self._shape.carrier == "cri":
            self._mark(marks, self._pieces(lines), Role.CONTEXT, count)
        return marks

    @staticmethod
    def _mark(marks: Marks, rows: Iterable[int], role: Role, count: int) -> None:
        for row in rows:
            if row < count and marks.get(row, 0) < role:
                marks[row] = role

    def _soft(self, lines: Lines, rows: Iterable[int]) -> set[int]:
        """Return the lines whose text is dull once its colours are off."""
        if self._plain_engine is None or not self._shape.layout.soft:
            return set()
        start = self._shape.offset + self._shape.width + len("Z ")
        texts: dict[int, str] = {}
        for row in sorted(rows):
            with contextlib.suppress(UnicodeDecodeError):
                texts[row] = _COLOURS.sub("", lines.bytes_of(row)[start:].decode().rstrip("\r"))
        clean = {row: text for row, text in texts.items() if _CLEAN.fullmatch(text)}
        found = self._plain_engine.finds(list(clean.values())) if clean else ()
        return {row for row, hit in zip(clean, found) if not hit}

    def _changes_pod(self, lines: Lines, odd: Iterable[int]) -> bool:
        """Tell whether markers of `kubectl cluster-info dump` divide the text from here on."""
        chunk = lines.chunk
        if self._shape.carrier != "bare" or not (
            chunk.startswith(_DUMPED) or b"\n" + _DUMPED in chunk
        ):
            return False
        return any(lines.bytes_of(row).startswith(_DUMPED) for row in odd)

    def _new_versions(self, lines: Lines) -> list[int]:
        """Return the lines that may be the first to state a version."""
        keys = lines.chunk.count(_KEY.encode())
        if keys == sum(map(lines.chunk.count, self._versions)):
            return []
        rows = lines.holding_twice(_KEY)
        for _ in range(_MOST_VERSIONS):
            row = lines.first_without(_KEY, [version.decode() for version in self._versions])
            if row is None:
                return rows
            rows.append(row)
            found = _VERSION.search(lines.bytes_of(row))
            if found is None or not found[0].isascii():
                break
            self._versions.add(found[0])
        return lines.holding(_KEY)

    def _pieces(self, lines: Lines) -> list[int]:
        """Return the lines from the first piece of a split line to the last."""
        rows: list[int] = []
        partial = lines.matching(r"^\S+ std(?:out|err) P")
        at = 0
        while at < len(lines):
            if self._stream is None:
                at = next((row for row in partial if row >= at), len(lines))
                if at == len(lines):
                    break
                match = _PARTIAL.match(lines.bytes_of(at))
                self._stream = match[1] if match is not None else None
            rows.append(at)
            match = _PARTIAL.match(lines.bytes_of(at))
            if match is not None and match[1] == self._stream and match[2] == b"F":
                self._stream = None
            at += 1
        return rows
