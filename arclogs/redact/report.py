"""Redacts a whole report: no text leaves the program by a field that somebody forgot."""

from __future__ import annotations

from typing import Any

from arclogs.model.report import Report
from arclogs.redact.redactor import Redactor


def redact_report(report: Report, redactor: Redactor | None = None) -> Report:
    """Return the report with the secrets in every text replaced, member names included."""
    redactor = redactor or Redactor()
    return Report.model_validate(_redact(report.model_dump(), redactor))


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
