"""Where the user's caches and settings are on this system.

`platformdirs` knows; on Linux the answer is two lines of the XDG base directory specification, and the
library takes a fortieth of the time of a small run to import.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_cache_folder() -> Path:
    """Return the folder of what may be lost."""
    known = _by_xdg("XDG_CACHE_HOME", ".cache")
    if known is not None:
        return known
    import platformdirs

    return platformdirs.user_cache_path("arclogs", appauthor=False)


def user_config_folder() -> Path:
    """Return the folder of settings."""
    known = _by_xdg("XDG_CONFIG_HOME", ".config")
    if known is not None:
        return known
    import platformdirs

    return platformdirs.user_config_path("arclogs", appauthor=False)


def _by_xdg(variable: str, below_home: str) -> Path | None:
    """Return the folder where the environment states it plainly, by an absolute path."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    stated, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if stated.startswith("/"):
        return Path(stated, "arclogs")
    return Path(home, below_home, "arclogs") if home.startswith("/") else None
