from __future__ import annotations

from arclogs.ingest.interface import Item, Unparsed
from arclogs.ingest.text.passages import passages
from arclogs.model.coverage import Code, Note
from arclogs.model.location import Location


def unread(line: int, reason: str = "why") -> Unparsed:
    return Unparsed(Location("m", line), reason)


def test_lines_that_follow_each_other_are_one_passage() -> None:
    note = Note("m", Code.KUBECTL_ERROR, "x")
    items: list[Item] = [
        unread(1),
        unread(2),
        unread(3),
        unread(5),
        note,
        unread(6),
        unread(7, "other"),
    ]
    assert list(passages(items)) == [unread(1), unread(5), note, unread(6), unread(7, "other")]
