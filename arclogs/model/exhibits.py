"""What a page shows beside the report: the timeline, and the lines around the evidence."""

from __future__ import annotations

from pydantic import Field

from arclogs.model.report import Frozen
from arclogs.model.timeline import Timeline  # noqa: TC001 - pydantic needs it


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
