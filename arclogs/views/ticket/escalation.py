"""Everything for those who take a case over: all evidence, all rivals, versions and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.ticket.blocks import (
    Code,
    Fold,
    Heading,
    Item,
    Items,
    Label,
    Paragraph,
    Prose,
    Strong,
    Table,
)
from arclogs.views.ticket.parts import (
    bugs_seen,
    doubts,
    evidence_of,
    folded_list,
    near_miss,
    not_there,
    paragraphs,
    reading,
    rivals,
    section,
    send_next,
    steps,
    unexplained,
    unseen_bugs,
    wanted_next,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.report import CoverageMember, Finding, Report
    from arclogs.views.ticket.blocks import Block, Line, Section

MOST_EVIDENCE: Final = 100
MOST_MEMBERS: Final = 200


def escalation(report: Report) -> Iterator[Section]:
    """Yield the text, the most telling first; what does not fit into a comment is named there."""
    misses = [near_miss(miss) for miss in report.near_misses]
    yield section("Summary", _head(report))
    yield section("Environment", _environment(report))
    yield section("Answer", _answer(report))
    yield section("What to send next", send_next("What to send next", wanted_next(report)))
    for found in report.findings:
        if found is not report.answer:
            yield section(Code(found.rule), _finding(found))
    yield section("Unexplained errors", unexplained(report.unexplained, None, None))
    yield section("Not in the bundle", _not_there(report))
    yield section("Near misses", folded_list(f"Near misses ({len(misses)})", misses))
    yield section("How the input was read", _reading(report))
    yield section("Files", _members(report.coverage.members))


def _head(report: Report) -> Iterator[Block]:
    found, info = report.answer, report.bundle
    several = len(words.candidates(report))
    title: Line = ("No known cause found",)
    if found is not None:
        verdict = f"{words.verdict(report, found)} ({several})"
        title = (verdict,) if several > 1 else (Prose(found.title),)
    yield Heading(3, ("arclogs escalation: ", *title))
    tool = report.arclogs
    files, records = words.amount(info.members, "file"), words.amount(info.records, "record")
    span = words.span(info.first_timestamp, info.last_timestamp)
    packs = ", ".join(f"{p.name} {p.version}" for p in tool.packs)
    rows: list[tuple[str, Line]] = [
        ("bundle", (Code(info.name),)),
        ("sha256", (Code(info.sha256),)),
        ("size", (f"{info.bytes:,} bytes, {files}, {records}",)),
        ("time", (Prose(span),) if span else ()),
        ("arclogs", (Prose(tool.version),)),
        ("rules", (f"{tool.rules}, ", Code(tool.rules_hash))),
        ("packs", (Prose(packs),) if packs else ()),
    ]
    yield Table(("", ""), tuple(((label,), value) for label, value in rows if value))


def _environment(report: Report) -> Iterator[Block]:
    known = words.environment(report)
    if known:
        rows = tuple(((label,), (Code(value),)) for label, value in known)
        yield Table(("environment", ""), rows)
    else:
        yield Paragraph((Strong("Environment"), ": not known from this bundle"))


def _answer(report: Report) -> Iterator[Block]:
    found = report.answer
    if found is None:
        yield from paragraphs(words.looked_at(report).replace("\n", "\n\n"))
        return
    candidates = words.candidates(report)
    if len(candidates) > 1:
        items = tuple(Item((Prose(f.title), " (", Code(f.rule), ")")) for f in candidates)
        yield Items(items, ordered=True)
        yield Heading(4, ("The first of them",))
    else:
        yield Heading(4, (f"{words.verdict(report, found)}: ", Prose(found.title)))
    yield Paragraph((f"{found.severity}, {found.confidence}, ", Code(found.rule)))
    yield from _about(found)


def _about(found: Finding) -> Iterator[Block]:
    place, seen = words.where(found), words.seen(found)
    if place or seen:
        told = "; ".join(part for part in (place, f"seen {seen}" if seen else "") if part)
        yield Paragraph((Prose(told),))
    yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(f"Impact: {found.impact}")
    yield from bugs_seen(found)
    yield from evidence_of(found, MOST_EVIDENCE)
    if found.rivals:
        yield Label("Why the others fell")
        yield Items(tuple(map(Item, rivals(found))))
    yield from steps(words.fix_heading(found), found.fix)
    yield from steps("Verify", found.verify)
    if found.confidence != "confirmed":
        yield from send_next("To settle it", [(c.why, c.command) for c in found.collect])
    if found.references:
        yield Label("References")
        lines: list[Line] = [
            (Code(ref.url), *((" ", Prose(ref.note)) if ref.note else ()))
            for ref in found.references
        ]
        yield Items(tuple(map(Item, lines)))


def _finding(found: Finding) -> Iterator[Block]:
    facts: Line = (f": {found.kind}, {found.severity}, {found.confidence}, ", Code(found.rule))
    if found.explained_by:
        facts += (", explained by ", Code(found.explained_by))
    title = Paragraph((Prose(found.title), *facts))
    yield Fold(f"Also seen (rank {found.rank})", (title, *_about(found)))


def _not_there(report: Report) -> Iterator[Block]:
    """Yield what the bundle lacks, with the commands where nothing above has asked for it."""
    if wanted_next(report):
        return not_there(report)
    missing = [(f"{m.what}: {m.why_it_matters}", m.command) for m in report.coverage.missing]
    return send_next("Not in the bundle, for those who want to look further", missing)


def _reading(report: Report) -> Iterator[Block]:
    yield from unseen_bugs(report)
    yield from doubts(report)
    yield from reading(report.coverage.notes)


def _members(members: Sequence[CoverageMember]) -> Iterator[Block]:
    if not members:
        return
    rows: list[tuple[Line, ...]] = []
    for m in members[:MOST_MEMBERS]:
        read_as = Prose(f"not read: {m.skipped}" if m.skipped else m.parser)
        first, last = (
            (Prose(words.moment(t)),) if t else () for t in (m.first_timestamp, m.last_timestamp)
        )
        rows.append(((Code(m.member),), (read_as,), (f"{m.records:,}",), first, last))
    if len(members) > MOST_MEMBERS:
        rows.append(((f"{len(members) - MOST_MEMBERS:,} more",), (), (), (), ()))
    table = Table(("file", "read as", "records", "from", "to"), tuple(rows))
    yield Fold(f"Files ({len(members)})", (table,))
