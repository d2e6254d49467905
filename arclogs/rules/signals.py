"""What a signal may state: the conditions of the rule language, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import regex
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    model_validator,
)

from arclogs.case.paths import parse_path
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Source
from arclogs.rules.bindings import variable
from arclogs.rules.literals import written_out

MODIFIERS = (
    "neq", "in", "not_in", "contains", "startswith", "endswith", "matches", "exists", "before",
    "after", "gt", "lt", "grants", "not_grants",
)  # fmt: skip
MAX_PATTERN = 2000
MAX_GROUPS = 200
MAX_WRITTEN_OUT = 50_000
NAMED_GROUP = lazy_compile(r"\(\?P?<([a-z_][a-z0-9_]*)>")
PROVEN = "proven"
"""Key of the validation context: true where the patterns were compiled before, in the pack's tests."""


Scalar: TypeAlias = str | int | float | bool
Where: TypeAlias = dict[str, Scalar | list[Scalar]]


class Strict(BaseModel):
    """Base of everything in a rule file: immutable, unknown keys are errors.

    Its validators are built when a file is first validated: a run whose rules are all kept needs none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def as_list(value: Any) -> Any:
    """Let an author write one item without brackets."""
    return [value] if isinstance(value, str) else value


def check_pattern(pattern: str, info: ValidationInfo) -> str:
    """Compile a pattern once, so that a bad one is an error of the rule file.

    Patterns of the shipped pack are proven by its tests: compiling each of them at every start would
    take longer than reading a small bundle.
    """
    if len(pattern) > MAX_PATTERN:
        raise ValueError(f"the pattern is longer than {MAX_PATTERN} characters; split it")
    if not (info.context and info.context.get(PROVEN)):
        refuse_bad_pattern(pattern)
    return pattern


def refuse_bad_pattern(pattern: str) -> None:
    """Raise ValueError for a pattern that does not compile, takes too much to, or matches everything."""
    if pattern.count("(") > MAX_GROUPS:
        raise ValueError(f"the pattern has more than {MAX_GROUPS} groups; split it")
    if written_out(pattern) > MAX_WRITTEN_OUT:
        raise ValueError("the counted repeats of the pattern multiply to too many; use + or *")
    try:
        compiled = regex.compile(pattern, regex.MULTILINE)
        empty = compiled.search("", timeout=1.0)
    except regex.error as error:
        raise ValueError(f"not a valid pattern: {error}") from error
    except TimeoutError as error:
        raise ValueError("the pattern takes over a second on empty text") from error
    if empty is not None:
        raise ValueError("the pattern matches empty text, so it matches everything")


def check_where(where: Where, info: ValidationInfo) -> Where:
    """Check field paths, modifiers and patterns of a `where`."""
    for key, wanted in where.items():
        path, _, modifier = key.partition("|")
        if modifier and modifier not in MODIFIERS:
            import difflib

            close = difflib.get_close_matches(modifier, MODIFIERS, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise ValueError(f"unknown modifier {modifier!r}{hint}, one of {', '.join(MODIFIERS)}")
        parse_path(path)
        if modifier == "matches":
            for pattern in wanted if isinstance(wanted, list) else [wanted]:
                if variable(pattern):
                    raise ValueError(
                        f"matches takes a pattern, and {pattern} comes from the bundle; use contains"
                    )
                check_pattern(str(pattern), info)
    return where


Pattern = Annotated[str, AfterValidator(check_pattern)]
Names = Annotated[list[str], BeforeValidator(as_list)]
Duration = Annotated[str, Field(pattern=r"^\d+(ms|s|m|h|d)$")]


class Near(Strict):
    """A window of time around another signal, which stands before this one."""

    signal: str
    before: Duration = "0s"
    after: Duration = "0s"
    of: Literal["any", "first", "last"] = Field(
        default="any",
        description="Which of its matches the window lies around, where it was seen several times; any: "
        "it reaches from before the first to after the last.",
    )


class Count(Strict):
    """How often a line or event must be seen, for the same namespace and pod."""

    at_least: int = Field(ge=2)
    within: Duration | None = Field(default=None, description="All of them inside this time.")
    by: Names = Field(
        default_factory=list,
        description="Variables whose values are counted apart, as well as namespace and pod.",
    )


class Signal(Strict):
    """Base of the five kinds of signal."""

    says: str = Field(
        default="",
        description="What it means when the signal holds, as a statement: "
        "'the account was created after the pod started'.",
    )


class LogSignal(Signal):
    """A line of a log. Text of unknown origin matches too: tickets hold bare fragments."""

    log: Annotated[list[Source], BeforeValidator(as_list)] = Field(
        min_length=1, description="Programs that may have written it."
    )
    match: Pattern | None = Field(
        default=None, description="Regular expression; named groups become variables."
    )
    contains: str | None = Field(default=None, description="Plain text that the message holds.")
    unless: Pattern | None = Field(
        default=None, description="A match is dropped where this fits too."
    )
    where: Annotated[Where, AfterValidator(check_where)] = Field(
        default_factory=dict,
        description="Fields of the record (keys of a structured line such as 'reason' or 'failed', and "
        "pod, container, step, hook_command …), with the modifiers of objects. Compared with a literal "
        "or with a $variable that the same line captures.",
    )
    capture: dict[str, str] = Field(
        default_factory=dict, description="variable: field of the record, to be used as $variable."
    )
    level: Literal["warning", "error"] | None = Field(
        default=None, description="The least level that the program itself gave the record."
    )
    printed: bool | None = Field(
        default=None,
        description="Whether the output of a user's own command in a step counts. It does not where the "
        "hook is among the programs (but not dockerd): then the hook's own words are wanted.",
    )
    elsewhere: bool = Field(
        default=False,
        description="The line is about another object, such as a listener in the controller's "
        "namespace: namespace and pod need not be those of the other signals.",
    )
    near: Near | None = None
    count: Count | None = None

    @property
    def takes_prints(self) -> bool:
        """Tell whether what a user's command prints may match."""
        if self.printed is not None:
            return self.printed
        return Source.HOOK not in self.log or Source.DIND in self.log

    @model_validator(mode="after")
    def _has_text(self) -> LogSignal:
        if not self.match and not self.contains:
            raise ValueError("a log signal needs 'match' or 'contains'")
        own = {*self.capture, *NAMED_GROUP.findall(self.match or "")}
        for wanted in self.where.values():
            for value in wanted if isinstance(wanted, list) else [wanted]:
                if (name := variable(value)) and name not in own:
                    raise ValueError(
                        f"where compares with what the line itself captures, and it captures no ${name}"
                    )
        return self


