"""Office files, which are zips: of a Word document the text is read, of others it is said what they are.

    word/document.xml       <w:p><w:r><w:t>##[error]Error: HttpError</w:t></w:r></w:p>, a line

People paste logs into documents. The parts of such a file may lie in any order, and each names its
schema (ECMA-376, OpenDocument 1.3); markup around the text says nothing about ARC.
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

_HEAD: Final = 4096
_MARKUP: Final = (".xml", ".rels", ".rdf", "mimetype")
_SCHEMA: Final = lazy_compile(
    rb"http://schemas\.openxmlformats\.org/|http://purl\.oclc\.org/ooxml/"
    rb"|urn:oasis:names:tc:opendocument:xmlns:|application/vnd\.oasis\.opendocument\."
    rb"|http://docs\.oasis-open\.org/ns/office/"
)
_ROOT: Final = lazy_compile(
    rb"<(?:(w:document)|(?:\w+:)?(workbook)|\w+:(presentation)|office:(document-content))[\s>]"
)
_NAMED: Final = {
    b"workbook": "a spreadsheet, which is not read; save it as .csv",
    b"presentation": "a presentation, which is not read; save its text",
    b"document-content": "an OpenDocument file, which is not read; save its text",
}
_PIECE: Final = lazy_compile(
    r"<w:(?P<opens>t|tab|br|cr)(?: [^<>]{0,4096})?(?P<empty>/)?>|</w:(?P<closes>t|p)>"
)
_ENDS: Final = {"tab": "\t", "br": "\n", "cr": "\n"}


def readable(entries: Iterable[Entry], box: Container) -> Iterator[Entry]:
    """Yield the files of a zip; of an Office file the text, and what is embedded."""
    for entry in entries:
        head = entry.stream.peek(_HEAD) if entry.name.endswith(_MARKUP) else b""
        if _SCHEMA.search(head) is None:
            yield entry
        elif (root := _ROOT.search(head)) is not None:
            if root[1]:
                yield _as_text(entry, box)
            else:
                box.note(Code.ARCHIVE_UNSUPPORTED, _NAMED[root[root.lastindex or 0]])


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
