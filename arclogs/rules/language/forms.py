"""What the values in a rule file may look like: what pydantic checks of them, and short forms.

Imported when a rule file is validated, and by mypy.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import regex
from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, ValidationInfo

from arclogs.case.objects.paths import parse_path
from arclogs.model.record import Source
from arclogs.rules.language import signals
from arclogs.rules.language.bindings import variable
from arclogs.rules.language.literals import written_out
from arclogs.rules.language.schema import Condition
from arclogs.rules.language.signals import MODIFIERS, Where

MAX_PATTERN = 2000
MAX_GROUPS = 200
MAX_WRITTEN_OUT = 50_000
PROVEN = "proven"
"""Key of the validation context: true where the patterns were compiled before, in the pack's tests."""


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
Sources = Annotated[list[Source], BeforeValidator(as_list)]
CheckedWhere = Annotated[Where, AfterValidator(check_where)]
Duration = Annotated[str, Field(pattern=r"^\d+(ms|s|m|h|d)$")]
FolderName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*$")]
"""A folder below `fixtures/`, and never one outside of it."""
FolderNames = Annotated[list[FolderName], BeforeValidator(as_list)]


def as_condition(value: Any) -> Any:
    """Let an author write a name or a list for a condition all parts of which must hold."""
    return {"all": as_list(value)} if isinstance(value, str | list) else value


Rung = Annotated[Condition, BeforeValidator(as_condition)]
Part: TypeAlias = (
    str | Annotated[Condition, Tag("Condition")]
)  # the tag stands in the place of a fault

_KINDS = ("log", "event", "object", "rule", "fact", "sequence")


def _kind(value: Any) -> str | None:
    return next((k for k in _KINDS if k in value), None) if isinstance(value, dict) else None


AnySignal: TypeAlias = Annotated[
    Annotated[signals.LogSignal, Tag("log")]
    | Annotated[signals.EventSignal, Tag("event")]
    | Annotated[signals.ObjectSignal, Tag("object")]
    | Annotated[signals.RuleSignal, Tag("rule")]
    | Annotated[signals.FactSignal, Tag("fact")]
    | Annotated[signals.SequenceSignal, Tag("sequence")],
    Discriminator(
        _kind,
        custom_error_type="signal_kind",
        custom_error_message="a signal states one of: log, event, object, rule, fact, sequence",
    ),
]
