"""What `arclogs diff` tells: the document that its views see."""

from __future__ import annotations

from typing import Literal

from arclogs.model.frozen import Frozen
from arclogs.model.report import BundleInfo, Confidence, Kind, Severity

Verdict = Literal["new", "gone", "changed", "same"]


class Difference(Frozen, frozen=True, kw_only=True):
    """One value that is not the same in both bundles; null is unknown there."""

    what: str
    before: str | None
    after: str | None


class FindingChange(Frozen, frozen=True, kw_only=True):
    """A cause or symptom, and how sure each bundle makes us of it."""

    change: Verdict
    rule: str
    kind: Kind
    title: str
    severity: Severity
    before: Confidence | None
    after: Confidence | None
    count_before: int = 0
    count_after: int = 0


class ObjectChange(Frozen, frozen=True, kw_only=True):
    """An object, or a family of objects whose names are generated, that differs."""

    change: Literal["new", "gone", "changed", "recreated"]
    kind: str
    name: str
    namespace: str | None
    fields: tuple[Difference, ...] = ()


class TemplateChange(Frozen, frozen=True, kw_only=True):
    """Error lines of one shape that no rule explains and that only one of the bundles has."""

    change: Literal["new", "gone"]
    template: str
    count: int
    example: str


class Comparison(Frozen, frozen=True, kw_only=True):
    """What differs between two bundles."""

    schema_version: Literal["1"] = "1"
    before: BundleInfo
    after: BundleInfo
    environment: tuple[Difference, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    objects: tuple[ObjectChange, ...] = ()
    unexplained: tuple[TemplateChange, ...] = ()
    notes: tuple[str, ...] = ()
    """What cannot be compared, and why."""

    @property
    def changed(self) -> bool:
        """Tell whether anything differs."""
        news = any(finding.change != "same" for finding in self.findings)
        return news or bool(self.environment or self.objects or self.unexplained)
