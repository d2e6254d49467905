r"""What precedes a tar header to extend it: pax records, GNU long names, sparse maps.

    30 mtime=1758445200.123456789\n
    27 path=pods/arc-runners/…/0.log\n

A pax record is its own length in decimal, a blank, `key=value`, a line feed. Formats: POSIX.1-2017
`pax` (pax header block), GNU tar manual "Storing Sparse Files" and `src/sparse.c`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle.archives.tar_header import BLOCK, Header
from arclogs.bundle.names import decode
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.bundle.container import Container
    from arclogs.bundle.stream import Stream

TYPES = frozenset({b"x", b"X", b"g", b"L", b"K"})

# Nothing else is kept: headers without end would be memory without end.
_USED = frozenset(
    {b"path", b"linkpath", b"size", b"mtime"}
    | {b"GNU.sparse." + key for key in (b"major", b"name", b"numblocks")}
)
_LENGTH = lazy_compile(rb"([0-9]{1,9}) ")
_SIZE = lazy_compile(rb"[0-9]{1,15}")
_TIME = lazy_compile(rb"-?[0-9]{1,12}(?=\.|$)")
_OCTAL_MAX = 0o77777777777  # what a size field can say; more is told by pax alone


class Described(Struct, frozen=True):
    """A header with its extensions applied."""

    name: str
    target: str
    size: int
    mtime: int
    sparse: bool
    sparse_map: bool
    """Whether the data begins with a map (GNU sparse 1.0)."""


def read(header: Header, stream: Stream, box: Container) -> dict[bytes, bytes]:
    """Read the extended header behind `header`; an oversized one is skipped with a note."""
    long_name = header.type in (b"L", b"K")
    if header.size > box.reading.limits.header_bytes:
        stream.skip(header.padded)
        code = Code.LIMIT_PATH_LEN if long_name else Code.LIMIT_HEADER_BYTES
        box.note(code, f"an extended header of {header.size} bytes is ignored; names may be cut")
        return {}
    data = stream.read(header.padded)[: header.size]
    if long_name:
        return {b"path" if header.type == b"L" else b"linkpath": data.partition(b"\x00")[0]}
    records, sound = parse_records(data)
    if not sound and len(data) == header.size:
        box.note(Code.ARCHIVE_BAD_HEADER, "a pax header is malformed; names or sizes may be wrong")
    return records


def parse_records(data: bytes) -> tuple[dict[bytes, bytes], bool]:
    """Return the records that matter, up to the first malformed one, and whether there is none."""
    records: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        length = _LENGTH.match(data, at)
        end = at + int(length[1]) if length else 0
        if length is None or not length.end() < end <= len(data) or data[end - 1 : end] != b"\n":
            return records, not data[at:].strip(b"\x00")
        key, equals, value = data[length.end() : end - 1].partition(b"=")
        if not equals:
            return records, False
        if key in _USED:
            records[key] = value
        at = end
    return records, True


def describe(header: Header, extra: Mapping[bytes, bytes], box: Container) -> Described:
    """Apply the extended headers in force to a header."""
    mtime = _TIME.match(extra.get(b"mtime", b""))
    pax_sparse = b"GNU.sparse.major" in extra or b"GNU.sparse.numblocks" in extra
    return Described(
        name=decode(extra.get(b"GNU.sparse.name", extra.get(b"path", header.name))),
        target=decode(extra.get(b"linkpath", header.target)),
        size=_size(header, extra, box),
        mtime=int(mtime[0]) if mtime else header.mtime,
        sparse=header.type == b"S" or pax_sparse,
        sparse_map=extra.get(b"GNU.sparse.major") == b"1",
    )


def _size(header: Header, extra: Mapping[bytes, bytes], box: Container) -> int:
    """Return the size of the data; where two differ that should not, the one that skips less."""
    stored = extra.get(b"size")
    if stored is None:
        return header.size
    size = int(stored) if _SIZE.fullmatch(stored) else -1
    if size == header.size or (size >= 0 and header.size == 0) or size >= _OCTAL_MAX:
        return size
    said = ascii(stored[:20].decode("latin-1"))
    detail = f"the header says {header.size} bytes, its pax record {said}"
    box.note_on(decode(extra.get(b"path", header.name)), Code.ARCHIVE_BAD_HEADER, detail)
    return min(size, header.size) if size >= 0 else header.size


def skip_old_sparse_map(header: Header, stream: Stream) -> None:
    """Skip the blocks by which an old GNU header continues its map."""
    more = header.more_map
    while more:
        block = stream.read(BLOCK)
        more = len(block) == BLOCK and block[504] != 0


def skip_sparse_map(size: int, stream: Stream) -> int:
    """Skip the map at the start of the data: a count, then two numbers each, one a line.

    Returns the bytes of the data that it took.
    """
    first = stream.peek(min(BLOCK, size)).partition(b"\n")[0]
    lines = 1 + 2 * int(first) if _SIZE.fullmatch(first) else 0
    taken = 0
    while lines > 0 and taken < size:
        lines -= stream.read(BLOCK).count(b"\n")
        taken += BLOCK
    return min(taken, size)
