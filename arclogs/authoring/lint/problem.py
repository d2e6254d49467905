"""What a check is given and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from arclogs.authoring.variables import Variables
    from arclogs.errors import RuleError
    from arclogs.rules.files.source import KeyPath, RuleSource
    from arclogs.rules.language.schema import Rule


class Severity(StrEnum):
    """How bad a problem is: an error must be mended before the rule is used."""

    ERROR = "error"
    WARNING = "warning"


class Fault(Struct, frozen=True):
    """What a check found, by the key in the rule file."""

    at: KeyPath
    message: str
    mend: str
    """What to do about it, as an imperative clause."""


class Problem(Struct, frozen=True, order=True):
    """What is wrong with a rule file, and where."""

    path: Path
    line: int
    column: int
    check: str
    severity: Severity
    message: str
    mend: str = ""

    def __str__(self) -> str:
        mend = f"; {self.mend}" if self.mend else ""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.check}]: {self.message}{mend}"


class Subject(Struct, frozen=True):
    """A valid rule, its file, and the rules beside which it will run."""

    rule: Rule
    source: RuleSource
    rules: Mapping[str, Rule]
    variables: Variables
    downstream: frozenset[str]
    """Variables that rules which refer to this one read."""
    fixtures: tuple[Path, ...]
    """Folders in which its tests find shared bundles."""


class Check(Struct, frozen=True):
    """One thing that is checked, under a name that stays."""

    name: str
    severity: Severity
    find: Finder
    """Its docstring says what is wrong with what it finds."""

    def run(self, subject: Subject) -> Iterable[Problem]:
        """Return the problems of one rule."""
        for fault in self.find(subject):
            line, column = subject.source.position(fault.at)
            yield Problem(
                subject.source.path,
                line,
                column,
                self.name,
                self.severity,
                fault.message,
                fault.mend,
            )


Finder: TypeAlias = Callable[[Subject], Iterable[Fault]]


def from_error(error: RuleError, check: str, mend: str = "") -> Problem:
    """Return a file that could not be loaded as a problem."""
    path, line, column = _split(error.place)
    message = str(error).removeprefix(f"{error.place}: ")
    return Problem(Path(path), line, column, check, Severity.ERROR, message, mend)


def _split(place: str) -> tuple[str, int, int]:
    path, _, rest = place.rpartition(":")
    head, _, line = path.rpartition(":")
    if head and line.isdecimal() and rest.isdecimal():
        return head, int(line), int(rest)
    return place, 1, 1
