"""Drafting a rule from what was seen: the file of a rule that loads and whose gaps say TODO."""

from arclogs.authoring.draft.new import (
    check_id,
    rule_from_finding,
    rule_from_line,
)
from arclogs.authoring.draft.sources import evidence_of, text_at, text_of_unexplained

__all__ = [
    "check_id",
    "evidence_of",
    "rule_from_finding",
    "rule_from_line",
    "text_at",
    "text_of_unexplained",
]
