"""Everything for those who take a case over: all evidence, all rivals, versions and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.markdown.parts import (
    LONGEST_LINE,
    MOST_CHARACTERS,
    block,
    bugs_seen,
    cut,
    evidence_table,
    not_there,
    paragraphs,
    send_next,
    steps,
    unseen_bugs,
    wanted_next,
)
from arclogs.views.markdown_text import cell_code, code, fence, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model.report import CoverageMember, Finding, NearMiss, Report
    from arclogs.views.interface import Layout

MOST_EVIDENCE: Final = 100
MOST_MEMBERS: Final = 200
_LEFT_OUT: Final = "Left out, as a comment holds 65,536 characters (`--format json` has it): "


def escalation(report: Report, layout: Layout) -> str:
    """Return the text; sections that do not fit into a comment are named."""
    sections = [
        ("Summary", _head(report)),
        ("Environment", _environment(report)),
        ("Answer", _answer(report)),
        ("What to send next", send_next("What to send next", wanted_next(report))),
        *((f.rule, _finding(f)) for f in report.findings if f is not report.answer),
        ("Unexplained errors", _unexplained(report)),
        ("Not in the bundle", _not_there(report)),
        ("Near misses", _near_misses(report.near_misses)),
        ("How the input was read", _reading(report)),
        ("Files", _members(report.coverage.members)),
    ]
    closing = prose(f"Coverage: {words.coverage(report, partial_allowed=layout.partial_allowed)}")
    return _fitted(sections, closing)


def _fitted(sections: Sequence[tuple[str, Iterable[str]]], closing: str) -> str:
    room = MOST_CHARACTERS - len(closing) - 1_000
    kept: list[str] = []
    left_out: list[str] = []
    for name, lines in sections:
        text = "".join(f"{line}\n" for line in lines)
        if len(text) > room:
            left_out.append(code(name))
            continue
        room -= len(text)
        kept.append(text)
    if left_out:
        kept.append(f"{_LEFT_OUT}{', '.join(left_out)[:600]}\n\n")
    return "".join([*kept, f"{closing}\n"])


def _head(report: Report) -> Iterator[str]:
    found, info = report.answer, report.bundle
    title = prose(found.title) if found else "No known cause found"
    several = len(words.candidates(report)) > 1
    heading = (
        f"{words.verdict(report, found)} ({len(words.candidates(report))})" if found else title
    )
    yield from (f"### arclogs escalation: {heading if several else title}", "")
    yield from ("| | |", "|---|---|")
    tool = report.arclogs
    packs = ", ".join(f"{p.name} {p.version}" for p in tool.packs)
    rows = (
        ("bundle", cell_code(info.name)),
        ("sha256", code(info.sha256)),
        ("size", f"{info.bytes:,} bytes, {words.amount(info.members, 'file')}, "
                 f"{words.amount(info.records, 'record')}"),
        ("time", prose(words.span(info.first_timestamp, info.last_timestamp))),
        ("arclogs", prose(tool.version)),
        ("rules", f"{tool.rules}, {code(tool.rules_hash)}"),
        ("packs", prose(packs, cell_code)),
    )  # fmt: skip
    yield from (f"| {label} | {value} |" for label, value in rows if value)
    yield ""


def _environment(report: Report) -> Iterator[str]:
    known = words.environment(report)
    if not known:
        yield from ("**Environment** not known from this bundle", "")
        return
    yield from ("| environment | |", "|---|---|")
    yield from (f"| {label} | {cell_code(value)} |" for label, value in known)
    yield ""


def _answer(report: Report) -> Iterator[str]:
    found = report.answer
    if found is None:
        yield from paragraphs(words.looked_at(report).replace("\n", "\n\n"))
        return
    verdict = words.verdict(report, found)
    facts = f"{found.severity}, {found.confidence}, {code(found.rule)}"
    candidates = words.candidates(report)
    if len(candidates) > 1:
        yield from (f"{n}. {prose(f.title)} ({code(f.rule)})" for n, f in enumerate(candidates, 1))
        yield from ("", "#### The first of them", "", facts, "")
    else:
        yield from (f"#### {verdict}: {prose(found.title)}", "", facts, "")
    yield from _about(found)


def _about(found: Finding) -> Iterator[str]:
    place, seen = words.where(found), words.seen(found)
    if place or seen:
        yield from (
            prose("; ".join(part for part in (place, f"seen {seen}" if seen else "") if part)),
            "",
        )
    yield from paragraphs(found.summary)
    if found.impact:
        yield from paragraphs(f"Impact: {found.impact}")
    yield from bugs_seen(found)
    yield from evidence_table(words.in_order(found.evidence), MOST_EVIDENCE)
    if found.rivals:
        yield from ("**Why the others fell**", "")
        yield from (f"- {prose(r.title)} ({code(r.rule)}): {prose(r.why)}" for r in found.rivals)
        yield ""
    yield from steps(words.fix_heading(found), found.fix)
    yield from steps("Verify", found.verify)
    if found.confidence != "confirmed":
        yield from send_next("To settle it", [(c.why, c.command) for c in found.collect])
    if found.references:
        yield from ("**References**", "")
        for ref in found.references:
            yield f"- {code(ref.url)}" + (f" {prose(ref.note)}" if ref.note else "")
        yield ""


def _finding(found: Finding) -> Iterator[str]:
    follows = f", explained by {code(found.explained_by)}" if found.explained_by else ""
    facts = f"{found.kind}, {found.severity}, {found.confidence}, {code(found.rule)}{follows}"
    lines = [f"{prose(found.title)}: {facts}", "", *_about(found)]
    yield from block(f"Also seen (rank {found.rank})", lines)


def _unexplained(report: Report) -> Iterator[str]:
    lines = [
        f"{words.times(u.count)}: {words.place(e.member, e.line)}: {cut(e.text, LONGEST_LINE)}"
        for u in report.unexplained
        for e in u.examples
    ]
    told = fence("\n".join(lines), "text") if lines else []
    yield from block(f"Unexplained errors ({len(report.unexplained)})", told)


def _not_there(report: Report) -> Iterator[str]:
    """Yield what the bundle lacks, with the commands where nothing above has asked for it."""
    if wanted_next(report):
        return not_there(report)
    missing = [(f"{m.what}: {m.why_it_matters}", m.command) for m in report.coverage.missing]
    return send_next("Not in the bundle, for those who want to look further", missing)


def _near_misses(misses: Sequence[NearMiss]) -> Iterator[str]:
    listed = [near_miss(miss) for miss in misses]
    yield from block(f"Near misses ({len(misses)})", listed)


def near_miss(miss: NearMiss) -> str:
    """Return a rule that came close, and what it lacked."""
    why = prose("; ".join((*miss.missing, *miss.refuted_by)))
    title = prose(miss.title or miss.rule)
    return f"- {title} ({code(miss.rule)}): {miss.held} of {miss.of} signals; {why}"


def _reading(report: Report) -> Iterator[str]:
    yield from block(*unseen_bugs(report))
    doubts = report.coverage.shortcomings
    listed = [f"- {code(d.about)} {prose(d.says)}" for d in doubts]
    yield from block(f"Doubts about the logs ({len(doubts)})", listed)
    notes = report.coverage.notes
    listed = [f"- {code(n.member)} {code(n.code)}: {prose(n.detail)}" for n in notes]
    yield from block(f"How the input was read ({len(notes)})", listed)


def _members(members: Sequence[CoverageMember]) -> Iterator[str]:
    rows = ["| file | read as | records | from | to |", "|---|---|---|---|---|"]
    for m in members[:MOST_MEMBERS]:
        read_as = prose(f"not read: {m.skipped}" if m.skipped else m.parser, cell_code)
        reach = [prose(words.moment(t)) if t else "" for t in (m.first_timestamp, m.last_timestamp)]
        rows.append(f"| {cell_code(m.member)} | {read_as} | {m.records:,} | {' | '.join(reach)} |")
    if len(members) > MOST_MEMBERS:
        rows.append(f"| {len(members) - MOST_MEMBERS:,} more | | | | |")
    yield from block(f"Files ({len(members)})", rows if members else [])
