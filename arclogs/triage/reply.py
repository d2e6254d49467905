"""The text that goes back to the customer: what we know, and exactly what we need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.report import Collect, CoverageNote, Finding


def reply(
    answer: Finding | None, missing: Sequence[Collect], unread: Sequence[CoverageNote] = ()
) -> str:
    """Return a reply in plain text, or nothing where nothing has to be asked."""
    if not missing:
        return "\n".join(_not_read(unread)).rstrip()
    return "\n".join([*_not_read(unread), _opening(answer), "", *_asked(missing), "", _closing()])


def _not_read(unread: Sequence[CoverageNote]) -> list[str]:
    if not unread:
        return []
    told = [f"- {note.member}: {note.detail}" for note in unread]
    return ["Not all of what you sent could be read; please send these again:", "", *told, ""]


def _opening(answer: Finding | None) -> str:
    if answer is None:
        return "What you sent does not show the cause yet. To find it we need:"
    title = answer.title
    if answer.confidence == "possible":
        return f'What you sent fits "{title}", but also other causes. To tell them apart we need:'
    return f'What you sent points to "{title}". To be sure we need:'


def _asked(missing: Sequence[Collect]) -> list[str]:
    return [
        line
        for number, want in enumerate(missing, 1)
        for line in (f"{number}. {want.why[:1].upper()}{want.why[1:]}", f"   {want.command}")
    ]


def _closing() -> str:
    return (
        "The commands only read. Please look through their output before you send it: it may hold names "
        "that you want to keep to yourself."
    )
