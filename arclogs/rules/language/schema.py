"""The rule file: what it states, and what that must be together. Validation, JSON Schema, the formatter
and rule pages come from it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import field

from arclogs.model.report import Collect, Confidence, Kind, Reference, Severity, Step
from arclogs.rules.language.signals import EventSignal, LogSignal, RuleSignal, Strict
from arclogs.rules.language.template import FUNCTIONS, functions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import Field  # noqa: TC004 - validation finds it in arclogs.rules.language.forms

    from arclogs.rules.language.forms import AnySignal, FolderNames, Names, Part, Rung  # noqa: TC004

Frequency = Literal["common", "occasional", "rare"]
FREQUENCIES: tuple[Frequency, ...] = ("common", "occasional", "rare")
Area = Literal[
    "rbac", "hook", "policy", "network", "registry", "storage", "scheduling", "runner", "job",
    "controller", "listener", "github", "helm", "config", "node", "legacy",
]  # fmt: skip


class Condition(Strict, frozen=True, kw_only=True):
    """Which signals must have come to what. A plain name or list is short for `all`."""

    all: list[Part] = field(default_factory=list)
    """Every one held."""
    any: list[Part] = field(default_factory=list)
    """At least one held."""
    none: list[Part] = field(default_factory=list)
    """Every one is known not to hold."""
    unless: list[Part] = field(default_factory=list)
    """None was seen to hold; not collected is good enough."""
    unknown: list[Part] = field(default_factory=list)
    """Every one could not be told from what was collected."""

    def names(self) -> frozenset[str]:
        """Return every signal name in the condition."""
        names: set[str] = set()
        for part in (*self.all, *self.any, *self.none, *self.unless, *self.unknown):
            names |= {part} if isinstance(part, str) else part.names()
        return frozenset(names)


class Ladder(Strict, frozen=True, kw_only=True):
    """The first rung that holds is how sure we are."""

    confirmed: Rung | None = None
    likely: Rung | None = None
    possible: Rung | None = None

    def rungs(self) -> list[tuple[Confidence, Condition]]:
        """Return the stated rungs, the surest first."""
        stated: list[tuple[Confidence, Condition | None]] = [
            ("confirmed", self.confirmed), ("likely", self.likely), ("possible", self.possible),
        ]  # fmt: skip
        return [(name, rung) for name, rung in stated if rung is not None]


class Change(Strict, frozen=True, kw_only=True):
    """One edit that makes a near twin of a bundle."""

    file: str
    replace: str
    with_: str = field(name="with")


class Expect(Strict, frozen=True, kw_only=True):
    """What a rule must do on a test's bundle."""

    fires: bool = True
    confidence: Confidence | None = None
    captures: dict[str, str] = field(default_factory=dict)
    evidence: Names = field(default_factory=list)
    """Text that the cited evidence must hold."""


class Case(Strict, frozen=True, kw_only=True):
    """A bundle and what the rule must make of it.

    `base` names folders of the pack's `fixtures/`; `files` adds or replaces files; `twin_of` starts from
    another test's bundle; `without` and `change` then take one fact away or alter it.
    """

    name: str
    base: FolderNames = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    twin_of: str | None = None
    without: Names = field(default_factory=list)
    change: list[Change] = field(default_factory=list)
    expect: Expect = field(default_factory=Expect)


class Rule(Strict, frozen=True, kw_only=True):
    """One rule file."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
    kind: Kind
    title: str
    """What is wrong, as a statement of at most ten words."""
    area: Area
    severity: Severity
    frequency: Frequency = "occasional"
    frequency_behind: dict[str, Frequency] = field(default_factory=dict)
    """symptom: how often this cause is behind it, where that differs from 'frequency'."""
    parent: str | None = None
    """The broader cause that is the answer where this one is not proven."""
    applies_to: dict[str, Names] = field(default_factory=dict)
    """fact: allowed values. Another value silences the rule, an unknown one lowers confidence."""
    explains: Names = field(default_factory=list)
    """Symptoms that this cause produces."""
    signals: Annotated[dict[str, AnySignal], Field(min_length=1)]
    let: dict[str, str] = field(default_factory=dict)
    """variable: text with ${{ other variables }}; bound as soon as all of them are."""
    confidence: Ladder
    refuted_by: Names = field(default_factory=list)
    context: Names = field(default_factory=list)
    """Signals that decide nothing: what they see is shown beside the answer."""
    fold_by: Names = field(default_factory=lambda: ["ns"])
    """Variables that tell one occurrence from another; the rest is counted."""
    explain: str = ""
    """What happened and why; ${{ variable }} is filled in."""
    impact: str = ""
    fix: list[Step] = field(default_factory=list)
    verify: list[Step] = field(default_factory=list)
    collect: list[Collect] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    tests: list[Case] = field(default_factory=list)

    path: Path = Path()
    """The file the rule was read from."""
    shipped: bool = False
    """Whether the rule came with arclogs, whose own tests have proven its patterns."""

    unstated: ClassVar[frozenset[str]] = frozenset({"path", "shipped"})

    def check(self) -> None:
        """Raise ValueError for what does not fit together."""
        if not self.confidence.rungs():
            raise ValueError("confidence needs at least one rung: confirmed, likely or possible")
        named = {*self.refuted_by, *self.context}
        for _, rung in self.confidence.rungs():
            named |= rung.names()
        for signal in self.signals.values():
            named |= set(getattr(signal, "sequence", ()))
            near = getattr(signal, "near", None)
            named |= {near.signal} if near else set()
        for missing in sorted(named - set(self.signals)):
            raise ValueError(
                f"no signal is called {missing!r}; there are {', '.join(self.signals)}"
            )
        texts = [self.explain, self.impact, *self.let.values()]
        texts += [t for s in (*self.fix, *self.verify) for t in (s.title, s.command or "")]
        texts += [t for c in self.collect for t in (c.why, c.command)]
        for unknown in sorted({f for t in texts for f in functions(t)} - FUNCTIONS.keys()):
            raise ValueError(f"no function is called {unknown!r}, one of {', '.join(FUNCTIONS)}")
        if self.kind == "cause" and not self.explain.strip():
            raise ValueError("a cause needs 'explain'")

    def frequency_for(self, symptoms: Iterable[str]) -> Frequency:
        """Return how often this cause is behind the symptoms that were seen."""
        stated = [self.frequency_behind[s] for s in symptoms if s in self.frequency_behind]
        return min(stated, key=FREQUENCIES.index, default=self.frequency)

    def patterns(self) -> Iterator[str]:
        """Yield the patterns by which lines and events are found."""
        for signal in self.signals.values():
            if isinstance(signal, LogSignal) and signal.match and not signal.contains:
                yield signal.match
            elif isinstance(signal, EventSignal) and signal.event.message:
                yield signal.event.message

    def rules_used(self) -> frozenset[str]:
        """Return the ids of the rules that signals refer to."""
        return frozenset(
            r for s in self.signals.values() if isinstance(s, RuleSignal) for r in s.rule
        )
