"""API-shaped fields that are put together line by line, and the line that shows each of them.

Service Account:  kube-mode      put(("spec", "serviceAccountName"), "kube-mode", line)
Node:             <none>         absent.add("spec.nodeName")
"""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from arclogs.ingest.describe.grammar import shown
from arclogs.ingest.text.timestamps import parse_rfc1123
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from arclogs.ingest.describe.grammar import Line, Node

Path = tuple[str | int, ...]

_ACCESS_MODES = {
    "RWO": "ReadWriteOnce",
    "ROX": "ReadOnlyMany",
    "RWX": "ReadWriteMany",
    "RWOP": "ReadWriteOncePod",
}
_QUOTED_KEY = lazy_compile(r"[.\[\]]")
_LONG_ANNOTATION = 138  # describe.go cuts the lines of long annotations there and appends dots


class ShownLines(Struct, frozen=True):
    """Locator of an object whose fields were read from a text."""

    lines: Mapping[Path, Line]
    sections: Mapping[Path, Line]

    def find(self, path: tuple[str | int, ...]) -> tuple[int, str] | None:
        """Return number and text of the line that shows the field; None for one not shown.

        A map that was read from one line (an environment variable) has all its fields there.
        """
        line = self.lines.get(path) or self.sections.get(path)
        for length in range(len(path) - 1, 0, -1):
            if line is not None:
                break
            line = self.lines.get(path[:length])
        return (line.number, line.text) if line is not None else None


class ShownFields(Struct):
    """The fields of one object as far as a text shows them.

    `absent` says what is not there: `a.b` that there is nothing at or below `a.b` besides what
    `fields` holds, `a.b[]` that list `a.b` has no items besides those in `fields`, which may have
    fields that are not shown. Within a path `[]` stands for each item: `spec.containers[].env`.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, Line] = field(default_factory=dict)
    sections: dict[Path, Line] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    open_from: int = sys.maxsize
    """Line from which on the object may go on beyond what was captured."""

    def put(self, path: Path, value: Any, line: Line) -> None:
        """Set a field; lists grow by the index after their last item only."""
        holder: Any = self.fields
        for key, following in pairwise(path):
            inner: Any = [] if isinstance(following, int) else {}
            holder = _enter(holder, key, inner)
            if type(holder) is not type(inner):
                return
        if _store(holder, path[-1], value):
            self.lines[path] = line

    def mark(self, path: Path, line: Line) -> None:
        """Remember the line of a section, which has no value of its own."""
        self.sections.setdefault(path, line)

    @property
    def locator(self) -> ShownLines:
        return ShownLines(self.lines, self.sections)

    def put_text(self, path: Path, node: Node | None, *, proves: bool = False) -> None:
        """Set a string field, if the key is shown and has a value.

        `proves`: the printer writes the key always, so that no value means no field.
        """
        if node is None:
            return
        if text := shown(node.value):
            self.put(path, text, node.line)
        elif proves:
            self.lacks(dotted(path), node)

    def put_message(self, path: Path, node: Node | None) -> None:
        """Set a string field that may have line breaks."""
        if node is not None and node.text:
            self.put(path, node.text, node.line)

    def put_number(self, path: Path, node: Node | None) -> None:
        if node is not None and (number := integer(node.value)) is not None:
            self.put(path, number, node.line)

    def put_time(self, path: Path, node: Node | None) -> None:
        """Set a time in the API's spelling; an unset Go time (year 1) is no time."""
        if node is not None and (time := rfc3339(node.value)):
            self.put(path, time, node.line)

    def put_labels(self, path: Path, node: Node | None) -> None:
        """Set a map printed as `k=v`, one pair a line."""
        if node is None:
            return
        self.mark(path, node.line)
        for line, text in items(node):
            key, equals, value = text.partition("=")
            if equals:
                self.put((*path, key), value, line)
        self.close(path, node, whole=True)

    def put_annotations(self, path: Path, node: Node | None) -> None:
        """Set a map printed as `k: v`; long values stand below their key and are left out if cut."""
        if node is None:
            return
        self.mark(path, node.line)
        whole = True
        for line, key, value in _annotations(node):
            if value is None or ":" not in line.text:
                whole = False
            else:
                self.put((*path, key), value, line)
        if whole:
            self.close(path, node, whole=True)

    def lacks(self, path: str, node: Node) -> None:
        """Record that the value of a key proves a field absent, unless the value may be cut."""
        if node.line.number < self.open_from:
            self.absent.add(path)

    def close(self, path: Path, node: Node, *, whole: bool = False) -> None:
        """Record that all items of a list were shown; `whole`: with all that they hold."""
        if node.line.number >= self.open_from:
            return
        self.absent.add(dotted(path) if whole else f"{dotted(path)}[]")
        if node.value == "<none>" and not any(isinstance(part, int) for part in path):
            self.absent.add(dotted(path))


