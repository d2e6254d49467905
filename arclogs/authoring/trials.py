"""Running the tests that stand in rule files, and what a failing one came to signal by signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.authoring.nearest import NearestLines
from arclogs.authoring.trace import trace_rule
from arclogs.rules.files.pack import folder_of, pack_directory
from arclogs.rules.proving import bundle_of, faults_of, investigate_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from arclogs.authoring.trace import Trace
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.language.schema import Case as RuleTest
    from arclogs.rules.language.schema import Rule


class Trial(Struct, frozen=True):
    """One test that was run."""

    rule: Rule
    test: str
    faults: tuple[str, ...]
    """Empty where it passed."""
    trace: Trace | None = None
    """Of a failed test whose bundle could be built."""


def run_tests(
    chosen: Sequence[Rule], rules: RuleSet, rule_dirs: Sequence[Path] = ()
) -> Iterator[Trial]:
    """Run the tests of the chosen rules, each against all rules.

    A `base` is looked for in `fixtures/` of the folder that the rule came from, then in that of the
    shipped pack.
    """
    for rule in chosen:
        folders = fixture_folders(rule, rule_dirs)
        ready = rule.model_copy(update={"tests": [_with_base(t, folders) for t in rule.tests]})
        for test in ready.tests:
            yield _run(ready, test, rules)


def fixture_folders(rule: Rule, rule_dirs: Sequence[Path]) -> list[Path]:
    """Return the folders in which a rule's tests find their shared bundles, the nearest first."""
    own = [folder_of(d) / "fixtures" for d in rule_dirs if rule.path.is_relative_to(d)]
    return [*own, pack_directory() / "fixtures"]


def _with_base(test: RuleTest, folders: Sequence[Path]) -> RuleTest:
    """Put the files of shared bundles into the test; one that is not there stays to be reported."""
    files: dict[str, str] = {}
    missing = []
    for base in test.base:
        folder = next((f / base for f in folders if (f / base).is_dir()), None)
        if folder is None:
            missing.append(base)
            continue
        files |= {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return test.model_copy(update={"base": missing, "files": {**files, **test.files}})


def _run(rule: Rule, test: RuleTest, rules: RuleSet) -> Trial:
    try:
        files = bundle_of(rule, test, pack_directory() / "fixtures")
    except ValueError as error:
        return Trial(rule, test.name, (str(error),))
    nearest = NearestLines(rule.signals)
    case, verdict = investigate_files(files, rules, nearest.observe, thorough=False)
    faults = tuple(faults_of(rule, test, verdict))
    trace = trace_rule(rule, rules, case, verdict, nearest) if faults else None
    return Trial(rule, test.name, faults, trace)
