"""The inventory: what `arclogs info --format json` prints, a bundle read and not judged."""

from __future__ import annotations

from typing import Literal

from arclogs.model.frozen import Frozen
from arclogs.model.report import BundleInfo, Coverage, Environment


class KindCount(Frozen, frozen=True, kw_only=True):
    """The objects of one kind that the bundle shows."""

    kind: str
    objects: int
    namespaces: tuple[str, ...] = ()
    declared: bool = False
    """From Helm values or a rendered manifest: asked for, not seen."""
    collected: bool = False
    """The bundle proves for some namespace that all objects of the kind are in it."""


class Inventory(Frozen, frozen=True, kw_only=True):
    """What a bundle holds and how far it reaches. Fields as in the report, where it has them."""

    schema_version: Literal["1"] = "1"
    arclogs: str
    """Version of the program."""
    bundle: BundleInfo
    environment: Environment
    objects: tuple[KindCount, ...] = ()
    coverage: Coverage
