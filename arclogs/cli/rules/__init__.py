"""`arclogs rules …`: what the rule pack holds, and the tools to write rules. One file a command."""

from __future__ import annotations

from typing import Final

import click

from arclogs.cli.rules.lint import lint_command
from arclogs.cli.rules.list import list_command
from arclogs.cli.rules.show import show_command
from arclogs.cli.rules.test import test_command

EXAMPLES: Final = """\b
The way of a new rule:
  arclogs rules lint my-rules/              what is wrong or missing, by line
  arclogs rules test my-rule --rules my-rules/
  arclogs explain my-rule bundle.tar.gz --rules my-rules/
"""


@click.group("rules", short_help="Show, test, check and write rules.", epilog=EXAMPLES)
def rules_group() -> None:
    """Show the rules that arclogs ships and yours; write, check and test your own."""


for command in (list_command, show_command, test_command, lint_command):
    rules_group.add_command(command)
