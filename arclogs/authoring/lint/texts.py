"""Checks on what a rule says to people: that it is there, short where it must be, and finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from arclogs.authoring.lint.problem import Fault, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.rules.files.source import KeyPath

MOST_WORDS: Final = 10


def missing_says(subject: Subject) -> Iterator[Fault]:
    """A signal has no `says`, which is printed as the evidence and in "why not the others"."""
    for name, signal in subject.rule.signals.items():
        if not signal.says.strip():
            said = f"signal {name!r} does not say what it means"
            yield Fault(("signals", name), said, "add 'says:' with a statement")


def long_title(subject: Subject) -> Iterator[Fault]:
    """The title has more than ten words."""
    words = len(subject.rule.title.split())
    if words > MOST_WORDS:
        mend = f"say it in {MOST_WORDS}, the rest belongs to explain"
        yield Fault(("title",), f"the title has {words} words", mend)


def missing_fix(subject: Subject) -> Iterator[Fault]:
    """A cause has no `fix`."""
    yield from _missing(subject, "fix", "say what to do, one step each")


def missing_verify(subject: Subject) -> Iterator[Fault]:
    """A cause has no `verify`."""
    yield from _missing(subject, "verify", "name the command that shows that the fix worked")


def missing_references(subject: Subject) -> Iterator[Fault]:
    """A cause has no `references`."""
    yield from _missing(subject, "references", "name the issue or page where it is described")


def missing_collect(subject: Subject) -> Iterator[Fault]:
    """A cause has no `collect`, so where it stays possible nobody learns what would settle it."""
    only_possible = [name for name, _ in subject.rule.confidence.rungs()] == ["possible"]
    why = "; it can never be more than possible" if only_possible else ""
    yield from _missing(subject, "collect", f"name the one command that would decide{why}")


def unfinished(subject: Subject) -> Iterator[Fault]:
    """A text still holds TODO, as `arclogs rules new` left it."""
    for at, text in _texts(subject.source.data, ()):
        if "TODO" in text:
            first = " ".join(text.split())
            yield Fault(at, f"still to do: {first[:80]!r}", "write it, or take it out")


def _missing(subject: Subject, key: str, mend: str) -> Iterator[Fault]:
    if subject.rule.kind == "cause" and not getattr(subject.rule, key):
        yield Fault((key,), f"the cause has no {key!r}", mend)


def _texts(value: Any, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield at, value
        case dict():
            for key, item in value.items():
                yield from _texts(item, (*at, key))
        case list():
            for number, item in enumerate(value):
                yield from _texts(item, (*at, number))
