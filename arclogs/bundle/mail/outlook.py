"""Messages that Outlook saves (.msg): a compound file in which each property is a stream (MS-OXMSG).

__substg1.0_0037001F                                   the subject, UTF-16
__substg1.0_1000001F                                   the text
__attach_version1.0_#00000000/__substg1.0_37010102     what is attached
__attach_version1.0_#00000001/__substg1.0_3701000D/…   a message in the message
"""

from __future__ import annotations

import struct
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from arclogs.bundle.container import Container
from arclogs.bundle.mail.attached import body_of, entry_of, note_picture, too_deep
from arclogs.bundle.mail.page_text import plain
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from arclogs.bundle.container import Entry

    _Index = dict[tuple[str, ...], list[str]]

_PROPERTY: Final = "__substg1.0_"
_ATTACHED: Final = "__attach_version1.0_#"
_SUBJECT, _TEXT, _PAGE, _RTF = "0037", "1000", "1013", "1009"
_DATA, _LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT_ID = "3701", "3707", "3704", "370E", "3712"
_UNICODE, _ANSI, _BINARY, _STORAGE = "001F", "001E", "0102", "000D"
_BROKEN: Final = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    RecursionError,
)


def entries(file: BinaryIO, box: Container) -> Iterator[Entry]:
    """Yield the text of a message and its attachments; each is to be read before the next."""
    import olefile  # 15 ms, for the few who send this

    try:
        ole = olefile.OleFileIO(file, raise_defects=olefile.DEFECT_INCORRECT)
        tree = _Storage(ole, _index(ole))
        if not any(name.startswith((_PROPERTY, _ATTACHED)) for name in tree.names):
            box.note(
                Code.ARCHIVE_UNSUPPORTED, "an Office document, which is not opened; save it as text"
            )
            return
        yield from _in_message(tree, box)
    except MemoryError:
        box.note(Code.LIMIT_MEMORY, "not enough memory to go on reading")
    except _BROKEN as error:
        box.note(
            Code.ARCHIVE_CORRUPT, f"no message that can be read to its end: {type(error).__name__}"
        )
    box.finish()


def _index(ole: Any) -> _Index:
    """Return what lies directly below each storage."""
    index: _Index = defaultdict(list)
    for entry in ole.listdir(streams=True, storages=True):
        index[tuple(entry[:-1])].append(entry[-1])
    return index


class _Storage:
    """The streams and storages below one place in the file."""

    def __init__(self, ole: Any, index: _Index, path: tuple[str, ...] = ()) -> None:
        self._ole = ole
        self._index = index
        self._path = path
        self.names = sorted(index.get(path, ()))

    def below(self, name: str) -> _Storage:
        return _Storage(self._ole, self._index, (*self._path, name))

    def bytes(self, tag: str, kind: str = _BINARY) -> bytes | None:
        name = f"{_PROPERTY}{tag}{kind}"
        if name not in self.names:
            return None
        data: bytes = self._ole.openstream([*self._path, name]).read()
        return data

    def text(self, tag: str) -> str:
        wide = self.bytes(tag, _UNICODE)
        narrow = self.bytes(tag, _ANSI) if wide is None else None
        text = (
            wide.decode("utf-16-le", "replace")
            if wide
            else (narrow or b"").decode("cp1252", "replace")
        )
        return text.rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")


def _in_message(message: _Storage, box: Container) -> Iterator[Entry]:
    subject = " ".join(message.text(_SUBJECT).split())
    body = message.text(_TEXT).strip("\n") or _page(message)
    if not body and f"{_PROPERTY}{_RTF}{_BINARY}" in message.names:
        box.note(
            Code.ARCHIVE_UNSUPPORTED, "its text is RTF alone, which is not read; save it as text"
        )
    yield from body_of(subject, body, box)
    for number, name in enumerate((n for n in message.names if n.startswith(_ATTACHED)), 1):
        if not box.reading.admits(box.label):
            return
        yield from _attached(message.below(name), number, box)


def _page(message: _Storage) -> str:
    data = message.bytes(_PAGE)
    return plain(data.decode("utf-8", "replace")) if data else plain(message.text(_PAGE))


def _attached(part: _Storage, number: int, box: Container) -> Iterator[Entry]:
    name = part.text(_LONG_NAME) or part.text(_SHORT_NAME) or f"attachment-{number}"
    inner = f"{_PROPERTY}{_DATA}{_STORAGE}"
    if inner in part.names:
        yield from _nested(part.below(inner), name, box)
        return
    data = part.bytes(_DATA)
    if data is None:
        box.note_on(
            name, Code.ARCHIVE_UNSUPPORTED, "attached by a link or as an object, not in the message"
        )
    elif part.text(_TYPE).startswith("image/"):
        note_picture(name, data, box, in_text=bool(part.text(_CONTENT_ID)))
    else:
        yield entry_of(name, data, box)


def _nested(message: _Storage, name: str, box: Container) -> Iterator[Entry]:
    title = (" ".join(message.text(_SUBJECT).split()) or name).replace("/", "_")[:80]
    if too_deep(title, box):
        return
    shown = box.file(f"{title}.msg")
    inner = Container(shown, f"{shown}!/", box.depth + 1, box.reading)
    yield from _in_message(message, inner)
    inner.finish()
