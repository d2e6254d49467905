"""How far a bundle reaches: sections that the report and `arclogs info` share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.outline.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.report import Coverage, Missing, Shortcoming

MOST_NOTES: Final = 20


def missing(wanted: Sequence[Missing]) -> Entry:
    """Return what the bundle does not hold, and the command that gets it."""
    return _section(
        "Not in the bundle",
        *(
            Entry(
                "Missing",
                item.what,
                "item",
                (
                    Entry("Why", item.why_it_matters, "prose"),
                    Entry("Command", item.command, "command"),
                ),
            )
            for item in wanted
        ),
    )


def doubts(found: Sequence[Shortcoming], most: int | None = None) -> Entry:
    """Return where what was collected ends too early, and the command that gets the rest."""
    shown = [
        Entry(
            "Doubt",
            f"{item.about}: {item.says}",
            "item",
            (Entry("Command", item.command, "command"),) if item.command else (),
        )
        for item in found[:most]
    ]
    left = len(found) - len(shown)
    rest = [Entry("More", f"{left:,} more: arclogs info lists them", "remark")] if left else []
    return _section("Doubts about the logs", *shown, *rest)


def not_fully_read(cover: Coverage, most: int = MOST_NOTES) -> Entry:
    """Return the coverage notes: first those that lost evidence."""
    notes = sorted(cover.notes, key=lambda n: not words.loses_evidence(n.code))
    shown = [
        Entry(
            "Lost" if words.loses_evidence(note.code) else "Note",
            f"{note.code}: {note.detail}",
            "item",
            (Entry("At", note.member, "place"),),
        )
        for note in notes[:most]
    ]
    rest = Counter(note.code for note in notes[most:])
    more = [Entry("More", f"{code}: {words.times(n)}", "remark") for code, n in rest.items()]
    return _section("How the input was read", *shown, *more)


def _section(heading: str, *below: Entry) -> Entry:
    return Entry(heading, role="section", below=below)
