r"""Bytes of a member to lines of text, streaming and bounded.

    b"\xef\xbb\xbf2025-11-18T09:14:07.0214553Z Current runner version: '2.329.0'\r\n"
    b"2025-11-18T09:14:08.0222472Z ##[error]Process completed with exit code 1.\n"

Lines end at LF only, so that line numbers agree with every editor's: VT, FF, NEL and U+2028 stay
inside a line, and so does a lone CR.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LINE_LIMIT = 64 * 1024
"""Bytes of a line that are kept; rules never see more."""

_BOM = codecs.BOM_UTF8
_GUESS_BYTES = 1024
_MAGIC = (
    b"\x7fELF",
    b"MZ\x90",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF-",
    b"SQLite format 3\x00",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
)
_CONTROL = lazy_compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_NUL_RUN = lazy_compile(rb"\x00+")
_SURROGATE = lazy_compile("[\ud800-\udfff]")


def decode_lines(
    chunks: Iterable[bytes], member: str, notes: list[Note], *, line_limit: int = LINE_LIMIT
) -> Iterator[str]:
    """Yield the lines of a text member without their line ends.

    A byte order mark is dropped at the start of any line (GitHub writes one per log page), NULs
    are removed, bytes that are not UTF-8 become U+FFFD, and a line is cut at `line_limit` bytes.
    Each of these leaves one note for the member, added to `notes` when the stream ends.
    """
    reader = LineReader(line_limit)
    return _read(reader, reader.lines, chunks, member, notes)


def decode_texts(
    chunks: Iterable[bytes], member: str, notes: list[Note], *, line_limit: int = LINE_LIMIT
) -> Iterator[str]:
    """Yield the lines that `decode_lines` yields, many at once, joined by line ends."""
    reader = LineReader(line_limit)
    return _read(reader, reader.texts, chunks, member, notes)


def _read(
    reader: LineReader,
    parts: Callable[[bytes], Iterable[str]],
    chunks: Iterable[bytes],
    member: str,
    notes: list[Note],
) -> Iterator[str]:
    try:
        for piece in reader.pieces(chunks):
            yield from parts(piece)
        yield from reader.rest()
    finally:
        notes.extend(Note(member, code, detail) for code, detail in reader.findings())


def looks_binary(head: bytes) -> bool:
    """Tell whether the first bytes of a member are no text at all (a few KiB are enough).

    A log with a hole of NULs in it is text; so is UTF-16.
    """
    if head.startswith(_MAGIC):
        return True
    if not head or utf16_codec(head):
        return False
    text = head.replace(b"\0", b"")
    if not text:
        return False
    if len(_NUL_RUN.findall(head)) > max(4, len(head) // 512):
        return True
    if len(_CONTROL.findall(text)) * 10 > len(text):
        return True
    wrong = text.decode("utf-8", "replace").count("\ufffd")
    return wrong * 10 > len(text) * 3


def replace_surrogates(text: str) -> str:
    r"""Return `text` with lone surrogates, which JSON's ``\ud800`` can smuggle in, made U+FFFD.

    Such a string could not be encoded again and would kill the report.
    """
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def utf16_codec(head: bytes) -> str | None:
    """Return the codec of UTF-16 text, by its byte order mark or by where its NULs stand."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = head[:_GUESS_BYTES]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0 : half * 2 : 2].count(0), sample[1 : half * 2 : 2].count(0)
    if even * 10 >= half * 6 and odd * 20 <= half:
        return "utf-16-be"
    if odd * 10 >= half * 6 and even * 20 <= half:
        return "utf-16-le"
    return None


