"""Options that several commands share, and how they become a view's layout."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.views.interface import Audience, Format, Layout

if TYPE_CHECKING:
    from typing import TextIO

WIDEST: Final = 120
WIDTH_OF_A_PIPE: Final = 100
_BY_SUFFIX: Final = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".jira": Format.JIRA,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".sarif": Format.SARIF,
}

rules_option = click.option(
    "--rules",
    "rule_dirs",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Also use the rules of this folder, or this rule file; one with the id of a shipped rule "
    "replaces it. Repeatable.",
)
no_cache_option = click.option(
    "--no-cache",
    is_flag=True,
    help="Keep nothing between runs, and use nothing kept (as ARCLOGS_NO_CACHE does).",
)
debug_option = click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback of an error."
)


def choose_format(asked: str | None, output: Path | None, stream: TextIO | None) -> Format:
    """Return the format: as asked, else by the file's suffix, else by who reads stdout."""
    if asked is not None:
        return Format(asked)
    if output is not None:
        return _BY_SUFFIX.get(output.suffix.lower(), Format.PLAIN)
    return Format.TEXT if is_terminal(stream) and not accessible() else Format.PLAIN


def _columns() -> int:
    import shutil  # 2 ms, with all that it unpacks

    return shutil.get_terminal_size().columns


def layout(
    color: str,
    stream: TextIO | None,
    *,
    partial_allowed: bool,
    audience: Audience = Audience.INTERNAL,
) -> Layout:
    """Return what the place of the output allows; `stream` is None for a file."""
    forced = color == "always" or (color == "auto" and _set("FORCE_COLOR", "CLICOLOR_FORCE"))
    capable = is_terminal(stream) and os.environ.get("TERM", "dumb") not in ("dumb", "unknown")
    styled = forced or (color == "auto" and capable)
    columns = _columns() if is_terminal(stream) else WIDTH_OF_A_PIPE
    return Layout(
        width=min(columns, WIDEST),
        styled=styled,
        color=styled and (color == "always" or not _set("NO_COLOR")),
        ascii=stream is not None and not _shows_unicode(stream),
        partial_allowed=partial_allowed,
        audience=audience,
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody reads the stream on a screen."""
    return stream is not None and not stream.closed and stream.isatty()


def accessible() -> bool:
    """Tell whether ARCLOGS_ACCESSIBLE asks for plain lines and nothing that moves."""
    return _set("ARCLOGS_ACCESSIBLE")


def _set(*names: str) -> bool:
    return any(os.environ.get(name) for name in names)


def _shows_unicode(stream: TextIO) -> bool:
    try:
        "·".encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
