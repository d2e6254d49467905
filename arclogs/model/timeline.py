"""The timeline: what was when, in lanes and buckets. Every picture of it shows the same buckets."""

from __future__ import annotations

from typing import Literal

from arclogs.model.frozen import Frozen
from arclogs.model.report import Severity

LaneKind = Literal["program", "pod", "job", "file", "events", "objects", "rest"]
LanesBy = Literal["pod", "job", "file"]


class Bucket(Frozen, frozen=True, kw_only=True):
    """The records of one lane in one slice of the window; slices without a record are left out."""

    at: int
    """Number of the slice, from 0."""
    error: int = 0
    warning: int = 0
    other: int = 0


class Mark(Frozen, frozen=True, kw_only=True):
    """One moment that matters: a piece of evidence, an error that nothing explains, an event."""

    at: int
    """Number of the slice."""
    time: str
    kind: Literal["evidence", "unexplained", "event"]
    text: str
    """What it shows: the rule author's words, or reason and message."""
    member: str
    line: int
    rank: int = 0
    """Of the finding; 0 where the mark is of none."""
    number: int = 0
    """Of the evidence among that of its finding."""
    severity: Severity | None = None
    warning: bool = False
    """An event of type Warning."""
    count: int = 1
    """Events of one reason in one slice are one mark."""


class Span(Frozen, frozen=True, kw_only=True):
    """A stretch of time: a pod waiting or running, a job, an ephemeral runner."""

    label: str
    first: str
    last: str | None
    """null: not over when the bundle was collected."""
    at: int
    """Number of the slice in which it begins."""
    until: int
    """Number of the last slice it reaches."""
    failed: bool = False


class Lane(Frozen, frozen=True, kw_only=True):
    """One row: a pod, a job, a file, a program or the events."""

    kind: LaneKind
    name: str
    collected: bool = True
    """False: the bundle holds no log of it."""
    note: str = ""
    """Why there is nothing, or what was put together."""
    records: int = 0
    buckets: tuple[Bucket, ...] = ()
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()


class Timeline(Frozen, frozen=True, kw_only=True):
    """A window of time, cut into slices of one width that begin at whole multiples of it (UTC)."""

    schema_version: Literal["1"] = "1"
    bundle: str
    first: str
    """Where slice 0 begins."""
    last: str
    """Where the last slice ends."""
    bucket_seconds: float
    buckets: int
    """How many slices the window has."""
    lanes_by: LanesBy
    total: tuple[Bucket, ...]
    """All lanes together."""
    lanes: tuple[Lane, ...] = ()
    outside: int = 0
    """Records before or after the window."""
    undated: int = 0
    """Records without a time."""
