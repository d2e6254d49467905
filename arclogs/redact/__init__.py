"""Secrets out of text, before the text leaves the program."""

from arclogs.redact.redactor import Redactor
from arclogs.redact.report import redact_model, redact_report

__all__ = ["Redactor", "redact_model", "redact_report"]
