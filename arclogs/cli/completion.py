"""`arclogs completion SHELL`: the script that makes a shell complete commands, options and rules."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import CompletionItem, get_completion_class

from arclogs.cli.output import write_stdout

EXAMPLES: Final = """\b
Put one line into the start-up file of your shell:
  bash   eval "$(arclogs completion bash)"                       ~/.bashrc
  zsh    eval "$(arclogs completion zsh)"                        ~/.zshrc
  fish   arclogs completion fish | source                        ~/.config/fish/config.fish
"""
VARIABLE: Final = "_ARCLOGS_COMPLETE"


@click.command("completion", epilog=EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and rule ids in a shell."""
    kind = get_completion_class(shell)
    assert kind is not None
    write_stdout(kind(ctx.find_root().command, {}, "arclogs", VARIABLE).source() + "\n")


def complete_rule_id(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the shipped rules whose ids begin so: file names, so that no rule has to be loaded."""
    from arclogs.rules.files.pack import pack_directory

    names = sorted({path.stem for path in pack_directory().glob("*/*.yaml")})
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
