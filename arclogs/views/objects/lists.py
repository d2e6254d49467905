"""Kinds and objects in columns, as kubectl prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.views import words
from arclogs.views.columns import in_columns
from arclogs.views.sanitize import sanitize, sanitize_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.model.catalog import CatalogObject
    from arclogs.model.inventory import KindCount

_NONE = "-"


def render_kinds(counts: Sequence[KindCount]) -> str:
    """Return one line a kind: how many objects, where, and whether these are all."""
    rows = [["KIND", "OBJECTS", "ALL COLLECTED", "NAMESPACES"]]
    for count in counts:
        known = "declared only" if count.declared else "yes" if count.collected else "not known"
        rows.append([count.kind, f"{count.objects:,}", known, ", ".join(count.namespaces) or _NONE])
    return _lines(in_columns(rows, (1,)))


def render_list(objects: Sequence[CatalogObject], *, kinds: bool = False) -> str:
    """Return one line an object: state, what shows it, and the best place to look."""
    rows = [[*(("KIND",) if kinds else ()), "NAMESPACE", "NAME", "STATE", "SHOWN BY", "AT"]]
    for item in objects:
        best = item.shown[0]
        rows.append(
            [
                *((item.kind,) if kinds else ()),
                item.namespace or _NONE,
                item.name or "(a piece without a name)",
                item.state or _NONE,
                ", ".join(dict.fromkeys(shown.by for shown in item.shown)),
                words.place(best.member, best.line),
            ]
        )
    return _lines(in_columns(rows))


def render_card(item: CatalogObject) -> str:
    """Return what is known of one object, without its fields."""
    return _lines([*_head(item), *_shown(item), *_owners(item), *_events(item)])


def _head(item: CatalogObject) -> Iterator[str]:
    name = item.name or "(a piece that does not show whose it is)"
    facts = [f"{item.kind} {item.namespace + '/' if item.namespace else ''}{name}"]
    facts += [item.state] if item.state else []
    facts += ["declared, not seen in the cluster"] if item.declared else []
    yield sanitize("  ".join(facts))


def _shown(item: CatalogObject) -> Iterator[str]:
    yield "Shown by"
    rows = [
        [
            f"  [{number}]",
            shown.by,
            "whole" if shown.complete else "in part",
            words.place(shown.member, shown.line),
        ]
        for number, shown in enumerate(item.shown, 1)
    ]
    yield from in_columns(rows)


def _owners(item: CatalogObject) -> Iterator[str]:
    if item.owners:
        yield "Owned by"
        yield from (f"  {sanitize(owner)}" for owner in item.owners)


def _events(item: CatalogObject) -> Iterator[str]:
    if not item.events:
        return
    yield "Events (UTC)"
    rows = [
        [
            f"  {words.moment(event.time) if event.time else _NONE}",
            event.type or _NONE,
            event.reason,
            f"{event.message}{f' (x{event.count:,})' if event.count > 1 else ''}",
        ]
        for event in item.events
    ]
    yield from in_columns(rows)


def _lines(lines: Iterable[str]) -> str:
    return sanitize_lines("".join(f"{line}\n" for line in lines))
