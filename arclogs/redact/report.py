"""Redacts a whole report: no text leaves the program by a field that somebody forgot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from arclogs.redact.redactor import Redactor

if TYPE_CHECKING:
    from arclogs.model.report import Frozen, Report

_Model = TypeVar("_Model", bound="Frozen")


def redact_report(report: Report, redactor: Redactor | None = None) -> Report:
    """Return the report with the secrets in every text replaced, member names included."""
    return redact_model(report, redactor)


def redact_model(model: _Model, redactor: Redactor | None = None) -> _Model:
    """Return a document of the report's kind with the secrets in every text replaced."""
    return type(model).model_validate(_redact(model.model_dump(), redactor or Redactor()))


def _redact(value: Any, redactor: Redactor) -> Any:
    match value:
        case str():
            return redactor.redact(value)
        case dict():
            return {key: _redact(item, redactor) for key, item in value.items()}
        case list() | tuple():
            return tuple(_redact(item, redactor) for item in value)
        case _:
            return value
