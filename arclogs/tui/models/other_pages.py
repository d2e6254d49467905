"""The pages of what is listed beside findings: near misses, unexplained errors, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.tui.models.block import (
    BLANK,
    AtLine,
    Block,
    Item,
    Listed,
    Part,
    Tone,
    heading,
    line,
    prose,
)
from arclogs.tui.models.finding_page import collects, command, cut, finding_page
from arclogs.tui.models.match_tree import match_tree
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.authoring.trace import Trace
    from arclogs.model.report import Report


def rule_of(report: Report, listed: Listed) -> str | None:
    """Return the rule behind an entry of the list, if there is one."""
    if listed.listing == "finding":
        return report.findings[listed.index].rule
    if listed.listing == "near miss":
        return report.near_misses[listed.index].rule
    return None


def page_of(report: Report, listed: Listed, trace: Trace | str | None) -> list[Block]:
    """Return the page of an entry of the list."""
    match listed.listing:
        case "finding":
            return finding_page(report, report.findings[listed.index], trace)
        case "near miss":
            return list(_near_miss(report, listed.index, trace))
        case "unexplained":
            return list(_unexplained(report, listed.index))
        case "missing":
            return list(_missing(report, listed.index))
        case "note":
            return list(_note(report, listed.index))
        case "nothing":
            return list(_nothing(report))


def _nothing(report: Report) -> Iterator[Block]:
    yield line("No known cause found", Tone.STRONG)
    yield BLANK
    yield from prose(words.looked_at(report))
    yield from (BLANK, heading("Environment"))
    facts = words.environment(report) or [("versions", "not known from this bundle")]
    yield from (Block((Part(value),), 1, (Part(f"{name:16} ", Tone.DIM),)) for name, value in facts)
    yield from (
        BLANK,
        line(words.counts(report)),
        line(words.coverage(report, partial_allowed=True)),
    )
    first = next((f for f in report.findings if f.collect), None)
    if first is not None:
        yield from collects("To find out", first.collect[:1])


def _near_miss(report: Report, index: int, trace: Trace | str | None) -> Iterator[Block]:
    miss = report.near_misses[index]
    yield line(f"Near miss: {miss.title or miss.rule}", Tone.STRONG)
    yield line(f"{miss.held} of {miss.of} signals held · rule {miss.rule}")
    if miss.missing or miss.refuted_by:
        yield from (BLANK, heading("What it lacks"))
    yield from (line(f"- {text}", indent=2) for text in miss.missing)
    yield from (line(f"- ruled out by: {text}", indent=2) for text in miss.refuted_by)
    yield from match_tree(trace)


def _unexplained(report: Report, index: int) -> Iterator[Block]:
    group = report.unexplained[index]
    yield line("An error that no rule explains", Tone.STRONG)
    yield line(f"seen {words.times(group.count)}")
    yield from (BLANK, heading("Its shape"), line(cut(group.template), indent=2))
    yield from (BLANK, heading("Examples"))
    for number, example in enumerate(group.examples, 1):
        when = f"{words.moment(example.timestamp)}  " if example.timestamp else ""
        parts = (Part(when, Tone.DIM), Part(cut(example.text), Tone.STRONG))
        target = AtLine(example.member, example.line)
        yield Block(parts, 0, (Part(f"{number:>2}  ", Tone.KEY),), target, example.text)
        yield line(words.place(example.member, example.line), Tone.DIM, 4)
    yield from (BLANK, heading("To write a rule for it"))
    new = f"arclogs rules new my-rule --from-unexplained {index + 1} BUNDLE"
    yield from command(new, Item("new rule"))


def _missing(report: Report, index: int) -> Iterator[Block]:
    lacking = report.coverage.missing[index]
    yield line(f"Not in the bundle: {lacking.what}", Tone.STRONG)
    yield BLANK
    yield from prose(words.reflow(lacking.why_it_matters))
    yield from (BLANK, heading("To collect it"))
    yield from command(lacking.command, Item("collect"))


def _note(report: Report, index: int) -> Iterator[Block]:
    note = report.coverage.notes[index]
    lost = words.loses_evidence(note.code)
    yield line("A part was not read" if lost else "A remark on the reading", Tone.STRONG)
    yield from (BLANK, line(note.member), line(f"{note.code}: {note.detail}"))