def dotted(path: Path) -> str:
    """Return a path as rules spell it, with `[]` for each item of a list."""
    parts = (
        "[]" if isinstance(part, int) else f'["{part}"]' if _QUOTED_KEY.search(part) else f".{part}"
        for part in path
    )
    return "".join(parts).removeprefix(".")


def items(node: Node) -> Iterable[tuple[Line, str]]:
    """Yield the lines of a value that goes on below its key, without the marks for nothing."""
    if node.value and node.value != "<none>":
        yield node.line, node.value
    for child in node.children:
        yield child.line, child.line.text.strip()


def integer(text: str) -> int | None:
    """Return the number; None for anything that is not a short run of digits."""
    body = text.removeprefix("-")
    return int(text) if body.isascii() and body.isdecimal() and len(body) < 20 else None


def rfc3339(text: str) -> str:
    """Return a time of a hand-written describer in the API's spelling, or an empty string."""
    time = parse_rfc1123(text)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ") if time is not None else ""


def access_modes(text: str) -> list[str]:
    """Return the modes that `RWO,ROX` stands for."""
    return [_ACCESS_MODES.get(mode, mode) for mode in text.split(",") if mode]


def bracketed(text: str) -> list[str]:
    """Return the words of Go's `[a b]`."""
    return text.strip().removeprefix("[").removesuffix("]").split()


def _annotations(node: Node) -> Iterable[tuple[Line, str, str | None]]:
    """Yield line, key and value; None for a value of which the end is not printed."""
    if node.value == "<none>":
        return
    column = node.line.text.find(node.value, len(node.key) + 1) if node.value else 0
    entries: list[tuple[Line, str, list[str]]] = []
    if node.value:
        entries.append(_annotation(node.line, node.value))
    for child in node.children:
        if entries and column and child.line.indent > column:  # long value of the first one
            entries[-1][2].append(child.line.text[column + 2 :])
            continue
        entries.append(_annotation(child.line, child.line.text.strip()))
        entries[-1][2].extend(below.line.text[column + 2 :] for below in child.children)
    for line, key, values in entries:
        cut = any(len(value) >= _LONG_ANNOTATION and value.endswith("...") for value in values)
        yield line, key, None if cut else "\n".join(values)


def _annotation(line: Line, text: str) -> tuple[Line, str, list[str]]:
    key, _, value = text.partition(":")
    return line, key, [value.strip()] if value.strip() else []


def _enter(holder: Any, key: str | int, inner: Any) -> Any:
    if isinstance(holder, dict):
        return holder.setdefault(key, inner)
    if isinstance(key, int) and key < len(holder):
        return holder[key]
    if key == len(holder):
        holder.append(inner)
        return inner
    return None


def _store(holder: Any, key: str | int, value: Any) -> bool:
    if isinstance(holder, dict):
        if isinstance(holder.get(key), dict | list):
            return False
        holder[key] = value
        return True
    if key == len(holder):
        holder.append(value)
        return True
    return False
