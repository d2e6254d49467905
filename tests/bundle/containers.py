"""Builds containers of every kind, healthy or raw, and reads them back."""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from arclogs.bundle import Bundle, Limits, Member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.coverage import Code, Note

DATA = Path(__file__).parent / "data"
CANARY = (DATA / "canary.log").read_bytes()
CANARY_NAME = "pods/arc-runners/canary/runner.log"
FILES = {
    CANARY_NAME: CANARY,
    "pods/arc-runners/canary/empty.log": b"",
    "events.json": b'{"kind": "EventList", "items": []}\n',
    "pods/ünïcode/0.log": "2026-09-21T10:14:02Z stdout F ✓\n".encode() * 400,
}


@dataclass
class Outcome:
    """What a bundle gave."""

    bundle: Bundle
    members: dict[str, bytes]
    notes: list[Note]

    @property
    def codes(self) -> set[Code]:
        return {note.code for note in self.notes}

    @property
    def lost(self) -> set[Code]:
        return {code for code in self.codes if code.loses_evidence}


def read(*sources: Path | bytes | io.IOBase, limits: Limits | None = None) -> Outcome:
    """Read sources to the end; bytes are given as a pipe would give them."""
    opened = [Pipe(source) if isinstance(source, bytes) else source for source in sources]
    bundle = Bundle(opened, limits or Limits())  # type: ignore[arg-type]
    outcome = Outcome(bundle, {}, [])
    for item in bundle:
        if isinstance(item, Member):
            assert item.name not in outcome.members
            outcome.members[item.name] = b"".join(item.chunks)
        else:
            outcome.notes.append(item)
    return outcome


class Pipe(io.RawIOBase):
    """A stream that cannot be sought and gives fewer bytes than it is asked for."""

    def __init__(self, data: bytes, most: int = 1000) -> None:
        super().__init__()
        self._data = BytesIO(data)
        self._most = most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, self._most) if size >= 0 else self._most)


def tar(files: Mapping[str, bytes], tar_format: int = tarfile.PAX_FORMAT, mtime: int = 1) -> bytes:
    data = BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tar_format) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), mtime
            archive.addfile(info, BytesIO(content))
    return data.getvalue()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def folder(files: Mapping[str, bytes], root: Path) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


END = bytes(1024)


def block(
    name: str | bytes, kind: bytes = b"0", size: int | bytes = 0, target: str | bytes = b""
) -> bytes:
    """One tar header, whatever it says, with a checksum that fits."""
    name = name.encode() if isinstance(name, str) else name
    target = target.encode() if isinstance(target, str) else target
    field = size if isinstance(size, bytes) else b"%011o\0" % size
    parts = [name.ljust(100, b"\0"), b"0000644\0", bytes(16), field, b"00000000001\0", b" " * 8]
    parts += [kind, target.ljust(100, b"\0"), b"ustar\x0000"]
    header = b"".join(parts).ljust(512, b"\0")
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]


def pad(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def stored(name: str | bytes, content: bytes, kind: bytes = b"0") -> bytes:
    return block(name, kind, len(content)) + pad(content)


def base256(number: int) -> bytes:
    """A size field in GNU's binary form."""
    if number < 0:
        return b"\xff" + (256**11 + number).to_bytes(11, "big")
    return b"\x80" + number.to_bytes(11, "big")


def pax(records: bytes, kind: bytes = b"x") -> bytes:
    return stored("PaxHeaders/x", records, kind)


def record(key: str, value: str | bytes) -> bytes:
    """One pax record, its length counting itself."""
    value = value.encode() if isinstance(value, str) else value
    body = b" " + key.encode() + b"=" + value + b"\n"
    length = len(body) + len(str(len(body)))
    while len(str(length)) + len(body) != length:
        length += 1
    return str(length).encode() + body


CANARY_TAR = stored(CANARY_NAME, CANARY)
