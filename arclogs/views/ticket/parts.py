"""Pieces that the texts have in common: lists of steps, evidence, what to send next, folded blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views import known_issues, words
from arclogs.views.ticket.blocks import (
    Code,
    Evidence,
    Fact,
    Fold,
    Item,
    Items,
    Label,
    Paragraph,
    Prose,
    Section,
    Verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model import report as model
    from arclogs.model.report import CoverageNote, Finding, Report, Step, Unexplained
    from arclogs.views.ticket.blocks import Block, Line, Span

LONGEST_LINE: Final = 600
MOST_EVIDENCE: Final = 30
MOST_LISTED: Final = 10


def section(name: Span, blocks: Iterable[Block]) -> Section:
    """Return blocks that are kept or left out together."""
    return Section(name, tuple(blocks))


def paragraphs(text: str) -> Iterator[Block]:
    """Yield prose, a paragraph or list at a time."""
    listed: list[Item] = []
    for line in words.reflow(text).split("\n"):
        start = line.lstrip()
        if start.startswith(("- ", "* ")):
            listed.append(Item((Prose(start[2:]),)))
            continue
        if listed:
            yield Items(tuple(listed))
            listed = []
        if line:
            yield Paragraph((Prose(line),))
    if listed:
        yield Items(tuple(listed))


def evidence_of(found: Finding, most: int = MOST_EVIDENCE) -> Iterator[Block]:
    """Yield the evidence of a finding in order."""
    ordered = words.in_order(found.evidence)
    if ordered:
        yield Evidence(tuple(map(_fact, ordered[:most])), max(len(ordered) - most, 0))


def _fact(item: model.Evidence) -> Fact:
    return Fact(
        time=words.moment(item.timestamp) if item.timestamp else "",
        place=words.place(item.member, item.line),
        says=item.says,
        text=cut(item.text, LONGEST_LINE),
        against=item.role == "refutes",
    )


def steps(
    heading: str, listed: Sequence[Step], risks: dict[str, str] | None = None
) -> Iterator[Block]:
    """Yield steps as boxes to tick; `risks` puts the risk of one into other words."""
    if not listed:
        return
    yield Label(heading)
    items = []
    for step in listed:
        risk = risks[step.risk] if risks else step.risk
        line: Line = (Prose(step.title), f" ({risk})" if risk else "")
        items.append(Item(line, step.command or ""))
    yield Items(tuple(items), boxes=True)


def bugs_seen(found: Finding) -> Iterator[Block]:
    """Yield the known bugs that a finding shows."""
    for issue in found.known_issues:
        yield from paragraphs(f"Known bug: {known_issues.told(issue)}")


def unseen_bugs(report: Report, *, dispensable: bool = False) -> Iterator[Block]:
    """Yield the bugs that these versions have and the bundle does not show, folded."""
    issues = report.environment.known_issues
    lines: list[Line] = [
        (
            Prose(i.title), " (", Prose(known_issues.reach(i)), "; here ", Code(i.version or "?"), ")"
        )
        for i in issues
    ]  # fmt: skip
    if lines:
        heading = f"Known bugs of these versions not seen here ({len(issues)})"
        yield Fold(heading, (Items(tuple(map(Item, lines))),), dispensable=dispensable)


def near_miss(miss: model.NearMiss) -> Line:
    """Return a rule that came close, and what it lacked."""
    why = Prose("; ".join((*miss.missing, *miss.refuted_by)))
    title = Prose(miss.title or miss.rule)
    return (title, " (", Code(miss.rule), f"): {miss.held} of {miss.of} signals; ", why)


def rivals(found: Finding) -> list[Line]:
    """Return the causes that fell, and why."""
    return [
        (Prose(r.title), " (", Code(r.rule), "): ", Prose(r.why)) for r in found.rivals
    ]  # fmt: skip


def doubts(report: Report, most: int | None = None) -> Iterator[Block]:
    """Yield where the logs may end too early, folded."""
    found = report.coverage.shortcomings
    lines: list[Line] = [(Code(d.about), " ", Prose(d.says)) for d in found[:most]]
    yield from folded_list(f"Doubts about the logs ({len(found)})", lines)


def reading(notes: Sequence[CoverageNote], most: int | None = None) -> Iterator[Block]:
    """Yield how the input was read, folded."""
    lines: list[Line] = [
        (Code(n.member), " ", Code(n.code), ": ", Prose(n.detail)) for n in notes[:most]
    ]
    yield from folded_list(f"How the input was read ({len(notes)})", lines)


def unexplained(
    groups: Sequence[Unexplained], examples: int | None, most: int | None, *, folded: bool = True
) -> Iterator[Block]:
    """Yield the errors that no rule accounts for, with so many examples of each."""
    lines = [
        f"{words.times(u.count)}: {words.place(e.member, e.line)}: {cut(e.text, LONGEST_LINE)}"
        for u in groups[:most]
        for e in u.examples[:examples]
    ]
    if lines:
        told = Verbatim("\n".join(lines), "text")
        yield Fold(f"Unexplained errors ({len(groups)})", (told,), folded)


def wanted_next(report: Report) -> list[tuple[str, str]]:
    """Return what to send next: why, and the command that gets it."""
    found = report.answer
    if found is not None and found.confidence == "confirmed":
        return []  # there is nothing left to find out
    asked = found.collect if found is not None else ()
    wanted = [
        (f"{m.what}: {m.why_it_matters}", m.command)
        for m in report.coverage.missing
        if not any(_gets(item.command, m.command) for item in asked)
    ]
    if found is not None:
        asked = found.collect[1:] if found.confidence == "possible" else found.collect
        wanted[:0] = [(item.why, item.command) for item in asked]
    return wanted


def _gets(asked: str, command: str) -> bool:
    """Tell whether the output of one command holds that of another."""
    more, less = _GET.fullmatch(asked), _GET.fullmatch(command)
    return (
        more is not None
        and less is not None
        and more["where"] == less["where"]
        and set(less["kinds"].split(",")) <= set(more["kinds"].split(","))
    )


_GET: Final = lazy_compile(r"kubectl (?P<where>(?:-n \S+ )?)get (?P<kinds>[\w,]+) -o yaml")


def send_next(heading: str, wanted: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """Yield what to send next as a list."""
    if wanted:
        yield Label(heading)
        yield Items(tuple(Item((Prose(why),), command) for why, command in wanted[:MOST_LISTED]))


def not_there(report: Report) -> Iterator[Block]:
    """Yield what the bundle does not hold, folded."""
    wanted = report.coverage.missing
    lines: list[Line] = [(Prose(item.what), ": ", Prose(item.why_it_matters)) for item in wanted]
    yield from folded_list(f"Not in the bundle ({len(wanted)})", lines)


def folded_list(heading: str, lines: Sequence[Line], *, folded: bool = True) -> Iterator[Block]:
    """Yield a list under a heading; nothing where it is empty."""
    if lines:
        yield Fold(heading, (Items(tuple(map(Item, lines))),), folded)


def cut(text: str, most: int) -> str:
    """Return a line of the bundle, not longer than a ticket can bear."""
    # A line end would start a line of its own in the excerpt: it is shown, as everywhere.
    line = text.strip().replace("\n", "\\n")
    return line if len(line) <= most else f"{line[:most]} …"


def made_by(report: Report) -> Line:
    """Return bundle, program and rules, short."""
    return (
        "bundle ", Code(report.bundle.name), " sha256 ", Code(report.bundle.sha256[:12]),
        " · arclogs ", Prose(report.arclogs.version), ", rules ", Code(report.arclogs.rules_hash[:12]),
    )  # fmt: skip
