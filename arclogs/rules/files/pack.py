"""Where the rule pack lies: the only place that knows."""

from __future__ import annotations

from pathlib import Path

import arclogs


def folder_of(rules: Path) -> Path:
    """Return the folder of rules that are given as a folder or as a single file."""
    return rules.parent if rules.is_file() else rules


def pack_directory() -> Path:
    """Return the folder of the rules that ship with arclogs.

    A wheel carries them as `arclogs/rulepack`. An editable install does not copy them, so there the
    checkout's own `rules/` is used.
    """
    package = Path(arclogs.__file__).parent
    shipped = package / "rulepack"
    return shipped if shipped.is_dir() else package.parent / "rules"
