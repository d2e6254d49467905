"""What `arclogs objects` shows: the objects of a bundle and the tree that they form."""

from __future__ import annotations

from typing import Any, Literal

from arclogs.model.frozen import Frozen


class Shown(Frozen, frozen=True, kw_only=True):
    """One place of the bundle that shows an object."""

    by: Literal["yaml", "describe", "table", "declared"]
    member: str
    line: int
    complete: bool
    """A field that is not there is absent, not unknown."""


class Related(Frozen, frozen=True, kw_only=True):
    """An event about an object."""

    time: str | None
    type: str
    reason: str
    message: str
    count: int
    member: str
    line: int


class CatalogObject(Frozen, frozen=True, kw_only=True):
    """One object, merged from all places that show it."""

    kind: str
    namespace: str | None
    name: str
    """Empty for a piece that does not show whose it is."""
    state: str = ""
    declared: bool = False
    shown: tuple[Shown, ...] = ()
    fields: dict[str, Any] | None = None
    """Merged, where asked for."""
    owners: tuple[str, ...] = ()
    """From the nearest to the root."""
    events: tuple[Related, ...] = ()


class TreeNode(Frozen, frozen=True, kw_only=True):
    """A node of ARC's tree of owners."""

    kind: str
    namespace: str | None
    name: str
    state: str = ""
    standing: Literal["seen", "absent", "unknown"] = "seen"
    inferred: bool = False
    """Its place, or that it exists, follows from ARC's names only."""
    role: str = ""
    """How it serves the node above; empty for an owner."""
    remarks: tuple[str, ...] = ()
    member: str | None = None
    line: int | None = None
    children: tuple[TreeNode, ...] = ()
