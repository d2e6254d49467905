"""The objects of a bundle for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views.json import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.frozen import Frozen


def render_documents(documents: Sequence[Frozen], *, ascii_only: bool = False) -> str:
    """Return a list of documents, in the order of the table."""
    return dumps([document.model_dump() for document in documents], ascii_only=ascii_only)
