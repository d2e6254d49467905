"""A queue of tickets: a table for people, CSV for spreadsheets, Markdown for a stand-up, JSON."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.views.json import dumps
from arclogs.views.known_issues import told
from arclogs.views.markdown_text import cell_code, code, fence, prose
from arclogs.views.rows.csv import cell
from arclogs.views.sanitize import sanitize
from arclogs.views.words import amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.triage.row import Queue, Row, Status

_WORDS: Final[dict[Status, str]] = {
    "answered": "answered",
    "open": "needs more",
    "healthy": "nothing wrong with runner or cluster",
    "unreadable": "nothing readable",
    "failed": "not analyzed",
}
_HEAD: Final = ("ticket", "cause", "sure", "severity", "to")
_WIDEST_NAME: Final = 44
_WIDEST_ERROR: Final = 90
_CSV: Final = (
    "ticket", "status", "cause", "title", "confidence", "severity", "component", "incident",
    "known_issue", "also_possible", "namespaces", "scale_sets", "first_seen", "last_seen", "missing",
    "reply", "problem",
)  # fmt: skip


def render_table(queue: Queue, width: int) -> str:
    """Return aligned lines, and below them what belongs together and what has to be asked for.

    Where the lines would not fit into the width, each ticket takes two.
    """
    rows = [(_short(row.ticket), *map(sanitize, _told(row))) for row in queue.tickets]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    if sum(widths) + 2 * len(widths) <= width:
        lines = [_aligned(row, widths) for row in (_HEAD, *rows)]
    else:
        lines = [line for row in rows for line in _stacked(row)]
    below = (*_incident_lines(queue), *_known(queue), *_asked(queue))
    return "\n".join([*lines, *below, "", summary(queue), ""])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()


def _stacked(row: Sequence[str]) -> Iterator[str]:
    ticket, cause, sure, severity, to = row
    about = ", ".join(part for part in (severity, sure, f"to {to}" if to else "") if part)
    yield f"{ticket}{f'  ({about})' if about else ''}"
    yield f"    {cause}"


def summary(queue: Queue) -> str:
    """Return how many tickets are of which kind."""
    counts = [
        f"{n} {word}" for status, word in _WORDS.items()
        if (n := sum(row.status == status for row in queue.tickets))
    ]  # fmt: skip
    return f"{amount(len(queue.tickets), 'ticket')}: {', '.join(counts)}"


def render_json(queue: Queue) -> str:
    """Return the queue as one JSON document."""
    return dumps(queue.model_dump())


def render_csv(queue: Queue) -> str:
    """Return a line a ticket; no cell can be taken for a formula."""
    numbers = _incident_numbers(queue)
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_CSV)
    for row in queue.tickets:
        values = row.model_dump()
        values["incident"] = numbers.get(row.ticket, "")
        values["known_issue"] = row.known_issue.url if row.known_issue else ""
        values["missing"] = "; ".join(want.command for want in row.missing)
        writer.writerow(
            [cell(", ".join(v) if isinstance(v := values[name], tuple) else v) for name in _CSV]
        )
    return out.getvalue()


def render_markdown(queue: Queue) -> str:
    """Return a table, and the replies folded below it."""
    lines = [f"**{summary(queue)}**", "", f"| {' | '.join(_HEAD)} |", "|---" * len(_HEAD) + "|"]
    for row in queue.tickets:
        cells = [prose(text, cell_code) for text in _told(row)]
        lines.append(f"| {cell_code(row.ticket)} | {' | '.join(cells)} |")
    for incident in queue.incidents:
        tickets = ", ".join(code(name) for name in incident.tickets)
        lines += [
            "",
            f"**One incident** ({prose(incident.why)}): {prose(incident.title)}: {tickets}",
        ]
    lines += _known_list(queue)
    for row in queue.tickets:
        if row.reply:
            lines += ["", f"Reply to {code(row.ticket)}:", "", *fence(row.reply, "text")]
    return "\n".join(lines) + "\n"


def _told(row: Row) -> tuple[str, str, str, str]:
    """Return cause, confidence, severity and component as people read them."""
    if row.status == "healthy":
        return f"{_WORDS['healthy']}{f' [{row.cause}]' if row.cause else ''}", "", "", row.component
    if row.cause:
        return f"{row.title} [{row.cause}]", row.confidence or "", row.severity or "", row.component
    if row.status == "open":
        error = row.first_error.strip()[:_WIDEST_ERROR]
        seen = "no failure seen in it" if row.complete else "not all of it could be read"
        return f"no known cause: {error}" if error else seen, "", "", ""
    return f"{_WORDS[row.status]}: {row.problem}", "", "", ""


def _short(name: str) -> str:
    shown = sanitize(name)
    return shown if len(shown) <= _WIDEST_NAME else f"{shown[: _WIDEST_NAME - 1]}…"


def _incident_numbers(queue: Queue) -> dict[str, int]:
    return {name: incident.number for incident in queue.incidents for name in incident.tickets}


def _incident_lines(queue: Queue) -> Iterator[str]:
    for incident in queue.incidents:
        yield ""
        yield f"One incident ({sanitize(incident.why)}): {sanitize(incident.title)}"
        yield from (f"  {sanitize(name)}" for name in incident.tickets)


class _Known(NamedTuple):
    """An issue that is known to produce what tickets show."""

    url: str
    bug: str
    """Title and versions of a bug; empty where the issue tells only of the cause."""
    tickets: list[str]


def _issues(queue: Queue) -> list[_Known]:
    found: dict[str, _Known] = {}
    for row in queue.tickets:
        if link := row.known_issue:
            bug = next((told(b, link=False) for b in row.known_bugs if b.title == link.note), "")
            found.setdefault(link.url, _Known(link.url, bug, [])).tickets.append(row.ticket)
    return sorted(found.values(), key=lambda known: not known.bug)


def _known(queue: Queue) -> Iterator[str]:
    issues = _issues(queue)
    if issues:
        yield from ("", "Known issues")
    for known in issues:
        yield f"  {sanitize(known.url)}  {', '.join(map(_short, known.tickets))}"
        if known.bug:
            yield f"    {sanitize(known.bug)}"


def _known_list(queue: Queue) -> Iterator[str]:
    issues = _issues(queue)
    if issues:
        yield from ("", "**Known issues**", "")
    for known in issues:
        tickets = ", ".join(code(name) for name in known.tickets)
        yield f"- {code(known.url)}: {tickets}" + (f": {prose(known.bug)}" if known.bug else "")


def _asked(queue: Queue) -> Sequence[str]:
    asked = [row for row in queue.tickets if row.missing]
    if not asked:
        return []
    lines = ["", "To ask for"]
    for row in asked:
        lines.append(f"  {sanitize(row.ticket)}")
        lines += [f"    {sanitize(want.command)}" for want in row.missing]
    return lines
