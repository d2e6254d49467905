"""Reading a member of a bundle from bytes or text, as every test of whole files does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.bundle.member import Member
from arclogs.ingest.read import read_member
from arclogs.model.coverage import MemberCoverage
from arclogs.model.observation import Observation
from arclogs.model.record import Record

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes | str | Path, name: str | None = None) -> list[object]:
    """Return what a member holds; of a path, that of the file under its own name."""
    if not isinstance(data, bytes | str):
        name = name or data.name
        data = data.read_bytes()
    raw = data.encode() if isinstance(data, str) else data
    return list(read_member(Member(name or "x.txt", len(raw), None, iter([raw]))))


def records(items: list[object]) -> list[Record]:
    return [item for item in items if isinstance(item, Record)]


def observations(items: list[object]) -> list[Observation]:
    return [item for item in items if isinstance(item, Observation)]


def coverage(items: list[object]) -> MemberCoverage:
    assert isinstance(items[-1], MemberCoverage)
    return items[-1]
