"""A member's text cut into blocks, each of which one program printed.

    $ kubectl get sa -n arc-runners            a transcript: the command, then its output
    ```                                        a ticket, a bundle.md: fenced blocks
    ==== START logs for container runner of pod arc-runners/x ====     kubectl cluster-info dump
    ==> controller.log <==                     tail -n +1 of several files
    controller.log:                            what people write above what they paste
    Logs of the controller:

A member that shows none of these is one block. Fences: CommonMark; bundle.md: bundle.sh of
arc-log-collection-scripts; the dump's markers: kubectl pkg/cmd/clusterinfo.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec import Struct, field

from arclogs.ingest.boxed import FRAME
from arclogs.ingest.families import INITIALS, family_of
from arclogs.ingest.flowed import rejoined
from arclogs.ingest.interface import Block
from arclogs.ingest.islands import answers, islands
from arclogs.ingest.pasted import PASTED, is_pasted, tidied
from arclogs.ingest.sentences import may_quote
from arclogs.ingest.text.log_commands import origin_of_command
from arclogs.ingest.text.origin import origin_of
from arclogs.ingest.text.places import Places
from arclogs.ingest.text.prompts import asks_cluster, command_of, heading_command
from arclogs.ingest.titles import title
from arclogs.ingest.together import apart
from arclogs.ingest.upright import upright
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MARKS = (
    b"kubectl ", b"helm ", b"```", b"~~~", b"==== START", b"==> ", b"$ oc ", b"# oc ", b"\noc ",
    b"$ k ", b"\0", b"\n>", b"apiVersion:", b"kind: ", b"Name:  ", b'"apiVersion"',
)  # fmt: skip
"""What text holds that is cut into blocks."""
ALL_MARKS = (*MARKS, *PASTED)
_LESSER_MARKS = (b" oc ", b"<br", b"<p>", b"</", b"<code", b"<summary")
_STAMPED = lazy_compile(r"[\[{\"\w:,= ]{0,80}?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_FENCE = lazy_compile(r"\s{0,12}(`{3,}|~{3,})\s*([^`]{0,200})$")
_MARKDOWN = (".md", ".markdown", ".mdx")
_NEVER_MARKDOWN = (".log", ".json", ".jsonl", ".yaml", ".yml", ".csv", ".gz", ".diff", ".patch")
_NEVER_MIXED = (".json", ".jsonl", ".yaml", ".yml", ".csv", ".gz", ".diff", ".patch")
_LOGS = lazy_compile(r"==== (START|END) logs for container (\S+) of pod ([^/\s]+)/(\S+) ====\s*$")
_TAIL = lazy_compile(r"==> (\S[^<>]{0,400}) <==\s*$")


class _Kind(Enum):
    TEXT = auto()
    """All of a member, in which anything may be."""
    FENCED = auto()
    PROSE = auto()
    """Markdown outside of fences, where `#` is a heading."""


class _Cut(Struct):
    """A run of lines that will be a block, unless nothing is in it."""

    start: int
    end: int
    kind: _Kind = _Kind.TEXT
    command: str | None = None
    origin: Mapping[str, str] = field(default_factory=dict)
    family: str | None = None
    """The format of its first line that shows one (`families`)."""


def may_have_blocks(chunk: bytes) -> bool:
    """Tell whether text may hold anything by which it would be cut; most logs do not."""
    return any(mark in chunk for mark in ALL_MARKS)


def lines_with_marks(text: bytes) -> Iterator[bytes]:
    """Yield the lines that hold something by which text may be cut or tidied, each once."""
    starts: set[int] = set()
    for mark in (*ALL_MARKS, *_LESSER_MARKS):
        at = text.find(mark)
        while at >= 0:
            start = text.rfind(b"\n", 0, at + 1) + 1
            starts.add(start)
            end = text.find(b"\n", start)
            at = text.find(mark, end) if end >= 0 else -1
    for start in sorted(starts):
        end = text.find(b"\n", start)
        yield text[start:] if end < 0 else text[start:end]


def divides(line: str) -> bool:
    """Tell whether a line with a mark may divide a log into blocks, or be tidied.

    Cautious: what may do it does. A line that begins with a time stamp is one of a log.
    """
    if _STAMPED.match(line) is None or is_pasted(line.encode("utf-8", "replace")):
        return ".log:" not in line and ".txt:" not in line
    return _typed(line, _Kind.TEXT) is not None


def split_blocks(lines: Sequence[str], member: str, origin: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a member, whose text is `lines`, in their order."""
    name = member.lower()
    raws, lines = lines, tidied(lines, member)
    for passage in _passages(lines, member):
        for cut in _transcript(lines, passage):
            whose = {**origin, **cut.origin}
            for start, end, command in answers(lines, cut.start, cut.end, cut.command):
                while start < end and not lines[start].strip():
                    start += 1
                while start < end and not lines[end - 1].strip():
                    end -= 1
                if start < end:
                    places = None if lines is raws else Places(start + 1, raws[start:end])
                    text = lines[start:end]
                    flow = upright(text) or apart(text)
                    if flow is None and not name.endswith(_NEVER_MARKDOWN):
                        flow = rejoined(text)
                    if flow is not None:
                        text, places = flow[0], _places_of(flow, raws[start:end], start + 1)
                    yield Block(member, start + 1, text, command, whose, places)