class LineReader:
    """Cuts a byte stream into lines and remembers what it had to change."""

    def __init__(self, line_limit: int) -> None:
        self.limit = line_limit
        self.carry = b""
        self.dropped = 0  # bytes of the unfinished line beyond the limit
        self.cut_lines = self.nul_bytes = self.replaced_lines = 0
        self.guessed: str | None = None

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the stream as UTF-8, whatever it is encoded in."""
        stream = iter(chunks)
        head = b""
        for chunk in stream:  # a short first chunk must not decide the encoding
            head += chunk
            if len(head) >= _GUESS_BYTES:
                break
        codec = utf16_codec(head)
        if codec is None:
            yield head
            yield from stream
            return
        if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.guessed = codec
        decoder = codecs.getincrementaldecoder(codec)("replace")
        yield decoder.decode(head).encode("utf-8", "replace")
        for chunk in stream:
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    def without_nul(self, piece: bytes) -> bytes:
        """Return `piece` without NULs, which are counted."""
        if b"\0" in piece:
            # Before the split: a hole of NULs stands in front of the line it was cut into.
            self.nul_bytes += piece.count(0)
            piece = piece.replace(b"\0", b"")
        return piece

    def lines(self, piece: bytes) -> Iterator[str]:
        """Yield the lines that `piece` completes."""
        piece = self.without_nul(piece)
        first, newline, rest = piece.partition(b"\n")
        self._keep(first)
        if not newline:
            return
        yield self._line(self.carry, self.dropped)
        self.carry, self.dropped = b"", 0
        if b"\n" in rest:
            whole, _, rest = rest.rpartition(b"\n")
            for line in whole.split(b"\n"):
                yield self._line(line, 0)
        self._keep(rest)

    def texts(self, piece: bytes) -> Iterator[str]:
        """Yield the lines that `piece` completes, joined by line ends; at once if all are plain."""
        whole, newline, rest = piece.rpartition(b"\n")
        if newline and len(self.carry) + len(whole) <= self.limit:
            plain = _plain(self.carry + whole)
            if plain is not None:
                yield plain
                self.carry, self.dropped = b"", 0
                self._keep(self.without_nul(rest))
                return
        lines = list(self.lines(piece))
        if lines:
            yield "\n".join(lines)

    def rest(self) -> Iterator[str]:
        """Yield the last line where the stream does not end with LF."""
        if self.carry:
            yield self._line(self.carry, self.dropped)

    def line(self, line: bytes) -> str:
        """Return the text of a whole line."""
        return self._line(line, 0)

    def findings(self) -> Iterator[tuple[Code, str]]:
        """Yield what is to be noted of the lines so far."""
        if self.cut_lines:
            yield (
                Code.LIMIT_LINE_BYTES,
                f"{self.cut_lines} line(s) cut at {self.limit} bytes, the rest of them not read",
            )
        if self.nul_bytes:
            yield Code.TEXT_NUL, f"{self.nul_bytes} NUL byte(s) removed"
        if self.replaced_lines:
            detail = f"{self.replaced_lines} line(s) with bytes that are not UTF-8, shown as U+FFFD"
            yield Code.TEXT_ENCODING_REPLACED, detail
        elif self.guessed:
            detail = f"no byte order mark, read as {self.guessed.upper()}"
            yield Code.TEXT_ENCODING_REPLACED, detail

    def _keep(self, part: bytes) -> None:
        """Add to the unfinished line, of which one byte more than the limit is held at most."""
        room = self.limit + 1 - len(self.carry)
        self.carry += part[:room]
        self.dropped += max(0, len(part) - room)

    def _line(self, line: bytes, dropped: int) -> str:
        cut = len(line) + dropped > self.limit
        if cut:
            self.cut_lines += 1
            line = line[: self.limit]
        line = line.rstrip(b"\r")
        if line.isascii():
            return line.decode("ascii")
        while line.startswith(_BOM):
            line = line[len(_BOM) :]
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            if cut and len(line) - error.start < 4:  # the limit fell inside a character
                return line[: error.start].decode("utf-8")
        self.replaced_lines += 1
        return line.decode("utf-8", "replace")


def _plain(lines: bytes) -> str | None:
    """Return the text of lines in which nothing has to be changed, None for any others."""
    if b"\0" in lines or b"\r" in lines or _BOM in lines:
        return None
    try:
        return lines.decode("utf-8")
    except UnicodeDecodeError:
        return None
