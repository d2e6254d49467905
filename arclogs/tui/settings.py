"""The configuration of the terminal UI: theme and keys.

    [tui]
    theme = "nord"

    [keys]
    "findings.copy" = "c"

Read from `.arclogs.toml` in the working folder, else from the user's `config.toml`; ARCLOGS_CONFIG
names another file. A theme given on the command line or by ARCLOGS_THEME wins.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from arclogs.errors import UsageError
from arclogs.tui.bindings import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Tui(BaseModel):
    model_config = ConfigDict(extra="forbid")
    theme: str | None = None


class Settings(BaseModel):
    """What the user has set."""

    model_config = ConfigDict(extra="ignore")  # other parts of arclogs may have tables of their own
    tui: _Tui = Field(default_factory=_Tui)
    keys: dict[str, str] = Field(default_factory=dict)


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raise UsageError for a file that cannot be used."""
    path = _file(environ)
    if path is None:
        return Settings()
    try:
        settings = Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(f"{path}: {where}: {fault['msg']}") from error
    _check_keys(settings.keys, path)
    return settings


def _file(environ: Mapping[str, str]) -> Path | None:
    if named := environ.get("ARCLOGS_CONFIG"):
        if not Path(named).is_file():
            raise UsageError(f"ARCLOGS_CONFIG names {named}, which is no file")
        return Path(named)
    home = Path(platformdirs.user_config_dir("arclogs", appauthor=False)) / "config.toml"
    return next((path for path in (Path(".arclogs.toml"), home) if path.is_file()), None)


def _check_keys(keys: Mapping[str, str], path: Path) -> None:
    known = [key.id for key in KEYS]
    for name in keys:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else "; the help of the TUI lists them"
            raise UsageError(f"{path}: keys: there is no action {name!r}{hint}")