class EventPattern(Strict):
    """What an event must look like."""

    type: Literal["Normal", "Warning"] | None = None
    reason: Names | None = None
    message: Pattern | None = Field(
        default=None, description="Regular expression over the message."
    )
    kind: str | None = Field(default=None, description="Kind of the involved object.")


class EventSignal(Signal):
    """A Kubernetes event."""

    event: EventPattern
    where: Annotated[Where, AfterValidator(check_where)] = Field(
        default_factory=dict,
        description="namespace, name and kind of the involved object, with the modifiers of objects.",
    )
    near: Near | None = None
    count: Count | None = None


class ObjectSignal(Signal):
    """The state of a Kubernetes object."""

    object: str = Field(description="Kind, as in the API: ServiceAccount, Pod …")
    state: Literal["live", "declared"] = "live"
    where: Annotated[Where, AfterValidator(check_where)] = Field(
        default_factory=dict, description="'path' or 'path|modifier' to a value or $variable."
    )
    exists: bool = Field(
        default=True,
        description="false: holds where no such object exists and the bundle proves that it was "
        "looked for.",
    )
    capture: dict[str, str] = Field(default_factory=dict, description="variable: field path")
    cite: dict[str, str] = Field(
        default_factory=dict, description="Field path: what its line shows, as evidence."
    )

    @model_validator(mode="after")
    def _paths(self) -> ObjectSignal:
        for path in (*self.capture.values(), *self.cite):
            parse_path(path)
        return self


class RuleSignal(Signal):
    """Another rule fired; its variables are bound here too."""

    rule: Names


class SequenceSignal(Signal):
    """Signals that stand before it held in this order of time."""

    sequence: list[str] = Field(min_length=2)
    within: Duration | None = Field(default=None, description="From the first to the last.")


class FactSignal(Signal):
    """A fact of the environment (`runner_version`, `container_mode` …)."""

    fact: str
    equals: Names | None = None
    below: str | None = Field(default=None, description="A version: the fact is older than it.")
    from_: str | None = Field(
        default=None, alias="from", description="A version: the fact is it or newer."
    )


_KINDS = {"log": "log", "event": "event", "object": "object", "rule": "rule", "fact": "fact",
          "sequence": "sequence"}  # fmt: skip


def _kind(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((kind for key, kind in _KINDS.items() if key in value), None)
    return next((kind for kind in _KINDS.values() if hasattr(value, kind)), None)


AnySignal: TypeAlias = Annotated[
    Annotated[LogSignal, Tag("log")]
    | Annotated[EventSignal, Tag("event")]
    | Annotated[ObjectSignal, Tag("object")]
    | Annotated[RuleSignal, Tag("rule")]
    | Annotated[FactSignal, Tag("fact")]
    | Annotated[SequenceSignal, Tag("sequence")],
    Discriminator(
        _kind,
        custom_error_type="signal_kind",
        custom_error_message="a signal states one of: log, event, object, rule, fact, sequence",
    ),
]
