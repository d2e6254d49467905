"""Presentations of an inventory, by the name that `--format` gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.interface import Format
from arclogs.views.json import dumps
from arclogs.views.outline.inventory import inventory_outline
from arclogs.views.plain import plain_sections
from arclogs.views.text import render_sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from arclogs.model.inventory import Inventory
    from arclogs.views.interface import Layout


def _text(found: Inventory, layout: Layout) -> str:
    sections = inventory_outline(found, partial_allowed=layout.partial_allowed)
    return render_sections(sections, layout)


def _plain(found: Inventory, layout: Layout) -> str:
    return plain_sections(inventory_outline(found, partial_allowed=layout.partial_allowed))


def _json(found: Inventory, layout: Layout) -> str:
    return dumps(found.model_dump(), ascii_only=layout.ascii)


INVENTORY_VIEWS: Final[Mapping[Format, Callable[[Inventory, Layout], str]]] = {
    Format.TEXT: _text,
    Format.PLAIN: _plain,
    Format.JSON: _json,
}
