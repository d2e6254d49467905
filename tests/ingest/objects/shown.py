"""Parts of a dump in words, however their values and passages are kept."""

from __future__ import annotations

from arclogs.ingest.objects.documents import Entry, Part
from arclogs.ingest.objects.shapes import Flat


def shown(part: Part) -> str:
    if not isinstance(part, Entry):
        return repr(part)
    value = part.value.tree() if isinstance(part.value, Flat) else part.value
    passage = part.text.first_line, part.text.text, part.text.within, part.text.elided
    return repr((value, passage, part.whole, part.listed, part.closed))
