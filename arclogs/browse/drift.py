"""Where what Helm values or manifests ask for and what the cluster has differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.case.objects.merged import Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.objects.merged import Merged


class Drift(Struct, frozen=True):
    """A field whose live value is not the one that was asked for."""

    field: str
    declared: str
    live: str
    """Empty: the field is not shown."""


def drift(declared: dict[str, Merged], live: dict[str, Merged]) -> Iterator[Drift]:
    """Yield the fields of a declaration that are other in the cluster; what it leaves out is free."""
    yield from _differ("", declared, live)


def _differ(path: str, asked: Merged, found: Merged | None) -> Iterator[Drift]:
    match asked, found:
        case dict(), dict():
            for key, below in asked.items():
                yield from _differ(f"{path}.{key}" if path else key, below, found.get(key))
        case list(), list():
            for number, below in enumerate(asked):
                yield from _differ(*_counterpart(path, number, below, found))
        case Leaf(), Leaf():
            if _text(asked) != _text(found):
                yield Drift(path, _text(asked), _text(found))
        case dict(), Leaf() if not _text(found):  # an empty mapping
            yield from _differ(path, asked, {})
        case Leaf(), None if path.startswith("spec."):
            yield Drift(path, _text(asked), "")


def _counterpart(
    path: str, number: int, asked: Merged, found: list[Merged]
) -> tuple[str, Merged, Merged | None]:
    """Return the item of that name, or at that place where items have no names."""
    name = _name(asked)
    if name is None:
        return f"{path}[{number}]", asked, found[number] if number < len(found) else None
    return f"{path}[{name}]", asked, next((f for f in found if _name(f) == name), None)


def _name(item: Merged) -> str | None:
    named = item.get("name") if isinstance(item, dict) else None
    return _text(named) if isinstance(named, Leaf) else None


def _text(leaf: Leaf) -> str:
    value = leaf.said.value
    return "" if value in (None, {}, []) else str(value)
