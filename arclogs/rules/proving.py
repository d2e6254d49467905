"""A rule's own tests: build each test's bundle in memory, judge it, say what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.bundle.member import Member
from arclogs.case.case import build_case
from arclogs.case.gather import gather
from arclogs.rules.findings.report import findings_of
from arclogs.rules.judging.engine import judge
from arclogs.rules.watch import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from arclogs.case.case import Case
    from arclogs.model.record import Record
    from arclogs.model.report import Finding
    from arclogs.rules.files.load import RuleSet
    from arclogs.rules.judging.engine import Verdict
    from arclogs.rules.language.schema import Case as RuleTest
    from arclogs.rules.language.schema import Rule


class Proven(Struct, frozen=True):
    """What came of one test: the faults are empty where it passed."""

    rule: str
    test: str
    faults: tuple[str, ...]
    tree: str = ""
    """For a failed test: what each signal of the best outcome came to."""


def prove(rule: Rule, rules: RuleSet, fixtures: Path) -> list[Proven]:
    """Run all tests of a rule; `fixtures` holds the shared bundles that tests name as `base`."""
    return [_prove(rule, test, rules, fixtures) for test in rule.tests]


def _prove(rule: Rule, test: RuleTest, rules: RuleSet, fixtures: Path) -> Proven:
    try:
        files = bundle_of(rule, test, fixtures)
    except ValueError as error:
        return Proven(rule.id, test.name, (str(error),))
    faults = tuple(faults_of(rule, test, judge_files(files, rules)))
    if not faults:
        return Proven(rule.id, test.name, ())
    return Proven(rule.id, test.name, faults, _tree(rule, investigate_files(files, rules)[1]))


def bundle_of(rule: Rule, test: RuleTest, fixtures: Path) -> dict[str, str]:
    """Return the files of a test's bundle; raise ValueError for a test that cannot be built."""
    files: dict[str, str] = {}
    if test.twin_of:
        other = next((t for t in rule.tests if t.name == test.twin_of), None)
        if other is None or other.name == test.name:
            raise ValueError(f"twin_of names no other test: {test.twin_of!r}")
        files |= bundle_of(rule, other, fixtures)
    for base in test.base:
        folder = fixtures / base
        if not folder.is_dir():
            raise ValueError(f"there is no fixture folder {base!r}")
        files |= {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    files |= test.files
    for change in test.change:
        if change.replace not in files.get(change.file, ""):
            raise ValueError(f"{change.file} does not hold {change.replace!r}")
        files[change.file] = files[change.file].replace(change.replace, change.with_)
    for gone in test.without:
        if files.pop(gone, None) is None:
            raise ValueError(f"there is no file {gone!r} to leave out")
    return files


def investigate_files(
    files: dict[str, str],
    rules: RuleSet,
    on_records: Callable[[Sequence[Record]], None] | None = None,
    *,
    thorough: bool = True,
) -> tuple[Case, Verdict]:
    """Return the case that texts make as the members of a bundle, and the verdict on it."""
    members = [
        Member(name, None, None, iter([text.encode()])) for name, text in sorted(files.items())
    ]
    case = build_case(gather(members, watch(rules, on_records)).evidence)
    return case, judge(rules, case, thorough=thorough)


def judge_files(files: dict[str, str], rules: RuleSet) -> Verdict:
    """Judge a bundle that is given as texts, as `analyze` does: without why rules did not fire."""
    return investigate_files(files, rules, thorough=False)[1]


def faults_of(rule: Rule, test: RuleTest, verdict: Verdict) -> list[str]:
    """Return in what the verdict on a test's bundle differs from what the test expects."""
    found = next((f for f in findings_of(verdict) if f.rule == rule.id), None)
    expect = test.expect
    if not expect.fires:
        return [f"it fires as {found.confidence}"] if found else []
    if found is None:
        return ["it does not fire"]
    faults = []
    if expect.confidence and found.confidence != expect.confidence:
        faults.append(f"it is {found.confidence}, not {expect.confidence}")
    faults += _missing_captures(found, expect.captures)
    cited = "\n".join(e.text for e in found.evidence)
    faults += [
        f"the evidence does not hold {text!r}" for text in expect.evidence if text not in cited
    ]
    return faults


def _missing_captures(found: Finding, wanted: dict[str, str]) -> list[str]:
    names = {"ns": "namespace", "sa": "service_account"}
    return [
        f"{name} is {found.entities.get(names.get(name, name))!r}, not {value!r}"
        for name, value in wanted.items()
        if found.entities.get(names.get(name, name)) != value
    ]


def _tree(rule: Rule, verdict: Verdict) -> str:
    """Say of each signal of the best outcome what it came to."""
    outcomes = verdict.outcomes[rule.id]
    if not outcomes:
        return "the rule does not apply to this environment"
    best = max(outcomes, key=lambda o: len(o.held))
    return "; ".join(
        f"{name} {result.truth.value}{': ' + result.why if result.why else ''}"
        for name, result in best.results.items()
    )
