"""The layout that all of `kubectl describe` shares: keys, nesting and continuation lines.

    Containers:
      runner:
        State:          Waiting
          Reason:       ImagePullBackOff

Written by kubectl `pkg/describe/describe.go` through a tabwriter, so the column of the values moves
from block to block and means nothing: indentation nests, the first colon before a blank ends a key.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OBJECT_LINES = 50_000
"""Lines of one object that are kept."""
_MESSAGE_LINES = 1000
_FURTHER_LINES = 50
_SHALLOW = 9  # values on further lines stand in the value column, beyond the longest key

NAME_LINE = lazy_compile(r"Name:(?:\s+(\S.*))?$")
TOP_KEY = lazy_compile(r"[A-Z][A-Za-z]*(?:[ -][A-Za-z]+){0,3}:(?:\s|$)")
_KEY_END = lazy_compile(r":(?=\s|$)")
_HEAD_KEY = lazy_compile(
    r"(?:Namespace|Labels|Annotations|Roles|Priority|Service Account|IsDefaultClass|Description):"
)
_NOTHING = ("<none>", "<unset>", "<nil>", "<unknown>")
_AFTER_MESSAGE = ("Exit Code:", "Signal:")
# Top-level keys with a value that have further lines below them.
_VALUE_AND_MORE = frozenset({"Labels", "Annotations", "Non-terminated Pods", "Name", "Finalizers"})


class Line(Struct, frozen=True):
    """A line of the member."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def blank(self) -> bool:
        return not self.text.strip()


class Node(Struct):
    """A key with its value and what is nested below it.

    A line without a key (a list item, a table row) has an empty `key`. `tail` holds the further
    lines of a value with line breaks, which stand at column 0.
    """

    line: Line
    key: str
    value: str
    children: list[Node] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        return next((child for child in self.children if child.key == key), None)

    def below(self) -> Iterator[Node]:
        """Yield all that is nested below, in the order of the lines."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def text(self) -> str:
        """The value with its further lines; empty where `describe` prints one of its none marks."""
        return "\n".join([shown(self.value), *self.tail]).rstrip()


def shown(value: str) -> str:
    """Return a printed value without the marks for nothing, the beginning of one included."""
    if value[:1] == "<" and any(mark.startswith(value) for mark in _NOTHING):
        return ""
    return value


def split_objects(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each object; what stands before the first `Name:` comes as one of its own.

    Events and data hold foreign text, in which a `Name:` may be anything: it starts an object after
    a blank line (events only) or where the next line is one that follows it in an object.
    """
    chunk: list[Line] = []
    section = ""
    blanks = 0
    for line, following in _with_next(lines):
        text = line.text
        if NAME_LINE.match(text) and (
            not section
            or (section == "Events:" and blanks)
            or (following is None and blanks > 1)
            or (following is not None and _HEAD_KEY.match(following.text))
        ):
            if any(not kept.blank for kept in chunk):
                yield chunk
            chunk, section = [], ""
        elif text.startswith("===="):
            section = "===="
        elif TOP_KEY.match(text) and (text.startswith("Events:") or section != "===="):
            section = "Events:" if text.rstrip() == "Events:" else ""
        if len(chunk) <= OBJECT_LINES:
            chunk.append(line)
        blanks = blanks + 1 if line.blank else 0
    if any(not kept.blank for kept in chunk):
        yield chunk


def outline(lines: list[Line]) -> Node:
    """Return the nesting of an object's lines, under a node without a key."""
    root = Node(Line(0, ""), "", "")
    path: list[tuple[int, Node]] = [(-1, root)]
    last = root
    resume = 0
    ends = _message_ends(lines)
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if index < resume or _is_continuation(lines, index, len(path) > 2):
            last.tail.append(line.text)
            continue
        indent = line.indent
        while path[-1][0] >= indent:
            path.pop()
        last = _node(line)
        parent = path[-1][1]
        parent.children.append(last)
        path.append((indent, last))
        if last.key == "Message" and parent.value == "Terminated":
            following = ends.get(indent, [])
            place = bisect_right(following, index)
            if place < len(following) and following[place] - index <= _MESSAGE_LINES:
                resume = following[place]
    return root


def _with_next(lines: Iterable[Line]) -> Iterator[tuple[Line, Line | None]]:
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            yield waiting, line
        waiting = line
    if waiting is not None:
        yield waiting, None


def _node(line: Line) -> Node:
    text = line.text.strip()
    end = _KEY_END.search(text)
    if end is None:
        return Node(line, "", text)
    return Node(line, text[: end.start()], text[end.end() :].strip())


def _is_continuation(lines: list[Line], index: int, nested: bool) -> bool:
    """Tell whether a line at column 0 is the rest of a value with line breaks."""
    text = lines[index].text
    if text[0] in " \t":
        return False
    if TOP_KEY.match(text) is None:
        return True
    # `Error: x` inside a nested message: keys with a value have nothing nested at shallow depth.
    node = _node(lines[index])
    if not nested or not shown(node.value) or node.key in _VALUE_AND_MORE:
        return False
    for following in lines[index + 1 : index + _FURTHER_LINES]:
        if following.indent or following.blank:
            return 0 < following.indent < _SHALLOW
        if TOP_KEY.match(following.text):
            return False
    return False


def _message_ends(lines: list[Line]) -> dict[int, list[int]]:
    """Return, by indentation, where the lines stand that follow a container's last words.

    Those are printed as they are, at column 0 or indented in their own way.
    """
    ends: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.lstrip().startswith(_AFTER_MESSAGE):
            ends.setdefault(line.indent, []).append(index)
    return ends
