"""Pieces that the Markdown texts have in common: lists of steps, tables of evidence, folded blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views import known_issues, words
from arclogs.views.markdown_text import cell_code, code, fence, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model.report import Evidence, Finding, Report, Step

# A comment holds 65,536 characters; a report must fit into one.
MOST_CHARACTERS: Final = 65_000
LONGEST_CELL: Final = 160
LONGEST_LINE: Final = 600
MOST_EVIDENCE: Final = 30
MOST_LISTED: Final = 10


def paragraphs(text: str) -> Iterator[str]:
    """Yield prose, a paragraph or list item at a time."""
    for line in words.reflow(text).split("\n"):
        item = line.lstrip().startswith(("- ", "* "))
        yield f"- {prose(line.lstrip()[2:])}" if item else prose(line)
        yield ""


def evidence_table(evidence: Sequence[Evidence], most: int = MOST_EVIDENCE) -> Iterator[str]:
    """Yield a table of evidence, which stands in order."""
    if not evidence:
        return
    yield from ("| time (UTC) | where | what |", "|---|---|---|")
    for item in evidence[:most]:
        time = prose(words.moment(item.timestamp)) if item.timestamp else ""
        said = f"{prose(item.says, cell_code)}: " if item.says else ""
        against = " (speaks against it)" if item.role == "refutes" else ""
        where = cell_code(words.place(item.member, item.line))
        yield f"| {time} | {where} | {said}{cell_code(cut(item.text, LONGEST_CELL))}{against} |"
    if len(evidence) > most:
        yield f"|  |  | {len(evidence) - most:,} more |"
    yield ""


def steps(
    heading: str, listed: Sequence[Step], risks: dict[str, str] | None = None
) -> Iterator[str]:
    """Yield steps as boxes to tick; `risks` puts the risk of one into other words."""
    if not listed:
        return
    yield from (f"**{heading}**", "")
    for step in listed:
        risk = risks[step.risk] if risks else step.risk
        yield f"- [ ] {prose(step.title)}" + (f" ({risk})" if risk else "")
        yield from ("", *fence(step.command, "sh", "  "), "") if step.command else ()
    if not listed[-1].command:
        yield ""


def bugs_seen(found: Finding) -> Iterator[str]:
    """Yield the known bugs that a finding shows."""
    for issue in found.known_issues:
        yield from paragraphs(f"Known bug: {known_issues.told(issue)}")


def unseen_bugs(report: Report) -> tuple[str, list[str]]:
    """Return heading and list of the bugs that these versions have and the bundle does not show."""
    issues = report.environment.known_issues
    heading = f"Known bugs of these versions not seen here ({len(issues)})"
    return heading, list(known_issues.listed(issues))


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


def send_next(heading: str, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what to send next as a list."""
    if not wanted:
        return
    yield from (f"**{heading}**", "")
    for why, command in wanted[:MOST_LISTED]:
        yield from (f"- {prose(why)}", "", *fence(command, "sh", "  "), "")


def not_there(report: Report) -> Iterator[str]:
    """Yield what the bundle does not hold, folded."""
    wanted = report.coverage.missing
    listed = (f"- {prose(item.what)}: {prose(item.why_it_matters)}" for item in wanted)
    yield from block(f"Not in the bundle ({len(wanted)})", listed)


def block(heading: str, lines: Iterable[str], tag: str = "details") -> Iterator[str]:
    """Yield lines under a heading, folded unless `tag` is empty; nothing where there are none."""
    lines = list(lines)
    if not lines:
        return
    yield f"<{tag}><summary>{heading}</summary>" if tag else f"**{heading}**"
    yield from ("", *lines, "")
    yield from (f"</{tag}>", "") if tag else ()


def cut(text: str, most: int) -> str:
    """Return a line of the bundle, not longer than a ticket can bear."""
    # A line end would start a line of its own in the excerpt: it is shown, as everywhere.
    line = text.strip().replace("\n", "\\n")
    return line if len(line) <= most else f"{line[:most]} …"


def made_by(report: Report) -> str:
    """Return bundle, program and rules, short."""
    facts = (
        f"bundle {code(report.bundle.name)} sha256 {code(report.bundle.sha256[:12])}",
        f"arclogs {prose(report.arclogs.version)}, rules {code(report.arclogs.rules_hash[:12])}",
    )
    return " · ".join(facts)
