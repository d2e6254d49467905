"""The timeline as a picture: characters for a terminal, SVG for a page."""
