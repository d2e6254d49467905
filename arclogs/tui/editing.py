"""Editing a rule in the user's editor: the file itself, or a copy of one that ships with arclogs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from arclogs.errors import UsageError
from arclogs.rules.files.pack import folder_of, pack_directory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.tui.session.events import Order, RuleCard


def is_shipped(rule: RuleCard) -> bool:
    """Tell whether a rule is part of the installation, and so not the user's to change."""
    return rule.path.is_relative_to(pack_directory())


def copy_target(rule: RuleCard, order: Order) -> Path:
    """Return where a copy of a shipped rule goes: the first rule folder in use, or the user's own."""
    own = Path(platformdirs.user_config_dir("arclogs", appauthor=False)) / "rules"
    folder = folder_of(order.rule_dirs[0]) if order.rule_dirs else own
    return folder / rule.path.name


def copy_rule(rule: RuleCard, target: Path) -> None:
    """Copy a rule file; raise UsageError where that cannot be done or a file is there already."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(rule.path.read_bytes())
    except FileExistsError as error:
        raise UsageError(f"{target} is there already; use --rules {target.parent}") from error
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from error


def editor_command(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the user's editor as VISUAL or EDITOR names it; raise UsageError where there is none."""
    named = environ.get("VISUAL") or environ.get("EDITOR")
    if named:
        return shlex.split(named, posix=sys.platform != "win32")
    usual = ("notepad",) if sys.platform == "win32" else ("nano", "vi")
    found = next((path for name in usual if (path := shutil.which(name))), None)
    if found is None:
        raise UsageError("EDITOR names no editor, and there is neither nano nor vi")
    return [found]


def edit(path: Path, environ: Mapping[str, str] = os.environ) -> None:
    """Run the editor on a file and wait for it; raise UsageError where it cannot be run."""
    command = [*editor_command(environ), str(path)]
    try:
        subprocess.run(command, check=False)  # noqa: S603 - the user's own setting
    except OSError as error:
        raise UsageError(f"cannot run {command[0]}: {error.strerror or error}") from error
