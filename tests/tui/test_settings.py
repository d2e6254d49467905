"""The configuration: read where it is looked for, refused with a name where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.errors import UsageError
from arclogs.tui.settings import Settings, read_settings


def test_without_a_file_nothing_is_set() -> None:
    assert read_settings({}) == Settings()


def test_the_working_folder_wins_over_the_user_and_the_variable_over_both(own_home: Path) -> None:
    user = own_home / "arclogs" / "config.toml"
    user.parent.mkdir()
    user.write_text('[tui]\ntheme = "nord"\n[keys]\n"findings.copy" = "c"\n')
    settings = read_settings({})
    assert settings.tui.theme == "nord"
    assert settings.keys == {"findings.copy": "c"}
    Path(".arclogs.toml").write_text('[tui]\ntheme = "dracula"\n[other]\nx = 1\n')
    assert read_settings({}).tui.theme == "dracula"
    assert read_settings({"ARCLOGS_CONFIG": str(user)}).tui.theme == "nord"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys]\n'findings.copi' = 'c'\n", "no action 'findings.copi' (did you mean 'findings.copy'?)"),
        ("[tui]\nthem = 'nord'\n", "tui.them: Extra inputs are not permitted"),
        ("[tui\n", ".arclogs.toml: "),
        ("[keys]\nx = 3\n", "keys.x: Input should be a valid string"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(text: str, said: str) -> None:
    Path(".arclogs.toml").write_text(text)
    with pytest.raises(UsageError) as error:
        read_settings({})
    assert said in str(error.value)


def test_a_named_file_must_be_there() -> None:
    with pytest.raises(UsageError, match="which is no file"):
        read_settings({"ARCLOGS_CONFIG": "nothing.toml"})
