"""Builds the page from a report and its exhibits; a page that would be too large says less."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile
from arclogs.model.exhibits import Exhibits
from arclogs.views import words
from arclogs.views.html import prose
from arclogs.views.interface import Audience, Layout
from arclogs.views.known_issues import told
from arclogs.views.sanitize import sanitize_lines
from arclogs.views.ticket import render_markdown
from arclogs.views.ticket.customer import RISKS
from arclogs.views.ticket.parts import wanted_next
from arclogs.views.timeline import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from arclogs.model.exhibits import Excerpt
    from arclogs.model.report import Evidence, Report

MOST_BYTES: Final = 2_000_000
_LINKABLE: Final = lazy_compile(r"https://[\w.~:/?#@!$&()*+,;=%-]+", re.ASCII)
_HERE: Final = Path(__file__).parent
_NOTHING: Final = Exhibits()


class Fullness(Struct, frozen=True):
    """How much of what repeats itself a page shows."""

    characters: int
    """Of one line of the bundle."""
    context: bool
    rows: int
    """Of one list."""


_STEPS: Final = (
    Fullness(2_000, context=True, rows=1_000),
    Fullness(600, context=True, rows=200),
    Fullness(300, context=False, rows=100),
    Fullness(120, context=False, rows=20),
)


def render_html(report: Report, layout: Layout, exhibits: Exhibits = _NOTHING) -> str:
    """Return the page, under 2 MB."""
    page = ""
    fixed = _fixed(report, layout, exhibits)
    for step in _STEPS:
        page = _rendered(report, exhibits, step, fixed)
        if len(page.encode("utf-8", "backslashreplace")) <= MOST_BYTES:
            break
    return page


def _fixed(report: Report, layout: Layout, exhibits: Exhibits) -> dict[str, Any]:
    """Return what stands on a page however full it is."""
    style = (_HERE / "style.css").read_text("utf-8") + svg.STYLE
    script = (_HERE / "script.js").read_text("utf-8")
    text = Layout(partial_allowed=layout.partial_allowed, audience=layout.audience)
    customer = layout.audience is Audience.CUSTOMER  # whose page has no evidence to lead to
    picture = exhibits.timeline and _safe(svg.svg_inline(exhibits.timeline, anchors=not customer))
    return {
        "report": report,
        "answer": report.answer,
        "candidates": words.candidates(report),
        "customer": customer,
        "risks": RISKS if customer else {},
        "partial_allowed": layout.partial_allowed,
        "timeline": exhibits.timeline,
        "picture": picture,
        "wanted": wanted_next(report),
        "note": render_markdown(report, text),
        "style": _safe(style),
        "script": _safe(script),
        "policy": f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
    }


def _rendered(report: Report, exhibits: Exhibits, fullness: Fullness, fixed: dict[str, Any]) -> str:
    contexts = {(e.member, e.line): e for e in exhibits.excerpts} if fullness.context else {}
    template = _environment().get_template("report.html.j2")
    return template.render(
        **fixed,
        others=words.others(report)[: fullness.rows],
        contexts=contexts,
        rows=fullness.rows,
        characters=fullness.characters,
    )


@cache
def _environment() -> Environment:
    # 60 ms, for this format only
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["words"] = words
    environment.globals["known_bug"] = told
    environment.filters["inline"] = lambda text: _safe(prose.inline(text))
    environment.filters["paragraphs"] = lambda text: _safe(prose.paragraphs(text))
    environment.filters["line"] = _cut
    environment.filters["context"] = _context
    environment.filters["in_order"] = _in_order
    environment.filters["linkable"] = _LINKABLE.fullmatch
    return environment


def _harmless(value: Any) -> Any:
    """Take away from every text what hides or acts; escaping follows."""
    return sanitize_lines(value) if type(value) is str else value


def _safe(markup: str) -> Any:
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704 - made of escaped parts only


def _cut(text: str, most: int) -> str:
    line = text.strip("\r\n").replace("\n", "\\n")
    left = len(line) - most
    return line if left <= 0 else f"{line[:most]} … ({left:,} more characters)"


def _context(excerpt: Excerpt, most: int) -> list[tuple[int, str, bool]]:
    """Return number, text and whether it is the line itself."""
    return [
        (number, _cut(text, most), number == excerpt.line)
        for number, text in enumerate(excerpt.lines, excerpt.first)
    ]


def _in_order(evidence: Sequence[Evidence]) -> list[tuple[int, Evidence]]:
    return list(enumerate(words.in_order(evidence), 1))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
