"""Parts of a dump in words, however their values and passages are kept."""

from __future__ import annotations

from itertools import pairwise

import pytest

from arclogs.ingest.objects import documents
from arclogs.ingest.objects.documents import Entry, Feed, Part
from arclogs.ingest.objects.elisions import marked, may_be_marked
from arclogs.ingest.objects.manifest import read_documents
from arclogs.ingest.objects.shapes import Flat


def shown(part: Part) -> str:
    if not isinstance(part, Entry):
        return repr(part)
    value = part.value.tree() if isinstance(part.value, Flat) else part.value
    passage = part.text.first_line, part.text.text, part.text.within, part.text.elided
    return repr((value, passage, part.whole, part.listed, part.closed))


def parts_of(text: str, compares: tuple[type, str], *, compared: bool, pieces: int) -> list[Part]:
    """Return what a dump that comes in pieces is read as; `compares` names what learns from items."""
    lines = text.split("\n")
    edges = sorted({0, len(lines), *(len(lines) * n // pieces for n in range(pieces))})
    texts = ["\n".join(lines[a:b]) for a, b in pairwise(edges)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "FEW_ITEMS", 0)
        if not compared:
            patch.setattr(*compares, lambda *_: None)
        return list(read_documents(Feed(texts, 1, marked, may_be_marked)))
