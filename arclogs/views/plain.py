"""The report as labelled lines, one fact a line: for pipes, tickets, grep and screen readers.

    Evidence 3: the hook got an error from the API server
      Time: 2026-03-02 10:04:20.114
      Line: Error: HttpError: HTTP request failed
      At: runner/Worker_20260302-100404-utc.log:344

No glyph carries meaning and nothing is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views import words
from arclogs.views.outline import Entry, outline
from arclogs.views.sanitize import sanitize, sanitize_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout

_INDENT = "  "


def render_plain(report: Report, layout: Layout) -> str:
    """Return the report as labelled lines, sections apart by a blank line."""
    return plain_sections(
        outline(report, partial_allowed=layout.partial_allowed, bundles=layout.bundles)
    )


def plain_sections(sections: Iterable[Entry]) -> str:
    """Return an outline as labelled lines."""
    return "\n".join("".join(f"{line}\n" for line in _section(s)) for s in sections)


def _section(section: Entry) -> Iterator[str]:
    if section.label:
        yield f"{section.label}: {sanitize(section.text)}".rstrip()
    for entry in section.below:
        yield from _lines(entry, _INDENT if section.label else "")


def _lines(entry: Entry, indent: str) -> Iterator[str]:
    label = f"{entry.label} {entry.number}" if entry.number else entry.label
    first, *more = _text(entry).split("\n")
    yield f"{indent}{label}: {first}"
    for line in more:
        yield f"{indent}{_INDENT * 2}{line}"
    for below in entry.below:
        if entry.role != "row" or below.text:  # a cell may be empty, a fact is not
            yield from _lines(below, indent + _INDENT)


def _text(entry: Entry) -> str:
    match entry.role:
        case "prose" | "item" | "command":
            return sanitize_lines(entry.text)
        case "time":
            return sanitize(words.moment(entry.text)) + " UTC"
        case _:
            return sanitize(entry.text)
