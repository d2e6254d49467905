"""What a page shows beside the report: the timeline, and the lines around the evidence."""

from __future__ import annotations

from pydantic import Field

from arclogs.model.report import Frozen, Report
from arclogs.model.timeline import Timeline


class Excerpt(Frozen):
    """The lines around a line of the bundle."""

    member: str
    line: int
    first: int = Field(description="Number of the first line.")
    lines: tuple[str, ...]


class Exhibits(Frozen):
    """What one pass over the records and a second one over some files bring."""

    timeline: Timeline | None = None
    excerpts: tuple[Excerpt, ...] = ()


class Shown(Frozen):
    """A report and its exhibits, to be redacted as one: what one shows to be secret is in the other."""

    report: Report
    exhibits: Exhibits
