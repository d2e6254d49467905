"""The merged fields of an object as they may be shown: secrets replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from arclogs.case.objects.merged import Leaf, Merged, Said
from arclogs.redact.fields import redact_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.redact.redactor import Redactor


def redacted(tree: dict[str, Merged], redactor: Redactor) -> dict[str, Merged]:
    """Return the fields with the secrets in every value replaced, keys included."""
    found = _redacted("", tree, None, redactor)
    assert isinstance(found, dict)
    return found


def _redacted(key: str, tree: Merged, name: str | None, redactor: Redactor) -> Merged:
    match tree:
        case dict():
            named = tree.get("name")
            name = str(named.said.value) if isinstance(named, Leaf) else None
            return {
                redactor.redact(k): _redacted(k, below, name, redactor) for k, below in tree.items()
            }
        case list():
            return [_redacted(key, item, name, redactor) for item in tree]
        case Leaf():

            def clean(said: Said) -> Said:
                if not isinstance(said.value, str):
                    return said
                return replace(said, value=redact_field(redactor, key, said.value, name))

            return _each(tree, clean)


def _each(leaf: Leaf, change: Callable[[Said], Said]) -> Leaf:
    return Leaf(change(leaf.said), tuple(map(change, leaf.against)))


def values(tree: Merged) -> Any:
    """Return the fields without their sources, as the API has them."""
    match tree:
        case dict():
            return {key: values(below) for key, below in tree.items()}
        case list():
            return [values(item) for item in tree]
        case Leaf():
            return tree.said.value
