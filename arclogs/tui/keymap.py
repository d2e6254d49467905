"""The keys that a user has set, by the ids of the bindings: table `[keys]` of the settings."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from arclogs.errors import UsageError
from arclogs.tui.bindings import KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.settings import SettingsFile


def read_keymap(files: Sequence[SettingsFile]) -> dict[str, str]:
    """Return keys by id, those of the first file winning; raise UsageError for an unknown id."""
    keys: dict[str, str] = {}
    for file in reversed(files):
        table = file.tables.get("keys", {})
        if not isinstance(table, dict):
            raise UsageError(f"{file.path}: [keys] is a table of ids and keys")
        for name, key in table.items():
            _check(name, key, file)
            keys[name] = key
    return keys


def _check(name: str, key: object, file: SettingsFile) -> None:
    known = [binding.id for binding in KEYS]
    if name not in known:
        close = difflib.get_close_matches(name, known, 1)
        hint = f" (did you mean {close[0]!r}?)" if close else "; docs/keys.md lists them"
        raise UsageError(f"{file.path}: [keys] there is no action {name!r}{hint}")
    if not isinstance(key, str) or not key.strip():
        raise UsageError(f"{file.path}: [keys] {name}: write keys as a text, such as 'ctrl+t,t'")
