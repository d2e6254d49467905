"""The rule engine: (rules, case) to findings. The rules themselves are the YAML pack in `rules/`."""

from arclogs.rules.files.load import RuleSet, load_rules
from arclogs.rules.language.schema import Rule

__all__ = ["Rule", "RuleSet", "load_rules"]
