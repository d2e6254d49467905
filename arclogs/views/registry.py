"""Every view, by the name that `--format` gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.html import render_html
from arclogs.views.interface import Format
from arclogs.views.json import render_json
from arclogs.views.jsonl import render_jsonl
from arclogs.views.markdown import render_markdown
from arclogs.views.plain import render_plain
from arclogs.views.sarif import render_sarif
from arclogs.views.text import render_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.views.interface import View

VIEWS: Final[Mapping[Format, View]] = {
    Format.TEXT: render_text,
    Format.PLAIN: render_plain,
    Format.JSON: render_json,
    Format.JSONL: render_jsonl,
    Format.MARKDOWN: render_markdown,
    Format.HTML: render_html,  # which takes exhibits, too
    Format.SARIF: render_sarif,
}
