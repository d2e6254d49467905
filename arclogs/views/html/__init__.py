"""The report as one HTML file that needs nothing else: no network, no script to be complete."""

from arclogs.views.html.page import render_html

__all__ = ["render_html"]
