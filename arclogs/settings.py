"""Settings: what a user wrote down so as not to type it, and where each value comes from.

    rules = ["~/team-rules"]      # an option of every command that has it
    color = "never"

    [analyze]                     # options of one command, by their long names
    format = "plain"

    [tui]
    theme = "nord"

    [keys]
    "findings.copy" = "c"

A flag wins over ARCLOGS_NAME in the environment, that over `.arclogs.toml` in the working folder, that
over the user's `config.toml`. ARCLOGS_CONFIG names one file that is read instead of both.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from arclogs.errors import UsageError
from arclogs.user_folders import user_config_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROJECT_FILE: Final = ".arclogs.toml"
LARGEST: Final = 1 << 20


class SettingsFile(Struct, frozen=True):
    """One file and the tables in it."""

    path: Path
    tables: Mapping[str, Any]
    trusted: bool
    """False for what lies in the working folder: that may be a bundle that somebody unpacked."""


def user_file() -> Path:
    """Return where the user's own settings are, whether or not there are any."""
    return user_config_folder() / "config.toml"


def settings_files(
    environ: Mapping[str, str] = os.environ, named: Path | None = None
) -> list[SettingsFile]:
    """Return the files to read, the strongest first. Raise UsageError for one that cannot be used."""
    asked = named or (Path(environ["ARCLOGS_CONFIG"]) if environ.get("ARCLOGS_CONFIG") else None)
    if asked is not None:
        if not asked.is_file():
            raise UsageError(f"there is no settings file {asked}")
        return [_read(asked, trusted=True)]
    return list(_found())


def _found() -> Iterator[SettingsFile]:
    for path, trusted in ((Path(PROJECT_FILE), False), (user_file(), True)):
        if path.is_file():
            yield _read(path, trusted=trusted)


def _read(path: Path, *, trusted: bool) -> SettingsFile:
    import tomllib  # 2 ms, and only where there are settings

    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: larger than 1 MiB, which no settings file is")
        return SettingsFile(path, tomllib.loads(path.read_text(encoding="utf-8")), trusted)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