def _places_of(flow: tuple[list[str], list[int]], raws: Sequence[str], first: int) -> Places:
    """Return where lines that were put together stand: what was read shall be seen whole."""
    whole = [_whole(raws[index], text) for text, index in zip(*flow)]
    return Places(first, whole, [first + index for index in flow[1]])


def _whole(raw: str, text: str) -> str:
    """Return a line with what it goes on with below, or the part of it that is a line of its own."""
    if raw.endswith(text):
        return raw
    return text if text in raw or text[:1] == FRAME else f"{raw}{_rest(raw, text)}"


def _rest(raw: str, text: str) -> str:
    """Return what a line goes on with after its end in the file, whatever stands in front of it."""
    size = next((n for n in range(len(raw), 0, -1) if text.startswith(raw[-n:])), 0)
    return text[size:] if size else f" {text}"


def _passages(lines: Sequence[str], member: str) -> Iterator[_Cut]:
    """Yield fenced blocks and the text between them, or all lines."""
    name = member.lower()
    fences = [] if name.endswith(_NEVER_MARKDOWN) else _fences(lines)
    if not name.endswith(_MARKDOWN) and (not fences or fences[0][1] == len(lines)):
        yield from _pasted(lines, 0, len(lines), name)
        return
    at = 0
    for opening, closing in fences:
        yield from _written(lines, at, opening)
        above = next((x for x in reversed(lines[at:opening]) if x.strip()), "")
        yield _Cut(opening + 1, closing, _Kind.FENCED, heading_command(above))
        at = closing + 1
    yield from _written(lines, at, len(lines))


def _pasted(lines: Sequence[str], start: int, end: int, name: str) -> Iterator[_Cut]:
    """Yield a text in one piece, or cut where objects stand between lines of another kind."""
    whole = _Cut(start, end)
    mixed = not name.endswith(_NEVER_MIXED) and not _has_commands(lines, whole)
    at = start
    for opening, closing in islands(lines, start, end) if mixed else ():
        yield _Cut(at, opening)
        yield _Cut(opening, closing)
        at = closing
    yield _Cut(at, end)


def _written(lines: Sequence[str], start: int, end: int) -> Iterator[_Cut]:
    """Yield what is worth reading of Markdown outside of fences."""
    at = start
    for opening, closing in islands(lines, start, end, in_prose=True):
        yield from _prose(lines, at, opening)
        yield _Cut(opening, closing)
        at = closing
    yield from _prose(lines, at, end)


def _has_commands(lines: Sequence[str], passage: _Cut) -> bool:
    return any(line.startswith(("==== ", "==> ")) for line in lines) or _is_transcript(
        lines, passage
    )


