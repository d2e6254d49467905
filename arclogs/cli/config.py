"""`arclogs config`: which settings hold, and where they come from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from arclogs.cli.options import debug_option
from arclogs.cli.output import write_stdout
from arclogs.settings import PROJECT_FILE, settings_files, user_file


@click.group("config", short_help="Show settings and where they come from.")
def config_group() -> None:
    """Show settings and where they come from.

    A flag wins over ARCLOGS_NAME in the environment, that over .arclogs.toml in the working folder,
    that over your own file. A key is the long name of an option; in a table [COMMAND] it holds for that
    command. [tui] theme and [keys] are the terminal UI's.
    """


@config_group.command("path")
@debug_option
def path_command() -> None:
    """Print where settings are looked for."""
    from arclogs.views.sanitize import sanitize

    named = os.environ.get("ARCLOGS_CONFIG")
    paths = [Path(named)] if named else [Path(PROJECT_FILE).resolve(), user_file()]
    for path in paths:
        write_stdout(f"{sanitize(str(path))}{'' if path.is_file() else '  (not there)'}\n")


@config_group.command("show")
@debug_option
@click.pass_context
def show_command(ctx: click.Context) -> None:
    """Print each setting with the file or variable that it comes from."""
    from arclogs.cli.defaults import defaults
    from arclogs.views.sanitize import sanitize

    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    files = settings_files()
    rows = [
        (
            f"{value.command}.{value.option}" if value.command else value.option,
            value.value,
            value.origin,
        )
        for value in defaults(group, files)
    ]
    for file in files:
        rows += [
            (f"{table}.{name}", value, str(file.path))
            for table in ("tui", "keys")
            for name, value in _items(file.tables.get(table))
        ]
    if not rows:
        write_stdout("nothing is set: every option has its default\n")
    seen: set[str] = set()
    for name, value, origin in rows:
        hidden = "  (outweighed)" if name in seen else ""
        seen.add(name)
        shown = json.dumps(value, ensure_ascii=False, default=str)
        write_stdout(sanitize(f"{name} = {shown}  # {origin}{hidden}") + "\n")


def _items(table: Any) -> list[tuple[str, Any]]:
    return list(table.items()) if isinstance(table, dict) else []
