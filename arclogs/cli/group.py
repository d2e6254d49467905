"""The `arclogs` command: its help, and `arclogs BUNDLE` as short for `arclogs analyze BUNDLE`."""

from __future__ import annotations

from pathlib import Path

import click

import arclogs
from arclogs.cli.commands import Commands
from arclogs.cli.defaults import read_defaults
from arclogs.cli.exit_codes import ExitCode

_OWN_OPTIONS = frozenset({"-h", "--help", "-V", "--version", "--config", "--no-config"})
_WITHOUT_SETTINGS = frozenset(
    {"config", "doctor", "completion"}
)  # they tell what is wrong with them
_CLOSE = 0.75
_ALIASES = {"browse": "tui"}


class BundleFirst(click.Group):
    """A group whose first argument may be a bundle instead of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `analyze` in front of what names no command."""
        if args and args[0] not in {*self.commands, *_OWN_OPTIONS, *_ALIASES}:
            self._refuse_misspelt(ctx, args[0])
            args = ["analyze", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Know commands by their other names, too."""
        return super().resolve_command(ctx, [_ALIASES.get(args[0], args[0]), *args[1:]])

    def _refuse_misspelt(self, ctx: click.Context, word: str) -> None:
        import difflib

        close = difflib.get_close_matches(word, self.commands, 1, _CLOSE)
        if close and not word.startswith("-") and not Path(word).exists():
            ctx.fail(f"there is no command and no file {word!r} (did you mean {close[0]!r}?)")


COMMANDS = {
    "analyze": "arclogs.cli.analyze:analyze_command",
    "collect": "arclogs.cli.collect:collect_command",
    "completion": "arclogs.cli.completion:completion_command",
    "config": "arclogs.cli.config:config_group",
    "diff": "arclogs.cli.diff:diff_command",
    "doctor": "arclogs.cli.doctor:doctor_command",
    "explain": "arclogs.cli.explain:explain_command",
    "info": "arclogs.cli.info:info_command",
    "objects": "arclogs.cli.objects:objects_command",
    "records": "arclogs.cli.records:records_command",
    "redact": "arclogs.cli.redact:redact_command",
    "rules": "arclogs.cli.rules:rules_group",
    "timeline": "arclogs.cli.timeline:timeline_command",
    "triage": "arclogs.cli.triage:triage_command",
    "tui": "arclogs.cli.tui:tui_command",
}
HELP = """Find out what broke a GitHub Actions runner on Kubernetes (ARC) from the logs, events and
objects that were collected: what happened, why we believe it, what to do.

BUNDLE is a .tar(.gz|.zst|.bz2|.xz), .zip, folder, single file, several of these, or - for stdin.
Bundles are read, never unpacked. Nothing ever goes to the network.

\b
Examples:
  arclogs bundle.tar.gz                     the answer, on the terminal
  arclogs analyze logs/ --format markdown   a summary for a ticket (also: jira, mail)
  arclogs analyze b.tgz -o report.json      for other programs
  kubectl logs runner-x7k2p | arclogs -     a single log from stdin
  arclogs info b.tgz                        what is in the bundle and what is missing
  arclogs objects b.tgz --tree              scale sets, runners and pods, as they belong
  arclogs tui b.tgz                         browse findings, evidence and rules
  arclogs explain sa-token-rejected b.tgz   why a rule fired, or why it did not
  arclogs rules show sa-token-rejected      what a rule looks for
  arclogs redact b.tgz -o masked.tgz        a copy without its secrets

\b
Exit codes:
  0  complete                        4  nothing analyzable in the input
  1  --fail-on reached               5  the output could not be written
  2  wrong use, bad rule file       70  a bug in arclogs
  3  analyzed, but evidence was    130  interrupted
     lost (--allow-partial: 0)
"""


@click.group(
    cls=BundleFirst,
    help=HELP,
    commands=Commands(COMMANDS),
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] BUNDLE...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(arclogs.__version__, "-V", "--version", message="arclogs %(version)s")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings to use instead of .arclogs.toml and your own (arclogs config show).",
)
@click.option("--no-config", is_flag=True, help="Use no settings file.")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, no_config: bool) -> None:
    """Show the help where nothing was asked for; take settings as defaults otherwise."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(ExitCode.USAGE)
    if ctx.invoked_subcommand not in _WITHOUT_SETTINGS and not ctx.resilient_parsing:
        ctx.default_map = read_defaults(cli, config, wanted=not no_config)
