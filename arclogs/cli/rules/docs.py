"""`arclogs rules docs`: a page to read for each rule."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from arclogs.cli.options import debug_option, rules_option
from arclogs.cli.output import say, write_shared, write_stdout

EXAMPLES: Final = """\b
Examples:
  arclogs rules docs sa-token-rejected         one page, on stdout
  arclogs rules docs -o pages/                 a page a rule, index.md, known-issues.md
  arclogs rules docs --rules my-rules/ -o pages/
"""


@click.command("docs", epilog=EXAMPLES)
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the pages; without ID it is rule-docs/ by default.",
)
@rules_option
@debug_option
def docs_command(rule_id: str | None, output: Path | None, rule_dirs: tuple[Path, ...]) -> None:
    """Write rules as Markdown: what each means, how it is recognised, how sure it is, what to do."""
    from arclogs.authoring.selection import rule_named
    from arclogs.cache import user_cache
    from arclogs.rules import load_rules
    from arclogs.views.known_issues import render_known_issues
    from arclogs.views.rule_page import page_of, render_index, render_rule
    from arclogs.views.words import amount

    rules = load_rules(rule_dirs, user_cache())
    by_id = {r.id: r for r in rules.rules}
    chosen = [rule_named(rules, rule_id)] if rule_id else list(rules.rules)
    if rule_id and output is None:
        write_stdout(render_rule(chosen[0], by_id, rules.known_issues))
        return
    folder = output or Path("rule-docs")
    pages = {page_of(r): render_rule(r, by_id, rules.known_issues) for r in chosen}
    if rule_id is None:
        pages["index.md"] = render_index(chosen) + "\n[Known issues by version](known-issues.md)\n"
        pages["known-issues.md"] = render_known_issues(rules.known_issues, by_id)
    for name, text in sorted(pages.items()):
        write_shared(folder / name, text)
    say(f"{amount(len(pages), 'page')} written to {folder}")
