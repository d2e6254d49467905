"""Builds containers of every kind, healthy or raw, and reads them back."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def mail(files: dict[str, bytes], text: str = "text\n") -> EmailMessage:
    """Return a mail as a program writes it, with files attached."""
    message = EmailMessage()
    message["Message-ID"] = "<1@customer.example>"
    message["Subject"] = "a ticket"
    message["From"] = "ops@customer.example"
    message.set_content(text)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def outlook(files: Mapping[str, bytes], text: str = "text", *, inner: bool = False) -> bytes:
    """Return a message as Outlook saves it (MS-OXMSG), with files attached, one of them a message."""

    def message(attached: Mapping[str, bytes], subject: str) -> dict[str, Any]:
        tree: dict[str, Any] = {
            "__properties_version1.0": bytes(32),
            "__substg1.0_0037001F": subject.encode("utf-16-le"),
            "__substg1.0_1000001F": text.replace("\n", "\r\n").encode("utf-16-le"),
        }
        for number, (name, data) in enumerate(attached.items()):
            tree[f"__attach_version1.0_#{number:08X}"] = {
                "__substg1.0_3707001F": name.encode("utf-16-le"),
                "__substg1.0_37010102": data,
            }
        return tree

    tree = message(files, "a ticket")
    if inner:
        nested = {"__substg1.0_3701000D": message(files, "forwarded")}
        tree[f"__attach_version1.0_#{len(files):08X}"] = nested
    return compound(tree)


def compound(tree: Mapping[str, Any]) -> bytes:
    """Return a compound file (MS-CFB, version 3): storages are mappings, streams are bytes."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    entries: list[list[Any]] = []  # name, kind, right, child, first, size
    fat: list[int] = []
    minifat: list[int] = []
    body, mini = bytearray(), bytearray()

    def put(data: bytes, table: list[int], target: bytearray, size: int) -> int:
        first = len(table)
        count = -(-len(data) // size)
        table.extend([*range(first + 1, first + count), end] if count else [])
        target += data.ljust(count * size, b"\0")
        return first if count else end

    def add(name: str, value: Any) -> int:
        at = len(entries)
        entries.append([name, 1 if isinstance(value, dict) else 2, free, free, 0, 0])
        if isinstance(value, dict):
            entries[at][3] = children(value)
        else:
            small = len(value) < 4096
            entries[at][4] = put(value, minifat, mini, 64) if small else put(value, fat, body, 512)
            entries[at][5] = len(value)
        return at

    def children(value: Mapping[str, Any]) -> int:
        following = free
        for name in sorted(value, key=lambda n: (len(n), n.upper()), reverse=True):
            at = add(name, value[name])
            entries[at][2] = following
            following = at
        return following

    entries.append(["Root Entry", 5, free, free, 0, 0])
    entries[0][3] = children(tree)
    entries[0][4:6] = put(bytes(mini), fat, body, 512), len(mini)
    table = b"".join(struct.pack("<I", n) for n in minifat)
    mini_at, mini_count = put(table, fat, body, 512), -(-len(table) // 512)
    records = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, free, right, child)
        + bytes(36) + struct.pack("<IQ", first, size)
        for name, kind, right, child, first, size in entries
    )  # fmt: skip
    directory = put(records, fat, body, 512)
    count = -(-(len(fat) + 1) // 127)
    places = list(range(len(fat), len(fat) + count))
    fat += [fat_sector] * count
    fat += [free] * (count * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, 4096)
    head += struct.pack("<IIII", mini_at, mini_count, end, 0)
    head += b"".join(struct.pack("<I", n) for n in places).ljust(436, b"\xff")
    return head + bytes(body) + b"".join(struct.pack("<I", n) for n in fat)
