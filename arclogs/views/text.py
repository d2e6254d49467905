"""The report for a terminal: the answer first, the evidence under it, commands ready to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from arclogs.views import words
from arclogs.views.outline import Entry, outline
from arclogs.views.page import Page
from arclogs.views.sanitize import sanitize, sanitize_lines
from arclogs.views.text_rows import put_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout

MOST_CHARACTERS: Final = 500
"""Of one line of the bundle: a stack trace on one line would push the fix off the screen."""
_STYLES: Final = {
    "C critical": "bold red",
    "H high": "red",
    "M medium": "yellow",
    "L low": "blue",
    "I info": "blue",
    "confirmed": "bold",
    "destructive": "bold red",
    "mutating": "yellow",
    "read-only": "green",
}
_HEADER: Final = frozenset({"Bundle", "Environment"})
# Their text speaks for itself.
_UNLABELLED: Final = frozenset(
    {"Summary", "Result", "Rules", "Name", "Severity", "Confidence", "Line", "At", "Risk", "Not"}
)


def render_text(report: Report, layout: Layout) -> str:
    """Return the report as the terminal is to show it."""
    return render_sections(
        outline(report, partial_allowed=layout.partial_allowed, bundles=layout.bundles), layout
    )


def render_sections(sections: Iterable[Entry], layout: Layout) -> str:
    """Return an outline as the terminal is to show it."""
    page = Page(layout)
    for section in sections:
        if section.label in _HEADER:
            _facts_first(page, section, 0)
        else:
            page.blank()
            _section(page, section)
    return page.text()


def _section(page: Page, section: Entry) -> None:
    stamps = [
        b.text for e in section.below if e.label == "Evidence" for b in e.below if b.role == "time"
    ]
    days = {words.moment(stamp).split(" ")[0] for stamp in stamps}
    one_day = len(days) == 1
    if section.label:
        heading = f"{section.label}: {sanitize(section.text)}" if section.text else section.label
        zone = f" ({sanitize(days.pop())}, UTC)" if one_day else " (UTC)" if days else ""
        page.put(Text.assemble((heading, "bold"), (zone, "dim")))
    width = max((len(_clock(stamp, one_day)) for stamp in stamps), default=0)
    _facts_first(page, section, 2 if section.label else 0, (width, one_day))


def _facts_first(
    page: Page, entry: Entry, indent: int, clock: tuple[int, bool] = (0, False)
) -> None:
    """Print what is below an entry: its facts in one run, the rest in order."""
    facts = [b for b in entry.below if b.role in ("fact", "time")]
    page.run(_facts(facts), indent)
    if rows := [b for b in entry.below if b.role == "row"]:
        put_rows(page, rows, indent)
    for below in entry.below:
        match below.role:
            case "fact" | "time" | "row":
                pass
            case "command":
                page.unwrapped(Text(sanitize_lines(below.text), "cyan"), indent)
            case "place":  # to be opened in an editor: a line end in it would be copied, too
                page.unwrapped(_styled(below), indent)
            case _ if below.label == "Evidence":
                _evidence(page, below, *clock)
            case "item":
                _item(page, below, indent)
            case _:
                label = "" if below.label in _UNLABELLED else f"{below.label}: "
                weight = "bold" if below.role == "remark" else ""
                page.put(Text.assemble((label, weight), _styled(below)), indent)
                _facts_first(page, below, indent)


def _clock(stamp: str, one_day: bool) -> str:
    full = sanitize(words.moment(stamp))
    return full.split(" ", 1)[-1] if one_day else full


def _evidence(page: Page, entry: Entry, width: int, one_day: bool) -> None:
    clock = next((_clock(b.text, one_day) for b in entry.below if b.role == "time"), "")
    start = Text.assemble(f"{entry.number:>2}  ", (f"{clock:{width}}  " if width else "", "dim"))
    page.put(_styled(entry), 2, start)
    untimed = Entry("", below=tuple(b for b in entry.below if b.role != "time"))
    _facts_first(page, untimed, 2 + start.cell_len)


def _item(page: Page, entry: Entry, indent: int) -> None:
    """Print an item, its facts behind it where they fit."""
    start = Text(f"{entry.number}  " if entry.number else "- ")
    labelled = entry.label in ("Symptom", "Cause", "Lost") and not entry.number
    title = Text.assemble(f"{entry.label}: " if labelled else "", _styled(entry))
    facts = [b for b in entry.below if b.role in ("fact", "time")]
    line = page.joined([title, *_facts(facts)])
    rest = entry
    if len(facts) == 1 or page.fits(line, indent + start.cell_len):
        title = line
        rest = Entry("", below=tuple(b for b in entry.below if b not in facts))
    page.put(title, indent, start)
    _facts_first(page, rest, indent + start.cell_len)


def _facts(entries: Sequence[Entry]) -> list[Text]:
    facts = []
    for entry in entries:
        label = "" if entry.label in _UNLABELLED else f"{entry.label} "
        if label[1:2].islower() and label != "Kubernetes ":
            label = label[0].lower() + label[1:]
        value = words.moment(entry.text) + " UTC" if entry.role == "time" else entry.text
        style = "bold" if entry.label == "Name" else _STYLES.get(value, "")
        facts.append(Text.assemble((sanitize(label), "dim"), (sanitize(value), style)))
    return facts


def _styled(entry: Entry) -> Text:
    match entry.role:
        case "log":
            return Text(_cut(sanitize(entry.text.strip())))
        case "place":
            return Text(sanitize(entry.text), "dim")
        case _:
            return Text(sanitize_lines(entry.text))


def _cut(line: str) -> str:
    left = len(line) - MOST_CHARACTERS
    if left <= 0:
        return line
    return f"{line[:MOST_CHARACTERS]} ({left:,} more characters: --format plain)"
