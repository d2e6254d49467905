"""What a view is: a report in, one text out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from arclogs.model.report import Report


class Format(StrEnum):
    """Presentations of a report, as `--format` spells them."""

    TEXT = "text"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    JIRA = "jira"
    MAIL = "mail"
    HTML = "html"
    SARIF = "sarif"


class Audience(StrEnum):
    """Who will read a report, as `--audience` spells them."""

    INTERNAL = "internal"
    CUSTOMER = "customer"
    ESCALATION = "escalation"


class Layout(Struct, frozen=True):
    """What a view may know of the place where its text will be read."""

    width: int = 100
    styled: bool = False
    """Bold and the like may be used."""
    color: bool = False
    """Colours may be used. They never say anything that the words do not."""
    ascii: bool = False
    """The reader cannot show more than ASCII: no typographic separators."""
    partial_allowed: bool = False
    """Lost evidence does not change the exit code (`--allow-partial`)."""
    bundles: tuple[str, ...] = ()
    """The input as the reader named it, for commands to copy; empty where the report goes elsewhere."""
    audience: Audience = Audience.INTERNAL


class View(Protocol):
    """One presentation."""

    def __call__(self, report: Report, layout: Layout) -> str:
        """Return the whole presentation, ending with a line end. Nothing in it is raw."""
        ...
