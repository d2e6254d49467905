"""`arclogs rules …`: what the rule pack holds, and the tools to write rules. One file a command."""

from __future__ import annotations

from typing import Final

import click

from arclogs.cli.commands import Commands

EXAMPLES: Final = """\b
The way of a new rule:
  arclogs rules new my-rule --from job.log:18 -o my-rules/my-rule.yaml
  arclogs rules lint my-rules/              what is wrong or missing, by line
  arclogs rules test my-rule --rules my-rules/
  arclogs explain my-rule bundle.tar.gz --rules my-rules/
"""


COMMANDS: Final = {
    name: f"arclogs.cli.rules.{name}:{name}_command"
    for name in ("list", "show", "docs", "new", "lint", "test", "fmt", "schema")
}


@click.group(
    "rules",
    short_help="Show, test, check and write rules.",
    epilog=EXAMPLES,
    commands=Commands(COMMANDS),
)
def rules_group() -> None:
    """Show the rules that arclogs ships and yours; write, check and test your own."""
