"""`arclogs collect`: the script that makes a complete bundle."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.bundles import bundle_sources, byte_progress
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option
from arclogs.cli.output import say
from arclogs.cli.sink import output_sink
from arclogs.errors import UsageError
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.collect.scene import Scene

EXAMPLES: Final = """\b
Examples:
  arclogs collect -n arc-runners > collect.sh     look at it, send it, run it: sh collect.sh
  arclogs collect ticket.tgz > collect.sh         with the namespaces that a bundle names
  arclogs collect --format commands               the same, one command after the other
  arclogs collect --format support-bundle > arc.yaml && kubectl support-bundle arc.yaml

\b
The script only reads. It asks for no value of a Secret, and masks what looks like a secret before
it is written. What was refused or not installed stands in inventory.tsv of the bundle.
"""
_NAME: Final = lazy_compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SINCE: Final = lazy_compile(r"(\d+h)?(\d+m)?(\d+s)?")
_REPOSITORY: Final = lazy_compile(r"(?:[\w.-]+/)?[\w.-]+/[\w.-]+")


@click.command("collect", short_help="Print the script that makes a complete bundle.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("bundles", metavar="[BUNDLE]...", nargs=-1)
@click.option(
    "-n",
    "--namespace",
    "namespaces",
    metavar="NAME",
    multiple=True,
    help="A namespace with runners. Repeatable. Default: those of all scale sets in the cluster.",
)
@click.option(
    "--controller-namespace", "controller", metavar="NAME", default="", help="Default: looked for."
)
@click.option(
    "--since", metavar="TIME", default="24h", show_default=True, help="How far logs go back."
)
@click.option("--run-id", metavar="ID", default="", help="Also fetch the log of this workflow run.")
@click.option("--repo", "repository", metavar="OWNER/NAME", default="", help="Where that run is.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["script", "commands", "support-bundle"]),
    default="script",
    show_default=True,
    help="script: for sh. commands: one after the other. support-bundle: for troubleshoot.sh.",
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to FILE."
)
@click.option(
    "--run", "execute", is_flag=True, help="Run the script here and now, with your kubectl."
)
@debug_option
@click.pass_context
def collect_command(
    ctx: click.Context,
    /,
    bundles: tuple[str, ...],
    namespaces: tuple[str, ...],
    controller: str,
    since: str,
    run_id: str,
    repository: str,
    form: str,
    output: Path | None,
    execute: bool,
) -> None:
    """Print the commands that collect a complete bundle; nothing is run unless --run says so.

    With a BUNDLE that lacks something, the namespaces that it names are filled in.
    """
    from arclogs.collect.scene import Scene

    _check(namespaces, controller, since, run_id, repository)
    if execute and (form != "script" or output):
        raise UsageError("--run runs the script: leave --format and --output out")
    scene = _seen(bundles, Scene(namespaces, controller, since, repository, run_id))
    if execute:
        ctx.exit(_execute(scene))
    with output_sink(output) as write:
        write(_written(scene, form))
    if output:
        say(f"written to {output}")


def _check(
    namespaces: tuple[str, ...], controller: str, since: str, run_id: str, repository: str
) -> None:
    for name in (*namespaces, *((controller,) if controller else ())):
        if not _NAME.fullmatch(name):
            raise UsageError(f"'{name}' is no name of a namespace")
    if not since or not _SINCE.fullmatch(since):
        raise UsageError(f"--since {since}: write a time such as 90m, 24h or 1h30m")
    if bool(run_id) != bool(repository):
        raise UsageError("--run-id and --repo go together: a run is looked up in its repository")
    if run_id and not run_id.isdecimal():
        raise UsageError(f"--run-id {run_id}: it is the number in the run's address")
    if repository and not _REPOSITORY.fullmatch(repository):
        raise UsageError(f"--repo {repository}: write OWNER/NAME")


def _seen(bundles: tuple[str, ...], scene: Scene) -> Scene:
    """Fill in the names that bundles tell."""
    if not bundles:
        return scene
    from arclogs.browse.opened import open_case

    with byte_progress(wanted=True) as bar:
        opened = open_case(bundle_sources(bundles), bar.advance if bar else None)
    return scene.seen_in(opened.case)


def _written(scene: Scene, form: str) -> str:
    from arclogs.collect.script import commands, script

    if form == "support-bundle":
        from arclogs.collect.support_bundle import support_bundle

        return support_bundle(scene)
    if form == "commands":
        return "".join(f"# {why}\n{command}\n" for why, command in commands(scene))
    return script(scene)


def _execute(scene: Scene) -> ExitCode:
    """Run the script with the user's own tools; the bundle lands in the current folder."""
    from arclogs.collect.script import script

    with tempfile.NamedTemporaryFile("w", suffix=".sh", encoding="utf-8") as file:
        file.write(script(scene))
        file.flush()
        try:
            done = subprocess.run(["sh", file.name], check=False)  # noqa: S603, S607 - our text, their shell
        except FileNotFoundError as error:
            raise UsageError("--run needs a POSIX shell (sh)") from error
    return ExitCode.OK if done.returncode == 0 else ExitCode.OUTPUT
