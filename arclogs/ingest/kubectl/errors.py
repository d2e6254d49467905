"""Lines in which kubectl speaks of itself between its tables and descriptions.

    Error from server (NotFound): pods "nope" not found
    error: the server doesn't have a resource type "ephemeralrunners"
    Warning: version difference between client (1.34) and server (1.36) exceeds …

Written by kubectl `pkg/cmd/util/helpers.go`; they get into a file with `&>` or `2>&1`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from arclogs.ingest.logs.assemble import Notebook
    from arclogs.model.location import Location

_ERROR = lazy_compile(
    r"Error from server(?: \([A-Za-z]+\))?: |error: |Unable to connect to the server: "
    r"|The connection to the server \S+ was refused"
)
_WARNING = lazy_compile(r"(?:Warning|WARNING): |I\d{4} \d\d:\d\d:\d\d|E\d{4} \d\d:\d\d:\d\d")
_DETAIL = 300


def is_error(text: str) -> bool:
    return text[:1] in "EeUT" and _ERROR.match(text) is not None


def is_warning(text: str) -> bool:
    return text[:1] in "WIE" and _WARNING.match(text) is not None


def read_error(text: str, location: Location, book: Notebook) -> Record:
    """Return an error line as a record, and note that what it names was not collected."""
    book.each(Code.KUBECTL_ERROR, text.strip()[:_DETAIL])
    return Record(
        location.member, location.line, Source.KUBECTL, text.strip(), (text,), level=Level.ERROR
    )
