"""The terms of a filter, as data. `filter_parser` reads them, `filter_expression` runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime, time

Comparison: TypeAlias = Literal["<", "<=", "=", ">=", ">"]
Field: TypeAlias = Literal["src", "pod", "ns", "job", "step", "reason", "type"]


class Contains(Struct, frozen=True):
    """The message, or what else the line tells, holds these words, whatever their case."""

    words: str


class Matches(Struct, frozen=True):
    """A regular expression of Rust's engine finds something in the text: its time is linear."""

    pattern: str
    """Flags and all."""


class HasLevel(Struct, frozen=True):
    """The record has a level, and it compares so."""

    comparison: Comparison
    level: int


class HasField(Struct, frozen=True):
    """The field has one of these values.

    A value with `*` or `?` must match as a whole, any other must be contained; case does not count.
    """

    field: Field
    values: tuple[str, ...]


class HasTime(Struct, frozen=True):
    """The record has a time, and it lies on this side of a moment, or of a time of day on any day."""

    comparison: Literal[">=", "<="]
    moment: datetime | time


Test: TypeAlias = Contains | Matches | HasLevel | HasField | HasTime


class Term(Struct, frozen=True):
    """One part of a filter. All terms must hold."""

    test: Test
    negated: bool
    text: str
    """As it was written."""
    start: int
    """Where it was written, from 0."""


class Filter(Struct, frozen=True):
    """Which rows to show."""

    terms: tuple[Term, ...] = ()
