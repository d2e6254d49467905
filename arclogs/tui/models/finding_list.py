"""The list at the left of the Findings screen: the answer first, what is missing last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from arclogs.tui.models.block import (
    BLANK,
    Block,
    Fold,
    Listed,
    Listing,
    Part,
    Tone,
    heading,
    line,
    tone_of,
)
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model.report import Finding, Report

_T = TypeVar("_T")
_MOST: Final = 200
"""Entries of a group; a flood says nothing that the first do not."""


class Choice(Struct, frozen=True):
    """What of the list is shown."""

    opened: frozenset[str] = frozenset()
    """Groups that are open, by name."""
    wanted: str = ""
    """Text that every entry must hold, whatever its case; all groups are open then."""


def opened_at_first(report: Report) -> frozenset[str]:
    """Return the groups that are open before anybody asks: what is nearest to an answer."""
    if report.answer is None:
        return frozenset({"near misses", "unexplained errors"})
    return frozenset()


def finding_list(report: Report, choice: Choice) -> list[Block]:
    """Return the list; nothing that does not hold what is wanted."""
    answers = words.candidates(report) or [f for f in (report.answer,) if f]
    others = [f for f in words.others(report) if f.explained_by is None]
    folded = [f for f in report.findings if f.explained_by is not None]
    blocks: list[Block] = []
    if report.answer is None:
        what = (Part("No known cause found", Tone.STRONG),)
        blocks += [*_kept([Block(what, target=Listed("nothing"))], choice)]
    else:
        blocks += _open(words.verdict(report, report.answer), map(_finding, answers), choice)
    blocks += _open("Also seen", map(_finding, others), choice)
    blocks += _group("Follows from another", map(_finding, folded), len(folded), choice)
    blocks += _listed(report, choice)
    if not blocks:
        return [line(f"nothing holds {choice.wanted!r}")]
    return blocks[1:] if blocks[0] == BLANK else blocks


def so_far(findings: Sequence[Finding]) -> list[Block]:
    """Return the list while the bundle is read: nothing of it can be opened yet."""
    lines = [replace(_finding(one), target=None) for one in findings]
    return [heading("So far; what is still to be read may change it"), *lines] if lines else []


def _listed(report: Report, choice: Choice) -> Iterator[Block]:
    cover = report.coverage
    near, unknown = report.near_misses, report.unexplained
    groups: list[tuple[str, Listing, list[tuple[str, str]]]] = [
        ("Near misses", "near miss", [(f"{m.held}/{m.of}", m.title or m.rule) for m in near]),
        ("Unexplained errors", "unexplained", [(f"{u.count:,}×", u.template) for u in unknown]),
    ]
    for name, listing, entries in groups:
        blocks = (_entry(lead, text, Listed(listing, i)) for i, (lead, text) in _some(entries))
        yield from _group(name, blocks, len(entries), choice)
    missing = (_entry("∅", m.what, Listed("missing", i)) for i, m in _some(cover.missing))
    yield from _open("Not in the bundle", missing, choice)
    notes = (
        _entry("!" if words.loses_evidence(n.code) else "·", f"{n.member}: {n.code}",
               Listed("note", i))
        for i, n in _some(cover.notes)
    )  # fmt: skip
    if cover.complete:
        yield from _group("How it was read", notes, len(cover.notes), choice)
    else:
        yield from _open("Not everything could be read", notes, choice)


def _some(entries: Iterable[_T]) -> Iterator[tuple[int, _T]]:
    yield from zip(range(_MOST), entries)


def _finding(found: Finding) -> Block:
    mark = "✖" if found.kind == "cause" else "▲"
    tone = tone_of(found.severity)
    often = f" {found.count:,}×" if found.count > 1 else ""
    sure = f"  {found.confidence}{often}"
    return Block(
        (Part(found.title), Part(sure, Tone.DIM)),
        lead=(Part(f"{found.severity[0].upper()} {mark} ", tone),),
        target=Listed("finding", found.rank - 1),
    )


def _entry(lead: str, text: str, target: Listed) -> Block:
    return Block((Part(text),), lead=(Part(f"{lead} ", Tone.DIM),), target=target)


def _open(name: str, blocks: Iterable[Block], choice: Choice) -> list[Block]:
    kept = list(_kept(blocks, choice))
    return [BLANK, heading(name), *kept] if kept else []


def _group(name: str, blocks: Iterable[Block], count: int, choice: Choice) -> list[Block]:
    """Return a group that folds, or nothing where it is empty."""
    if choice.wanted:
        return _open(name, blocks, choice)
    if not count:
        return []
    is_open = name.lower() in choice.opened
    head = Block(
        (Part(name, Tone.HEADING), Part(f" {count:,} "), Part("[-]" if is_open else "[+]")),
        target=Fold(name.lower()),
    )
    return [BLANK, head, *(blocks if is_open else ())]


def _kept(blocks: Iterable[Block], choice: Choice) -> Iterator[Block]:
    wanted = choice.wanted.casefold()
    return (block for block in blocks if wanted in block.text.casefold())
