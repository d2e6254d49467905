"""The report as one JSON document: the contract that other programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from arclogs.views.sanitize import UNSEEN

if TYPE_CHECKING:
    import re

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout


def render_json(report: Report, layout: Layout) -> str:
    """Return the report, its values exact."""
    return dumps(report.model_dump(), ascii_only=layout.ascii)


def dumps(value: Any, *, ascii_only: bool = False) -> str:
    """Return JSON, indented by two, with a line end.

    What a terminal would act upon stands as a JSON escape, so that the document may be printed.
    """
    document = json.dumps(value, indent=2, ensure_ascii=ascii_only)
    # Outside ASCII only inside strings, and DEL: an escape is always allowed in their place.
    return UNSEEN.sub(_escape, document) + "\n"


def compact(value: Any, *, ascii_only: bool = False) -> str:
    """Return JSON on one line, with a line end; escapes as in `dumps`."""
    return UNSEEN.sub(_escape, json.dumps(value, ensure_ascii=ascii_only)) + "\n"


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1].replace("\x7f", "\\u007f")
