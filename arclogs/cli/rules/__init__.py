"""`arclogs rules …`: what the rule pack holds, and the tools to write rules. One file a command."""

from __future__ import annotations

from typing import Final

import click

from arclogs.cli.rules.docs import docs_command
from arclogs.cli.rules.fmt import fmt_command
from arclogs.cli.rules.lint import lint_command
from arclogs.cli.rules.list import list_command
from arclogs.cli.rules.new import new_command
from arclogs.cli.rules.schema import schema_command
from arclogs.cli.rules.show import show_command
from arclogs.cli.rules.test import test_command

EXAMPLES: Final = """\b
The way of a new rule:
  arclogs rules new my-rule --from job.log:18 -o my-rules/my-rule.yaml
  arclogs rules lint my-rules/              what is wrong or missing, by line
  arclogs rules test my-rule --rules my-rules/
  arclogs explain my-rule bundle.tar.gz --rules my-rules/
"""


@click.group("rules", short_help="Show, test, check and write rules.", epilog=EXAMPLES)
def rules_group() -> None:
    """Show the rules that arclogs ships and yours; write, check and test your own."""


for command in (
    list_command, show_command, docs_command, new_command, lint_command, test_command, fmt_command,
    schema_command,
):  # fmt: skip
    rules_group.add_command(command)
