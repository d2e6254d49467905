"""A reader, run as a process of its own: claim logs, read them, and send what they hold.

It is told its errand by the first line of its input, MessagePack in hexadecimal digits; each answer to a
claim is one byte. It writes frames to its output and nothing else anywhere.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec
from msgspec.structs import replace

from arclogs.bundle import Bundle, Member
from arclogs.bundle.ahead import ahead
from arclogs.cache import Cache
from arclogs.garbage import collect_rarely
from arclogs.ingest.read import read_member, shows_objects
from arclogs.readers.claims import LEAST_BYTES
from arclogs.readers.frames import YES, Claim, Errand, Kind, write_frame
from arclogs.readers.items import Unsendable, packed
from arclogs.rules import load_rules
from arclogs.rules.watch import probes
from arclogs.scan.on_demand import OnDemand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Quick

_BATCH: Final = 512
"""Items in a frame."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Of the items of one member, which wait until it is read to its end; a flood has more."""
_HELD: Final = 3
"""Batches that are unpacked before they are asked for: a process that skips most needs few."""


class Reader:
    """Goes through a bundle and reads what it is granted."""

    def __init__(self, take: BinaryIO, give: BinaryIO, quick: Quick | None) -> None:
        self._take, self._give = take, give
        self._quick = quick
        self._offset = 0

    def run(self, bundle: Iterator[Member]) -> None:
        """Read what is granted, to the end of the bundle."""
        for index, member in enumerate(bundle):
            if member.size is not None:
                if member.size >= LEAST_BYTES:
                    self._see(index, member, member.size)
                self._offset += member.size

    def _see(self, index: int, member: Member, size: int) -> None:
        head = next(member.chunks, b"")
        if shows_objects(head):
            return  # the first process compares them
        claim = Claim(index, size, self._offset)
        write_frame(self._give, Kind.CLAIM, msgspec.msgpack.encode(claim))
        if self._take.read(1) == YES:
            self._read(replace(member, chunks=_again(head, member.chunks)))

    def _read(self, member: Member) -> None:
        try:
            found = self._found(member)
        except (Unsendable, UnicodeError):
            write_frame(self._give, Kind.GIVEN_UP)
            return
        for content in found:
            write_frame(self._give, Kind.ITEMS, content)
        write_frame(self._give, Kind.DONE)

    def _found(self, member: Member) -> list[bytes]:
        """Return the items of a member, packed; raise Unsendable if they are too many."""
        items = read_member(member, self._quick)
        found: list[bytes] = []
        room = MOST_BYTES
        while content := packed(islice(items, _BATCH)):
            found.append(content)
            room -= len(content)
            if room < 0:
                raise Unsendable(member.name)
        return found


def _again(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from chunks


def main() -> None:
    """Do an errand."""
    collect_rarely()
    take, give = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no frame
    errand = msgspec.msgpack.decode(bytes.fromhex(take.readline().decode()), type=Errand)
    cache = Cache(None if errand.cache is None else Path(errand.cache))
    rules = load_rules(tuple(map(Path, errand.rule_dirs)), cache)
    quick = OnDemand(partial(probes, rules), errand.engine, cache)
    bundle = Bundle(tuple(map(Path, errand.sources)), errand.limits, hashed=False)
    members = (item for item in ahead(bundle, _HELD) if isinstance(item, Member))
    Reader(take, give, quick).run(members)


if __name__ == "__main__":
    main()
