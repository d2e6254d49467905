from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

import arclogs as package
from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.group import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from subprocess import CompletedProcess


def test_help_tells_what_people_need(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    run = arclogs("--help")
    assert run.returncode == 0
    assert "Nothing ever goes to the network" in " ".join(run.stdout.split())
    listed = {
        int(n) for n in re.findall(r"(?:^|\s)(\d{1,3})  \S", run.stdout.split("Exit codes:")[1])
    }
    assert listed >= {int(code) for code in ExitCode}
    for name in cli.commands:
        assert re.search(rf"^  {name} ", run.stdout, re.MULTILINE)
    assert max(map(len, run.stdout.splitlines())) <= 100


def commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_every_command_and_option_has_help() -> None:
    for command in commands(cli):
        assert command.help, command.name
        for option in command.params:
            if isinstance(option, click.Option) and option.name != "color":
                assert option.help, f"{command.name} {option.name}"


def test_version(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    assert arclogs("--version").stdout == f"arclogs {package.__version__}\n"


def test_without_arguments_the_help_goes_to_stderr(
    arclogs: Callable[..., CompletedProcess[str]],
) -> None:
    run = arclogs()
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("Usage: arclogs ")


def test_a_misspelt_command_is_not_taken_for_a_bundle(
    arclogs: Callable[..., CompletedProcess[str]],
) -> None:
    assert "did you mean 'analyze'?" in arclogs("analyse", "x").stderr
    assert "did you mean 'rules'?" in arclogs("rule", "list").stderr


def test_help_of_a_command(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    assert "--fail-on" in arclogs("analyze", "-h").stdout
