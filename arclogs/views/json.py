"""The report as one JSON document: the contract that other programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arclogs.views.sanitize import UNSEEN

if TYPE_CHECKING:
    import re

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout


def render_json(report: Report, layout: Layout) -> str:
    """Return the report, indented by two, its values exact.

    What a terminal would act upon stands as a JSON escape, so that the document may be printed.
    """
    document = json.dumps(report.model_dump(), indent=2, ensure_ascii=layout.ascii)
    # Outside ASCII only inside strings, and DEL: an escape is always allowed in their place.
    return UNSEEN.sub(_escape, document) + "\n"


def _escape(match: re.Match[str]) -> str:
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1].replace("\x7f", "\\u007f")
