"""What a signal may state: the conditions of the rule language. `forms` checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from msgspec import field

from arclogs.case.objects.paths import parse_path
from arclogs.lazy_regex import lazy_compile
from arclogs.model.frozen import Frozen
from arclogs.model.record import Source
from arclogs.rules.language.bindings import variable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import Field  # noqa: TC004 - validation finds it in arclogs.rules.language.forms

    from arclogs.rules.language.forms import CheckedWhere, Duration, Names, Pattern, Sources  # noqa: TC004

MODIFIERS = (
    "neq", "in", "not_in", "contains", "startswith", "endswith", "matches", "exists", "before",
    "after", "soon_after", "gt", "lt", "grants", "not_grants",
)  # fmt: skip
NAMED_GROUP = lazy_compile(r"\(\?P?<([a-z_][a-z0-9_]*)>")

Scalar: TypeAlias = str | int | float | bool
Where: TypeAlias = dict[str, Scalar | list[Scalar]]


class Strict(Frozen, frozen=True, kw_only=True):
    """Base of everything in a rule file: immutable, unknown keys are errors."""

    @classmethod
    def named_for_mypy(cls) -> Mapping[str, Any]:
        """Return the forms of values, which pydantic checks."""
        from arclogs.rules.language import forms

        return vars(forms)


class Near(Strict, frozen=True, kw_only=True):
    """A window of time around another signal, which stands before this one."""

    signal: str
    before: Duration = "0s"
    after: Duration = "0s"
    of: Literal["any", "first", "last"] = "any"
    """Which of its matches the window lies around, where it was seen several times; any: it reaches
    from before the first to after the last."""


class Count(Strict, frozen=True, kw_only=True):
    """How often a line or event must be seen, for the same namespace and pod."""

    at_least: Annotated[int, Field(ge=2)]
    within: Duration | None = None
    """All of them inside this time."""
    by: Names = field(default_factory=list)
    """Variables whose values are counted apart, as well as namespace and pod."""


class Signal(Strict, frozen=True, kw_only=True):
    """Base of the five kinds of signal."""

    says: str = ""
    """What it means when the signal holds, as a statement: 'the account was created after the pod
    started'."""


class LogSignal(Signal, frozen=True, kw_only=True):
    """A line of a log. Text of unknown origin matches too: tickets hold bare fragments."""

    log: Annotated[Sources, Field(min_length=1)]
    """Programs that may have written it."""
    match: Pattern | None = None
    """Regular expression; named groups become variables."""
    contains: str | None = None
    """Plain text that the message holds."""
    unless: Pattern | None = None
    """A match is dropped where this fits too."""
    where: CheckedWhere = field(default_factory=dict)
    """Fields of the record (keys of a structured line such as 'reason' or 'failed', and pod,
    container, step, hook_command …), with the modifiers of objects. Compared with a literal or with
    a $variable that the same line captures."""
    capture: dict[str, str] = field(default_factory=dict)
    """variable: field of the record, to be used as $variable."""
    level: Literal["warning", "error"] | None = None
    """The least level that the program itself gave the record."""
    printed: bool | None = None
    """Whether the output of a user's own command in a step counts. It does not where the hook is
    among the programs (but not dockerd): then the hook's own words are wanted."""
    elsewhere: bool = False
    """The line is about another object, such as a listener in the controller's namespace: namespace
    and pod need not be those of the other signals."""
    near: Near | None = None
    count: Count | None = None

    @property
    def takes_prints(self) -> bool:
        """Tell whether what a user's command prints may match."""
        if self.printed is not None:
            return self.printed
        return Source.HOOK not in self.log or Source.DIND in self.log

    def check(self) -> None:
        """Raise ValueError for what does not fit together."""
        if not self.match and not self.contains:
            raise ValueError("a log signal needs 'match' or 'contains'")
        own = {*self.capture, *NAMED_GROUP.findall(self.match or "")}
        for wanted in self.where.values():
            for value in wanted if isinstance(wanted, list) else [wanted]:
                if (name := variable(value)) and name not in own:
                    raise ValueError(
                        f"where compares with what the line itself captures, and it captures no ${name}"
                    )


class EventPattern(Strict, frozen=True, kw_only=True):
    """What an event must look like."""

    type: Literal["Normal", "Warning"] | None = None
    reason: Names | None = None
    message: Pattern | None = None
    """Regular expression over the message."""
    kind: str | None = None
    """Kind of the involved object."""


class EventSignal(Signal, frozen=True, kw_only=True):
    """A Kubernetes event."""

    event: EventPattern
    where: CheckedWhere = field(default_factory=dict)
    """namespace, name and kind of the involved object, with the modifiers of objects."""
    near: Near | None = None
    count: Count | None = None


class ObjectSignal(Signal, frozen=True, kw_only=True):
    """The state of a Kubernetes object."""

    object: str
    """Kind, as in the API: ServiceAccount, Pod …"""
    state: Literal["live", "declared"] = "live"
    where: CheckedWhere = field(default_factory=dict)
    """'path' or 'path|modifier' to a value or $variable."""
    exists: bool = True
    """false: holds where no such object exists and the bundle proves that it was looked for."""
    capture: dict[str, str] = field(default_factory=dict)
    """variable: field path"""
    cite: dict[str, str] = field(default_factory=dict)
    """Field path: what its line shows, as evidence."""

    def check(self) -> None:
        """Raise ValueError for what does not fit together."""
        for path in (*self.capture.values(), *self.cite):
            parse_path(path)


class RuleSignal(Signal, frozen=True, kw_only=True):
    """Another rule fired; its variables are bound here too."""

    rule: Names


class SequenceSignal(Signal, frozen=True, kw_only=True):
    """Signals that stand before it held in this order of time."""

    sequence: Annotated[list[str], Field(min_length=2)]
    within: Duration | None = None
    """From the first to the last."""


class FactSignal(Signal, frozen=True, kw_only=True):
    """A fact of the environment (`runner_version`, `container_mode` …)."""

    fact: str
    equals: Names | None = None
    below: str | None = None
    """A version: the fact is older than it."""
    from_: str | None = field(default=None, name="from")
    """A version: the fact is it or newer."""


AnySignal: TypeAlias = (
    LogSignal | EventSignal | ObjectSignal | RuleSignal | FactSignal | SequenceSignal
)
