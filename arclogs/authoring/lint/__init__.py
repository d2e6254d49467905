"""The linter of rules: what is wrong or missing, where, and what to do about it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.authoring.lint.checks import CHECKS
from arclogs.authoring.lint.problem import Problem, Severity, Subject
from arclogs.authoring.lint.reading import known_issue_problems, read_rules
from arclogs.authoring.variables import variables_of
from arclogs.cache import NO_CACHE, Cache
from arclogs.errors import RuleError
from arclogs.rules.files.load import load_rules
from arclogs.rules.files.pack import folder_of, pack_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from arclogs.authoring.lint.reading import Read
    from arclogs.rules.language.schema import Rule

__all__ = ["CHECKS", "Linted", "Problem", "Severity", "lint"]


class Linted(Struct, frozen=True):
    """What was checked and what was found, by place."""

    files: int
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of problems of a severity."""
        return sum(p.severity is severity for p in self.problems)


def lint(
    paths: Sequence[Path] = (),
    rule_dirs: Sequence[Path] = (),
    pack: Path | None = None,
    kept: Cache = NO_CACHE,
) -> Linted:
    """Check rule files: the given ones, else those of the further folders, else the shipped pack.

    All rules of pack and folders are known to the checks. Raise UsageError for what is not there.
    """
    pack = pack or pack_directory()
    checked = list(paths) or list(rule_dirs) or [pack]
    target = read_rules(checked)
    shipped = _known(pack, kept) if pack not in checked else {}
    beside = read_rules([d for d in rule_dirs if d not in checked])
    read = {**beside.rules, **target.rules}
    rules = {**shipped, **{name: rule for name, (_, rule) in read.items()}}
    folders = [*map(folder_of, checked), *map(folder_of, rule_dirs), pack]
    fixtures = tuple(dict.fromkeys(folder / "fixtures" for folder in folders))
    problems = [*target.problems, *_problems(target, rules, fixtures)]
    problems += [p for folder in target.folders for p in known_issue_problems(folder, rules)]
    return Linted(target.files, tuple(sorted(problems)))


def _known(pack: Path, kept: Cache) -> dict[str, Rule]:
    """Return the rules of a pack that is not checked: kept ones, where they are all valid."""
    if pack == pack_directory():
        with contextlib.suppress(RuleError):
            return {rule.id: rule for rule in load_rules((), kept).rules}
    return {name: rule for name, (_, rule) in read_rules([pack], proven=True).rules.items()}


def _problems(
    target: Read, rules: Mapping[str, Rule], fixtures: tuple[Path, ...]
) -> Iterator[Problem]:
    variables = {name: variables_of(rule, rules) for name, rule in rules.items()}
    downstream: dict[str, set[str]] = {}
    for name, rule in rules.items():
        for used in _all_used(rule, rules):
            downstream.setdefault(used, set()).update(variables[name].used(), rule.fold_by)
    for name, (source, rule) in target.rules.items():
        subject = Subject(
            rule, source, rules, variables[name], frozenset(downstream.get(name, ())), fixtures
        )
        for check in CHECKS:
            yield from check.run(subject)


def _all_used(rule: Rule, rules: Mapping[str, Rule]) -> set[str]:
    """Return the rules that one uses as signals, directly or through others."""
    seen: set[str] = set()
    waiting = set(rule.rules_used())
    while waiting:
        name = waiting.pop()
        if name not in seen and name in rules:
            seen.add(name)
            waiting |= rules[name].rules_used()
    return seen
