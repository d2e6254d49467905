"""Output of `kubectl describe`: objects, and the events below each of them.

    Name:             linux-k8s-7hx2q-runner-m2v7c
    Namespace:        arc-runners
    Service Account:  linux-k8s-gha-rs-kube-mode

Written by kubectl `pkg/describe/describe.go`. It hides much: that a service account, role or binding
is being deleted, the namespace of roles and bindings, why a container waits. So an observation is
never complete; what it nevertheless proves absent is listed (`describe_fields.ShownFields`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.describe.grammar import NAME_LINE, TOP_KEY, Line, split_objects
from arclogs.ingest.describe.kinds import KEYS, TELLING_KEYS
from arclogs.ingest.describe.object import read_object
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.kubectl.options import asked
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.tables.event_rows import event_header
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.passages import passages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.model.record import Record

_ERRORS = 1000
"""Error lines that are kept until the object around them is read."""


class DescribeParser:
    """Reads `kubectl describe` of any number of objects, and fragments of it."""

    @property
    def name(self) -> str:
        return "describe"

    def sniff(self, head: Head) -> int:
        """Look for `Name:` and keys that follow it; telling keys or an event table make a fragment."""
        named, keys = False, set()
        for line in head.lines:
            text = strip_ansi(line)
            if NAME_LINE.match(text):
                named = True
            elif TOP_KEY.match(text):
                keys.add(text.partition(":")[0])
            elif text[:2] == "  " and (header := event_header(text)) and "AGE" in header.names:
                keys |= {"Events", "Type", "Reason"}
        known = keys & KEYS
        if named and known:
            return 95 if len(known) > 1 or asked(head.command) else 70
        command = asked(head.command)
        if known and command is not None and command.verb == "describe":
            return 60  # of which the first lines were left out
        fragment = len(known) > 1 and known & TELLING_KEYS
        if {"Kind", "Metadata"} <= keys and keys & {"Spec", "Status"}:
            return 60  # a custom resource below its name and labels
        return 45 if fragment or "Reason" in keys else 0

    def parse(self, block: Block) -> Iterator[Item]:
        """Yield an observation for each object, then its events."""
        return passages(_read(block))


def _read(block: Block) -> Iterator[Item]:
    command = asked(block.command)
    book = Notebook(block.member)
    errors: list[Record] = []
    waiting: list[Line] | None = None
    for chunk in split_objects(_lines(block, book, errors)):
        if waiting is not None:
            yield from read_object(block.member, waiting, command, last=False)
        yield from errors
        errors.clear()
        waiting = chunk
    if waiting is not None:
        yield from read_object(block.member, waiting, command, last=True)
    yield from errors
    yield from book.notes()


def _lines(block: Block, book: Notebook, errors: list[Record]) -> Iterator[Line]:
    """Yield the lines of the block; where kubectl speaks of itself, a blank one."""
    for index, raw in enumerate(block.lines):
        number, text = block.first_line + index, strip_ansi(raw)
        if is_error(text):
            if len(errors) < _ERRORS:
                errors.append(read_error(text, block.at(index), book))
            yield Line(number, "")
        elif is_warning(text):
            yield Line(number, "")
        else:
            yield Line(number, text)
