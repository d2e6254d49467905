"""Office files, which are zips: of a Word document the text is read, of others it is said what they are.

    [Content_Types].xml     comes first, and makes it one (ECMA-376, part 2)
    word/document.xml       <w:p><w:r><w:t>##[error]Error: HttpError</w:t></w:r></w:p>, a line

People paste logs into documents. Markup around the text says nothing about ARC and is passed over.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from arclogs.bundle.stream import Stream
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.bundle.container import Container, Entry

_TYPES: Final = "[Content_Types].xml"
_TEXT: Final = "word/document.xml"
_OTHERS: Final = {
    "xl/workbook.xml": "a spreadsheet, which is not read; save it as .csv",
    "ppt/presentation.xml": "a presentation, which is not read; save its text",
}
_MARKUP: Final = (".xml", ".rels", ".vml", ".bin", ".odttf")
_PIECE: Final = lazy_compile(
    r"<w:(?P<opens>t|tab|br|cr)(?: [^<>]{0,4096})?(?P<empty>/)?>|</w:(?P<closes>t|p)>"
)
_ENDS: Final = {"tab": "\t", "br": "\n", "cr": "\n"}


def readable(entries: Iterable[Entry], box: Container) -> Iterator[Entry]:
    """Yield the files of a zip; of an Office file the text, and what is embedded."""
    office = False
    for number, entry in enumerate(entries):
        name = entry.name.removeprefix(box.prefix)
        office = office or (number == 0 and name == _TYPES)
        if not office:
            yield entry
        elif name == _TEXT:
            yield _as_text(entry, box)
        elif name in _OTHERS:
            box.note(Code.ARCHIVE_UNSUPPORTED, _OTHERS[name])
        elif not name.endswith(_MARKUP):
            yield entry


def _as_text(entry: Entry, box: Container) -> Entry:
    limit = box.reading.limits.spool_bytes
    markup = b"".join(entry.stream.take(limit)).decode("utf-8", "replace")
    if entry.stream.peek(1):
        box.note(Code.LIMIT_TMP, f"more than {limit} bytes of text; only their head is read")
    text, name = text_of(markup).encode(), f"{box.prefix}document.txt"
    stream = Stream(iter([text]), name, box.reading)
    return replace(entry, name=name, stream=stream, size=len(text))


def text_of(markup: str) -> str:
    """Return the text of a Word document, a line each paragraph, from WordprocessingML."""
    out: list[str] = []
    begun: int | None = None
    for piece in _PIECE.finditer(markup):
        if piece["closes"] == "t" and begun is not None:
            out.append(html.unescape(markup[begun : piece.start()]))
            begun = None
        elif piece["closes"] == "p":
            out.append("\n")
        elif piece["opens"] == "t":
            begun = None if piece["empty"] else piece.end()
        elif piece["opens"]:
            out.append(_ENDS[piece["opens"]])
    return "".join(out)
