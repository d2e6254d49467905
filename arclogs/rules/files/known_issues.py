"""Bugs of released versions: `known-issues.yaml` beside the rules. A pack may do without them.

A bug is told with a finding of a rule that shows its symptom, where the bundle shows an affected
version or none at all. Where only the version fits it is a note beside the versions, never a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from msgspec import field

from arclogs.errors import RuleError
from arclogs.lazy_regex import lazy_compile
from arclogs.model.report import Component, KnownIssue, Reference
from arclogs.rules.files.faults import faults
from arclogs.rules.files.source import RuleSource, parse_source, read_text
from arclogs.rules.language.signals import Strict
from arclogs.rules.language.versions import version_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from pydantic import Field  # noqa: TC004 - validation finds it in arclogs.rules.language.forms

    from arclogs.case.facts import Facts
    from arclogs.model.observation import Statement
    from arclogs.model.report import Finding
    from arclogs.rules.files.kept import KeptFiles
    from arclogs.rules.language.forms import Names  # noqa: TC004

FILE: Final = "known-issues.yaml"
_VERSION: Final = r"^\d+(\.\d+){1,2}$"
_STATED: Final = lazy_compile(r'"version": ?"(\d+(?:\.\d+){1,2})"')
"""How each line of ARC's controller states its version."""
_SINCE: Final = (('failed(status="', "0.14.0"), (" error: StatusCode ", "0.9.1"))
"""How ARC's clients word an error, and since which version."""
_FACTS: Final[dict[Component, tuple[str, ...]]] = {
    "arc": ("controller_version", "chart_version"),
    "chart": ("chart_version",),
    "runner": ("runner_version",),
    "hook": ("hook_version",),
    "kubernetes": ("kubernetes_version",),
}
"""Where a component's version stands; a later fact counts where the bundle has none of the earlier."""


class Affected(Strict, frozen=True, kw_only=True):
    """The versions that have a bug, both ends included."""

    from_: Annotated[str | None, Field(pattern=_VERSION)] = field(default=None, name="from")
    to: Annotated[str, Field(pattern=_VERSION)]
    """The last version that is known to have it."""


class KnownBug(Strict, frozen=True, kw_only=True):
    """An entry of `known-issues.yaml`."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
    title: Annotated[str, Field(min_length=1)]
    """What the program does wrong, as a statement."""
    component: Component
    affected: Affected
    fixed: Annotated[str | None, Field(pattern=_VERSION)] = None
    applies_to: dict[str, Names] = field(default_factory=dict)
    """fact: values without which the bug does not show."""
    rules: Annotated[Names, Field(min_length=1)]
    """Whose finding shows that the bug has struck."""
    references: Annotated[list[Reference], Field(min_length=1)]

    def check(self) -> None:
        """Raise ValueError for versions that are out of order."""
        ends = [self.affected.from_ or "0.0", self.affected.to]
        if version_key(ends[0]) > version_key(ends[1]):
            raise ValueError(f"affected.from {ends[0]} is newer than affected.to {ends[1]}")
        if self.fixed and version_key(self.fixed) <= version_key(ends[1]):
            raise ValueError(f"fixed {self.fixed} is not newer than affected.to {ends[1]}")

    def over(self, version: str) -> bool:
        """Tell whether neither this version nor any newer one has the bug."""
        key = version_key(version)
        return key >= version_key(self.fixed) if self.fixed else key > version_key(self.affected.to)

    def has(self, version: str) -> bool:
        """Tell whether a version has the bug. What lies between `to` and `fixed` has it, too."""
        key, first = version_key(version), self.affected.from_
        if first and key < version_key(first):
            return False
        return key < version_key(self.fixed) if self.fixed else key <= version_key(self.affected.to)


def read_known_issues(
    folder: Path,
    rules: Collection[str],
    feed: Callable[[bytes], object] = bytes,
    kept: KeptFiles | None = None,
) -> list[KnownBug]:
    """Return the bugs that a folder lists, or none; hand the file's bytes to `feed`.

    `rules` are the ids that exist. Raise RuleError with the place of the first fault.
    """
    path = folder / FILE
    if not path.is_file():
        return []
    text = read_text(path)
    bugs = kept.get(text, lambda: _read(parse_source(text, path), rules))[0] if kept else None
    if not isinstance(bugs, list) or not all(r in rules for bug in bugs for r in bug.rules):
        bugs = _read(parse_source(text, path), rules)
    feed(text.encode())
    return bugs


def _read(source: RuleSource, rules: Collection[str]) -> list[KnownBug]:
    from pydantic import TypeAdapter, ValidationError

    try:
        bugs = TypeAdapter(list[KnownBug]).validate_python(source.data)
    except ValidationError as error:
        raise next(faults(source, error, KnownBug)) from error
    told: set[str] = set()
    for number, bug in enumerate(bugs):
        if bug.id in told:
            raise RuleError(f"the id {bug.id} stands here twice", source.place((number, "id")))
        told.add(bug.id)
        for unknown in sorted(set(bug.rules) - set(rules)):
            raise RuleError(f"there is no rule {unknown!r}", source.place((number, "rules")))
    return bugs


def place_known_issues(
    bugs: Sequence[KnownBug], findings: Iterable[Finding], facts: Facts
) -> tuple[tuple[Finding, ...], tuple[KnownIssue, ...]]:
    """Return the findings with the bugs that they show, and the bugs of which only the version fits."""
    possible = [(bug, stated) for bug in bugs for stated in _versions(bug, facts)]
    shown: set[str] = set()
    placed: list[Finding] = []
    for finding in findings:
        here = tuple(_told(bug, s) for bug, s in possible if _strikes(bug, finding))
        shown |= {issue.id for issue in here}
        placed.append(finding.model_copy(update={"known_issues": here}) if here else finding)
    rest = (_told(bug, s) for bug, s in possible if s is not None and bug.id not in shown)
    return tuple(placed), tuple(rest)


def _strikes(bug: KnownBug, finding: Finding) -> bool:
    """Tell whether a finding shows a bug: not where its lines are those of a version without it."""
    if finding.rule not in bug.rules:
        return False
    lines = [item.text for item in finding.evidence] if bug.component == "arc" else []
    if any(bug.over(since) for form, since in _SINCE for line in lines if form in line):
        return False
    stated = [version for line in lines for version in _STATED.findall(line)]
    return not stated or any(map(bug.has, stated))


def _versions(bug: KnownBug, facts: Facts) -> list[Statement | None]:
    """Return an affected version, None where the version is unknown, nothing where none is affected."""
    for fact, allowed in bug.applies_to.items():
        known = facts.all(fact)
        if known and not set(known) & set(allowed):
            return []
    for name in _FACTS[bug.component]:
        stated = facts.values.get(name, ())
        if stated:
            affected = next((s for s in stated if bug.has(s.value)), None)
            return [affected] if affected else []
    return [None]


def _told(bug: KnownBug, stated: Statement | None) -> KnownIssue:
    return KnownIssue(
        id=bug.id,
        title=bug.title,
        component=bug.component,
        affected_from=bug.affected.from_,
        affected_to=bug.affected.to,
        fixed=bug.fixed,
        version=stated.value if stated else None,
        member=stated.location.member if stated else None,
        line=stated.location.line if stated else 0,
        rules=tuple(bug.rules),
        references=tuple(bug.references),
    )
