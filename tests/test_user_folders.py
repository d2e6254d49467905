from __future__ import annotations

import platformdirs
import pytest

from arclogs.user_folders import user_cache_folder, user_config_folder

PLACES = {
    "home": {"HOME": "/home/ada"},
    "home with a slash at its end": {"HOME": "/home/ada/"},
    "stated": {"HOME": "/home/ada", "XDG_CACHE_HOME": "/var/c", "XDG_CONFIG_HOME": "/etc/c/"},
    "stated, relative": {"HOME": "/home/ada", "XDG_CACHE_HOME": "c", "XDG_CONFIG_HOME": "./c"},
    "stated, empty": {"HOME": "/home/ada", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": " "},
    "stated, from home": {"HOME": "/home/ada", "XDG_CACHE_HOME": "~/c", "XDG_CONFIG_HOME": "$HOME"},
    "home, relative": {"HOME": "ada"},
    "home, empty": {"HOME": ""},
    "none": {},
}


@pytest.mark.parametrize("place", PLACES)
def test_folders_are_those_that_platformdirs_names(place, monkeypatch):
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in PLACES[place].items():
        monkeypatch.setenv(name, value)
    assert user_cache_folder() == platformdirs.user_cache_path("arclogs", appauthor=False)
    assert user_config_folder() == platformdirs.user_config_path("arclogs", appauthor=False)
