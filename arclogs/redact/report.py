"""Redacts a whole report: no text leaves the program by a field that somebody forgot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from arclogs.model.frozen import Frozen
from arclogs.redact.known import Known
from arclogs.redact.redactor import Redactor
from arclogs.redact.sweep import sweep_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Report

_Model = TypeVar("_Model", bound=Frozen)


def redact_report(report: Report, known: Known | None = None) -> Report:
    """Return the report with the secrets in every text replaced, member names included."""
    return redact_model(report, known)


def redact_model(model: _Model, known: Known | None = None) -> _Model:
    """Return a document of the report's kind with the secrets in every text replaced.

    What one text shows to be secret is replaced in all; so is what is `known` from elsewhere.
    """
    redactor, all_known = Redactor(), Known()
    all_known.kinds.update(known.kinds if known else {})
    for text in set(_texts(model)):
        redactor.learn(text, all_known)
    if all_known:
        redactor = replace(redactor, known=sweep_of(all_known))
    return _redacted(model, redactor)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Frozen():
            for _, item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list() | tuple():
            for item in value:
                yield from _texts(item)


def _redacted(model: _Model, redactor: Redactor) -> _Model:
    return model.model_copy(update={name: _redact(item, redactor) for name, item in model})


def _redact(value: Any, redactor: Redactor) -> Any:
    match value:
        case str():
            return redactor.redact(value)
        case Frozen():
            return _redacted(value, redactor)
        case dict():
            return {key: _redact(item, redactor) for key, item in value.items()}
        case list() | tuple():
            return tuple(_redact(item, redactor) for item in value)
        case _:
            return value
