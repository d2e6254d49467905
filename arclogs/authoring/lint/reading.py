"""Reading rule files for the linter: every fault of every file, and the rules that are valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import ValidationError

from arclogs.authoring.lint.problem import Problem, Severity, from_error
from arclogs.errors import RuleError, UsageError
from arclogs.rules.files.faults import faults
from arclogs.rules.files.known_issues import FILE as KNOWN_ISSUES
from arclogs.rules.files.known_issues import read_known_issues
from arclogs.rules.files.load import rule_files
from arclogs.rules.files.manifest import read_pack
from arclogs.rules.files.source import RuleSource, read_source
from arclogs.rules.language.forms import PROVEN
from arclogs.rules.language.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path


class Read(Struct):
    """What a number of files and folders hold."""

    files: int = 0
    rules: dict[str, tuple[RuleSource, Rule]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)


def read_rules(paths: Sequence[Path], *, proven: bool = False) -> Read:
    """Read rule files, and all below folders; raise UsageError for a path that is not there.

    `proven` takes their patterns as they are: they are not the ones to be checked.
    """
    found = Read()
    for path in paths:
        if path.is_dir():
            found.problems += _manifest_problems(path)
            found.folders.append(path)
        for file in _files(path):
            found.files += 1
            _take(file, found, proven=proven)
    return found


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return rule_files(path)
    if not path.is_file():
        raise UsageError(f"there is no rule file or folder {path}")
    return [path]


def _manifest_problems(folder: Path) -> Iterator[Problem]:
    try:
        read_pack(folder)
    except RuleError as error:
        yield from_error(error, "manifest", "correct pack.yaml")


def known_issue_problems(folder: Path, rules: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with the known issues of a folder; `rules` are the ids that exist."""
    try:
        read_known_issues(folder, rules)
    except RuleError as error:
        yield from_error(error, "known-issues", f"correct {KNOWN_ISSUES}")


def _take(path: Path, found: Read, *, proven: bool) -> None:
    try:
        source = read_source(path)
    except RuleError as error:
        found.problems.append(from_error(error, "syntax"))
        return
    if not isinstance(source.data, dict):
        said = RuleError("a rule file is a mapping that begins with 'id:'", source.place(()))
        found.problems.append(from_error(said, "schema"))
        return
    try:
        rule = Rule.model_validate(source.data, context={PROVEN: proven})
    except ValidationError as error:
        found.problems += [from_error(fault, "schema") for fault in faults(source, error)]
        return
    rule = replace(rule, path=path)
    found.problems += _identity_problems(source, rule, found)
    found.rules.setdefault(rule.id, (source, rule))


def _identity_problems(source: RuleSource, rule: Rule, found: Read) -> Iterator[Problem]:
    line, column = source.position(("id",))
    if source.path.stem != rule.id:
        said = f"the file is named {source.path.stem}, the rule {rule.id}"
        mend = f"rename the file to {rule.id}.yaml"
        yield Problem(source.path, line, column, "file-name", Severity.ERROR, said, mend)
    if rule.id in found.rules:
        said = f"the id {rule.id} is also that of {found.rules[rule.id][0].path}"
        mend = "give one of them another id"
        yield Problem(source.path, line, column, "duplicate-id", Severity.ERROR, said, mend)
