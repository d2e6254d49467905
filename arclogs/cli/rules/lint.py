"""`arclogs rules lint [PATH…]`: what is wrong with rule files, by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arclogs.cli.exit_codes import ExitCode
from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import write_stdout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.authoring.lint import Linted

EXAMPLES: Final = """\b
Examples:
  arclogs rules lint my-rules/my-rule.yaml
  arclogs rules lint --rules my-rules/      all rules of that folder
  arclogs rules lint                        the shipped rules
  arclogs rules lint --cost my-rule.yaml    what scanning for it costs
  arclogs rules lint --list                 every check
"""


@click.command("lint", epilog=EXAMPLES)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit 1 for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array.")
@click.option(
    "--cost", "only_cost", is_flag=True, help="Say what scanning large logs for each signal costs."
)
@click.option("--list", "only_list", is_flag=True, help="Say what is checked, and check nothing.")
@rules_option
@debug_option
@click.pass_context
def lint_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    strict: bool,
    as_json: bool,
    only_cost: bool,
    only_list: bool,
    rule_dirs: tuple[Path, ...],
) -> None:
    """Check rule files and folders: everything that is wrong or missing, and what to do about it.

    Each problem is one line: file:line:column, error or warning, the check's name, what is wrong.
    Without PATH the rules of --rules are checked, else the shipped ones. Exit 1 if there is an error.
    """
    from arclogs.authoring.lint import Severity, lint
    from arclogs.cache import user_cache
    from arclogs.views.sanitize import sanitize

    if only_list:
        write_stdout(_checks())
        return
    if only_cost:
        write_stdout(_costs(paths, rule_dirs))
        return
    linted = lint(paths, rule_dirs, kept=user_cache())
    if as_json:
        write_stdout(_as_json(linted))
    else:
        lines = [sanitize(str(problem)) for problem in linted.problems]
        write_stdout("".join(f"{line}\n" for line in [*lines, _summary(linted)]))
    failed = linted.problems if strict else linted.count(Severity.ERROR)
    ctx.exit(ExitCode.REACHED if failed else ExitCode.OK)


def _summary(linted: Linted) -> str:
    from arclogs.authoring.lint import Severity
    from arclogs.views.words import amount

    errors, warnings = linted.count(Severity.ERROR), linted.count(Severity.WARNING)
    return (
        f"{amount(linted.files, 'file')}: {amount(errors, 'error')}, {amount(warnings, 'warning')}"
    )


def _as_json(linted: Linted) -> str:
    from arclogs.views.json import dumps

    return dumps(
        [
            {
                "path": str(p.path),
                "line": p.line,
                "column": p.column,
                "severity": p.severity.value,
                "check": p.check,
                "message": p.message,
                "mend": p.mend,
            }
            for p in linted.problems
        ]
    )


def _costs(paths: Sequence[Path], rule_dirs: Sequence[Path]) -> str:
    from arclogs.authoring.lint.reading import read_rules
    from arclogs.authoring.scan_cost import scan_costs
    from arclogs.rules.files.pack import pack_directory

    read = read_rules(list(paths) or list(rule_dirs) or [pack_directory()], proven=True)
    costs = scan_costs(rule for _, rule in read.rules.values())
    named = [(f"{cost.rule}.{cost.signal}", cost) for cost in costs]
    width = max((len(name) for name, _ in named), default=0)
    head = f"{'signal':{width}}  {'searched by':20}  found in lines of healthy logs\n"
    return head + "".join(
        f"{name:{width}}  {cost.by.value:20}  {cost.found} of {cost.of}\n" for name, cost in named
    )


def _checks() -> str:
    from arclogs.authoring.lint import CHECKS
    from arclogs.authoring.lint.checks import OF_FILES

    told = [(name, "error", words) for name, words in OF_FILES.items()]
    told += [(c.name, c.severity.value, c.find.__doc__ or "") for c in CHECKS]
    width = max(len(name) for name, _, _ in told)
    return "".join(f"{name:{width}}  {bad:7}  {words}\n" for name, bad, words in told)
