"""`arclogs rules test [ID…]`: run the tests that stand in rule files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option, layout, rules_option
from arclogs.cli.output import write_stdout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arclogs.authoring.trials import Trial
    from arclogs.rules import Rule, RuleSet

EXAMPLES: Final = """\b
Examples:
  arclogs rules test my-rule.yaml
  arclogs rules test sa-token-rejected
  arclogs rules test --rules my-rules/            all rules of that folder
"""


@click.command("test", epilog=EXAMPLES)
@click.argument("names", metavar="[ID|FILE]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, with the match trees.")
@rules_option
@debug_option
@click.pass_context
def test_command(
    ctx: click.Context, names: tuple[str, ...], as_json: bool, rule_dirs: tuple[Path, ...]
) -> None:
    """Run the tests inside rules: of those named, else of all in --rules, else of the shipped ones.

    For a test that fails, each signal is shown: held (✓), failed (✗) or not collected (?), and the
    line that came nearest. Exit 1 if one fails.
    """
    from arclogs.authoring.selection import named_by_file
    from arclogs.authoring.trials import run_tests
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules

    ids, used = named_by_file(names, rule_dirs)
    rules = load_rules(used, user_cache())
    trials = run_tests(_chosen(ids, rules, rule_dirs), rules, used)
    failed = _print_json(trials) if as_json else _print_text(trials)
    ctx.exit(ExitCode.REACHED if failed else ExitCode.OK)


def _chosen(ids: Sequence[str], rules: RuleSet, rule_dirs: Sequence[Path]) -> list[Rule]:
    from arclogs.authoring.selection import rule_named, rules_below

    return [rule_named(rules, i) for i in ids] or rules_below(rules, rule_dirs)


def _print_json(trials: Iterator[Trial]) -> bool:
    from arclogs.views.json import dumps

    ran = list(trials)
    write_stdout(
        dumps(
            [
                {
                    "rule": t.rule.id,
                    "test": t.test,
                    "passed": not t.faults,
                    "faults": t.faults,
                    "trace": t.trace.model_dump() if t.trace else None,
                }
                for t in ran
            ]
        )
    )
    return any(t.faults for t in ran)


def _print_text(trials: Iterator[Trial]) -> bool:
    """Print each test as it is done: the whole pack takes a while."""
    from arclogs.views.trace import render_trial
    from arclogs.views.words import amount

    ascii_only = layout("never", sys.stdout, partial_allowed=False).ascii
    ran = failed = 0
    tested = set()
    for trial in trials:
        ran += 1
        failed += bool(trial.faults)
        tested.add(trial.rule.id)
        write_stdout(render_trial(trial, ascii_only=ascii_only))
    if not ran:
        write_stdout("there is no test to run: a rule's tests stand in its file, below 'tests:'\n")
        return False
    of = f"{amount(ran, 'test')} of {amount(len(tested), 'rule')}"
    write_stdout(f"{of}: {failed} failed\n" if failed else f"{of}: all passed\n")
    return failed > 0
