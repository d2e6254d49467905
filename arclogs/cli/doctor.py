"""`arclogs doctor`: whether this installation works, and with what."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

import arclogs
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option, is_terminal, layout, rules_option
from arclogs.cli.output import write_stdout
from arclogs.errors import ArclogsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PACKAGES: Final = (
    "polars", "pydantic", "regex", "textual", "click", "rich", "pyyaml", "ryaml", "isal", "zstandard",
    "hyperscan", "msgspec", "numpy",
)  # fmt: skip


class Check(Struct, frozen=True):
    """One thing that was looked at."""

    what: str
    found: str
    broken: bool = False


@click.command("doctor", short_help="Check this installation.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a bug report.")
@rules_option
@debug_option
@click.pass_context
def doctor_command(ctx: click.Context, as_json: bool, rule_dirs: tuple[Path, ...]) -> None:
    """Check this installation: versions, rules, settings, terminal. Exit 1 if something is broken.

    Nothing ever goes to the network.
    """
    from arclogs.views.json import dumps
    from arclogs.views.sanitize import sanitize

    checks = list(_checks(rule_dirs))
    if as_json:
        write_stdout(dumps({c.what: {"found": c.found, "broken": c.broken} for c in checks}))
    else:
        for check in checks:
            mark = "BROKEN" if check.broken else "ok"
            write_stdout(sanitize(f"{mark:<7}{check.what}: {check.found}") + "\n")
    ctx.exit(ExitCode.REACHED if any(c.broken for c in checks) else ExitCode.OK)


def _checks(rule_dirs: Sequence[Path]) -> Iterator[Check]:
    yield Check("arclogs", arclogs.__version__)
    yield Check("python", f"{platform.python_version()} {sys.executable}")
    yield Check("platform", platform.platform())
    yield from map(_package, _PACKAGES)
    yield _rules(rule_dirs)
    yield _settings()
    yield _dumps()
    yield _terminal()


def _package(name: str) -> Check:
    required = {
        word.split(";")[0].split(">")[0].split("=")[0].split("<")[0].strip().lower()
        for word in importlib.metadata.requires("arclogs") or ()
        if "extra ==" not in word
    }
    try:
        return Check(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        if name in required:
            return Check(name, "missing: install arclogs again", broken=True)
        return Check(name, "not installed, not needed")


def _rules(rule_dirs: Sequence[Path]) -> Check:
    from arclogs.rules import load_rules

    try:
        rules = load_rules(tuple(rule_dirs))
    except ArclogsError as error:
        return Check("rules", str(error), broken=True)
    return Check("rules", f"{len(rules.rules)}, hash {rules.hash[:12]}")


def _settings() -> Check:
    from arclogs.settings import settings_files

    try:
        paths = [str(file.path) for file in settings_files()]
    except ArclogsError as error:
        return Check("settings", str(error), broken=True)
    return Check("settings", ", ".join(paths) or "none")


def _dumps() -> Check:
    from arclogs.ingest.objects.parsing.parser_pool import ParserPool

    pool = ParserPool.start()
    if pool is None:
        return Check("object dumps", "parsed in this process: none can be started and limited here")
    pool.close()
    many = f"{pool.size} child process{'es' if pool.size > 1 else ''}"
    return Check(
        "object dumps",
        f"in large ones, what is not alike is parsed in {many}, with limits on memory and time",
    )


def _terminal() -> Check:
    shape = layout("auto", sys.stdout, partial_allowed=False)
    if not is_terminal(sys.stdout):
        return Check("terminal", "none: output is plain")
    size = shutil.get_terminal_size()
    facts = [
        f"{size.columns}x{size.lines}",
        "colours" if shape.color else "no colours",
        "ASCII only" if shape.ascii else "Unicode",
    ]
    return Check("terminal", ", ".join(facts))
