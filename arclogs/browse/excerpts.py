"""The lines around evidence, read from the bundle a second time: only the files that hold any."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from arclogs.bundle import Bundle, Limits
from arclogs.bundle.member import Member
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.lines import decode_lines
from arclogs.model.exhibits import Excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from arclogs.model.report import Report

AROUND: Final = 8
"""Lines before and after that are shown."""
_LEAD: Final = 100
"""Lines before those, for the redactor only: a private key may have begun in them."""
MOST_EXCERPTS: Final = 60
LONGEST_LINE: Final = 2_000
_HELD: Final = 16_384
"""Characters of a line that the redactor sees: far more than are shown."""
_PLACES: Final = 12
"""Of one finding."""

Place = tuple[str, int]


def places_of(report: Report) -> list[Place]:
    """Return the lines whose surroundings are worth seeing, those of the answer first."""
    findings = sorted(report.findings, key=lambda f: (f is not report.answer, f.rank))
    places = [
        (item.member, item.line)
        for found in findings
        if found.explained_by is None
        for item in found.evidence[:_PLACES]
        if item.line
    ]
    places += [(e.member, e.line) for group in report.unexplained for e in group.examples[:1]]
    return list(dict.fromkeys(places))[:MOST_EXCERPTS]


def read_excerpts(
    sources: Sequence[Path | BinaryIO],
    places: Iterable[Place],
    redact: Callable[[str], str] | None,
    limits: Limits | None = None,
) -> tuple[Excerpt, ...]:
    """Return the excerpts around lines; a stream that cannot be read again has none.

    `redact` is applied to whole passages before they are cut, as a secret may span lines.
    """
    if not all(_again(source) for source in sources):
        return ()
    wanted: dict[str, list[int]] = defaultdict(list)
    for name, line in places:
        wanted[name].append(line)
    found: dict[Place, Excerpt] = {}
    for member in Bundle(sources, limits or Limits()):
        if isinstance(member, Member) and member.name in wanted:
            for excerpt in _of_member(member, wanted.pop(member.name), redact):
                found[excerpt.member, excerpt.line] = excerpt
        if not wanted:
            break
    return tuple(found[key] for key in sorted(found))


def _again(source: Path | BinaryIO) -> bool:
    """Make a stream begin anew; tell whether that could be done."""
    if not hasattr(source, "seek"):
        return True
    try:
        source.seek(0)
    except (OSError, ValueError):
        return False
    return True


def _of_member(
    member: Member, lines: Sequence[int], redact: Callable[[str], str] | None
) -> Iterator[Excerpt]:
    kept = _lines(member, lines)
    for line in lines:
        if line not in kept:
            continue
        numbers = [n for n in range(line - AROUND - _LEAD, line + AROUND + 1) if n in kept]
        text = "\n".join(kept[n] for n in numbers)
        passage = (redact(text) if redact else text).split("\n")
        shown = [(n, said) for n, said in zip(numbers, passage) if n >= line - AROUND]
        yield Excerpt(
            member=member.name,
            line=line,
            first=shown[0][0],
            lines=tuple(_cut(said) for _, said in shown),
        )


def _lines(member: Member, wanted: Sequence[int]) -> Mapping[int, str]:
    """Return the lines near the wanted ones; what comes after the last is not read."""
    needed = {n for w in wanted for n in range(w - AROUND - _LEAD, w + AROUND + 1)}
    last = max(needed)
    kept = {}
    for number, line in enumerate(decode_lines(member.chunks, member.name, []), 1):
        if number in needed:
            kept[number] = strip_ansi(line[:_HELD])
        if number >= last:
            break
    return kept


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