def _fences(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return opening and closing line of each fenced block; an open one runs to the end."""
    found: list[tuple[int, int]] = []
    opening: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        match = _FENCE.match(line)
        if match is None:
            continue
        if opening is None:
            opening = (index, match[1])
        elif match[1].startswith(opening[1]) and not match[2].strip():
            found.append((opening[0], index))
            opening = None
    return found if opening is None else [*found, (opening[0], len(lines))]


def _prose(lines: Sequence[str], start: int, end: int) -> Iterator[_Cut]:
    """Yield the paragraphs outside of fences that may quote a log or a command's output."""
    paragraph: int | None = None
    for index in range(start, end + 1):
        if index < end and lines[index].strip():
            paragraph = index if paragraph is None else paragraph
        elif paragraph is not None:
            if any(map(_is_output, lines[paragraph:index])):
                yield _Cut(paragraph, index, _Kind.PROSE)
            paragraph = None


def _is_output(line: str) -> bool:
    return may_quote(line) or _typed(line, _Kind.PROSE) is not None


def _transcript(lines: Sequence[str], passage: _Cut) -> Iterator[_Cut]:
    """Yield a passage cut at prompts and at the headings of several logs in one file."""
    cut = _Cut(passage.start, passage.start, passage.kind, passage.command)
    typed = _is_transcript(lines, passage)
    index = passage.start
    above_is_blank = True
    while index < passage.end:
        line = lines[index]
        following = _heading(line, index) if line.startswith(("==== ", "==> ")) else None
        if above_is_blank and following is None and passage.kind is not _Kind.FENCED:
            titled = title(line)
            if titled is not None:
                following = _Cut(index + 1, index + 1, origin=origin_of(titled))
        above_is_blank = not line or line.isspace()
        if typed and following is None and (command := _typed(line, passage.kind)) is not None:
            while command.endswith("\\") and index + 1 < passage.end:
                index += 1
                command = f"{command[:-1]}{lines[index].strip()}"[:4096]
            origin = origin_of_command(command)
            following = _Cut(index + 1, index + 1, passage.kind, command, origin)
        if line[:1] in INITIALS and following is None and cut.command is None:
            following = _other_family(lines, cut, index)
        index += 1
        if following is not None:
            yield cut
            cut = following
        cut.end = index
    yield cut


def _other_family(lines: Sequence[str], cut: _Cut, index: int) -> _Cut | None:
    """Return the cut that a line opens which is of another format than those before it, or None.

    A single line of another format is an excerpt, which text is read with.
    """
    family = family_of(lines[index])
    if family is None or family == cut.family:
        return None
    if cut.family is None:
        cut.family = family
        return None
    if family != "table" and family not in map(family_of, lines[index + 1 : index + 4]):
        return None
    return _Cut(index, index, cut.kind, family=family)


def _is_transcript(lines: Sequence[str], passage: _Cut) -> bool:
    if passage.kind is _Kind.FENCED:
        first = next((x for x in lines[passage.start : passage.end] if x.strip()), "")
        if command_of(first) is not None:
            return True
    for index in range(passage.start, passage.end):
        line = lines[index]
        if "kubectl " in line or "helm " in line or " oc " in line or "$ k " in line:
            command = _typed(line, passage.kind)
            if command is not None and asks_cluster(command):
                return True
    return False


def _typed(line: str, kind: _Kind) -> str | None:
    if kind is _Kind.PROSE and line.startswith(("#", "`", ">")):
        return None  # a heading, inline code or a quotation
    return command_of(line)


def _heading(line: str, index: int) -> _Cut | None:
    """Return the empty cut that a heading opens, or None for any other line."""
    match = _LOGS.match(line)
    if match is not None:
        place = {"container": match[2], "namespace": match[3], "pod": match[4]}
        origin: Mapping[str, str] = place if match[1] == "START" else {}
        return _Cut(index + 1, index + 1, origin=origin)
    match = _TAIL.match(line)
    return _Cut(index + 1, index + 1, origin=origin_of(match[1])) if match is not None else None
