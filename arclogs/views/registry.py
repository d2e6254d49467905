"""Every view, by the name that `--format` gives it; each is imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views.interface import Format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.report import Report
    from arclogs.views.interface import Layout, View


def _text(report: Report, layout: Layout) -> str:
    from arclogs.views.text import render_text

    return render_text(report, layout)


def _plain(report: Report, layout: Layout) -> str:
    from arclogs.views.plain import render_plain

    return render_plain(report, layout)


def _json(report: Report, layout: Layout) -> str:
    from arclogs.views.json import render_json

    return render_json(report, layout)


def _jsonl(report: Report, layout: Layout) -> str:
    from arclogs.views.jsonl import render_jsonl

    return render_jsonl(report, layout)


def _markdown(report: Report, layout: Layout) -> str:
    from arclogs.views.ticket import render_markdown

    return render_markdown(report, layout)


def _jira(report: Report, layout: Layout) -> str:
    from arclogs.views.ticket import render_jira

    return render_jira(report, layout)


def _mail(report: Report, layout: Layout) -> str:
    from arclogs.views.ticket import render_mail

    return render_mail(report, layout)


def _html(report: Report, layout: Layout) -> str:
    from arclogs.views.html import render_html

    return render_html(report, layout)  # which takes exhibits, too


def _sarif(report: Report, layout: Layout) -> str:
    from arclogs.views.sarif import render_sarif

    return render_sarif(report, layout)


VIEWS: Final[Mapping[Format, View]] = {
    Format.TEXT: _text,
    Format.PLAIN: _plain,
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.MARKDOWN: _markdown,
    Format.JIRA: _jira,
    Format.MAIL: _mail,
    Format.HTML: _html,
    Format.SARIF: _sarif,
}
