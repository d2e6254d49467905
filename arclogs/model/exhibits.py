"""What a page shows beside the report: the timeline, and the lines around the evidence."""

from __future__ import annotations

from arclogs.model.frozen import Frozen
from arclogs.model.report import Report
from arclogs.model.timeline import Timeline


class Excerpt(Frozen, frozen=True, kw_only=True):
    """The lines around a line of the bundle."""

    member: str
    line: int
    first: int
    """Number of the first line."""
    lines: tuple[str, ...]


class Exhibits(Frozen, frozen=True, kw_only=True):
    """What one pass over the records and a second one over some files bring."""

    timeline: Timeline | None = None
    excerpts: tuple[Excerpt, ...] = ()


class Shown(Frozen, frozen=True, kw_only=True):
    """A report and its exhibits, to be redacted as one: what one shows to be secret is in the other."""

    report: Report
    exhibits: Exhibits
