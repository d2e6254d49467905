"""`arclogs rules schema`: the JSON Schema of a rule file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from arclogs.cli.options import debug_option
from arclogs.cli.output import say, write_shared, write_stdout

EXAMPLES: Final = """\b
Examples:
  arclogs rules schema -o arclogs-rule.schema.json
  and as the first line of a rule, for the YAML language server of your editor:
  # yaml-language-server: $schema=arclogs-rule.schema.json
"""


@click.command("schema", epilog=EXAMPLES)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the schema to FILE.",
)
@debug_option
def schema_command(output: Path | None) -> None:
    """Print the JSON Schema of a rule file: editors complete and check rules with it."""
    from arclogs.authoring.json_schema import rule_schema
    from arclogs.views.json import dumps

    text = dumps(rule_schema())
    if output is None or str(output) == "-":
        write_stdout(text)
    else:
        write_shared(output, text)
        say(f"schema written to {output}")
