"""Keys of the settings: the nearer file wins, and a mistake is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arclogs.errors import UsageError
from arclogs.settings import SettingsFile
from arclogs.tui.keymap import read_keymap


def settings(name: str, **tables: Any) -> SettingsFile:
    return SettingsFile(Path(name), tables, trusted=True)


def test_without_a_table_nothing_is_changed() -> None:
    assert read_keymap([]) == {}
    assert read_keymap([settings("config.toml", tui={"theme": "nord"})]) == {}


def test_the_first_file_wins_key_by_key() -> None:
    near = settings(".arclogs.toml", keys={"findings.copy": "c"})
    far = settings("config.toml", keys={"findings.copy": "ctrl+y", "findings.rule": "R"})
    assert read_keymap([near, far]) == {"findings.copy": "c", "findings.rule": "R"}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"findings.copi": "c"}, "no action 'findings.copi' (did you mean 'findings.copy'?)"),
        ({"findings.copy": 3}, "findings.copy: write keys as a text"),
        ("c", "[keys] is a table of ids and keys"),
    ],
)
def test_a_mistake_is_named_with_its_file(keys: Any, said: str) -> None:
    with pytest.raises(UsageError) as error:
        read_keymap([settings("config.toml", keys=keys)])
    assert str(error.value).startswith("config.toml: ")
    assert said in str(error.value)
