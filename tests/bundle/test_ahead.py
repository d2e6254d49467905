"""Reading ahead changes nothing: order, what is skipped, and what is raised."""

from __future__ import annotations

import threading
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from arclogs.bundle.ahead import ahead
from arclogs.bundle.member import Member
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def member(name: str, chunks: Iterator[bytes]) -> Member:
    return Member(name, None, None, chunks)


def bundle(error: BaseException | None = None, many: int = 3) -> Iterator[Member]:
    """Yield members of two chunks; the second of the last one raises `error`."""

    def chunks(number: int) -> Iterator[bytes]:
        yield b"first"
        if error is not None and number == many - 1:
            raise error
        yield b"second" * 300_000

    for number in range(many):
        yield member(str(number), chunks(number))


def test_members_and_bytes_come_in_their_order() -> None:
    read = [(m.name, b"".join(m.chunks)) for m in ahead(bundle()) if isinstance(m, Member)]
    assert read == [(str(n), b"first" + b"second" * 300_000) for n in range(3)]


def test_what_is_not_read_of_a_member_is_skipped() -> None:
    names = [m.name for m in ahead(bundle()) if isinstance(m, Member)]
    assert names == ["0", "1", "2"]


@pytest.mark.parametrize("error", [UsageError("no"), RuntimeError("a bug"), KeyboardInterrupt()])
def test_what_the_bundle_raises_is_raised_where_it_is_read(error: BaseException) -> None:
    seen = []

    def read() -> None:
        for found in ahead(bundle(error)):
            assert isinstance(found, Member)
            assert b"".join(found.chunks)
            seen.append(found.name)

    with pytest.raises(type(error)) as raised:
        read()
    assert raised.value is error
    assert seen == ["0", "1"]


def test_the_thread_ends_when_nobody_reads_on() -> None:
    before = threading.active_count()
    reading = ahead(bundle(many=50))
    next(reading)
    assert isinstance(reading, Generator)
    reading.close()
    assert threading.active_count() == before
