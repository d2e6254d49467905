r"""A template as one pattern, where most items of a list are of it: the same walk, in C.

    "- kind: Pod\n  metadata:\n    name: " ⟨text⟩ "\n    uid: " ⟨the same⟩ "\n- "
    name: ([A-Za-z/]…)\n    uid: (?:\1)\n-

It takes some milliseconds to make, and a fifth of the walk's time to try. What it does not find the
walk may: another template, an odd scalar, managedFields that are looked at line by line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.shapes import Flat
from arclogs.ingest.objects.templates.template import Kind, Match

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from arclogs.ingest.objects.templates.template import Template

_MOST_CHARS: Final = 16 * 1024
"""Of a template's text: what is longer takes long to compile."""


class TemplatePattern(NamedTuple):
    """What finds the items of a template, from the end of its head on."""

    template: Template
    pattern: re.Pattern[str]
    passed: int | None
    """The group of what is passed over."""
    values: Sequence[tuple[int, Callable[[str], Any] | None]]
    """The groups of values, and what they stand for; None for themselves."""

    def match(self, text: str, at: int, most: int) -> Match | None:
        """Return the item of which the head ends at `at`."""
        found = self.pattern.match(text, at, most)
        if found is None:
            return None
        skipped = 0 if self.passed is None else text.count("\n", *found.span(self.passed))
        row = tuple(found[g] if value is None else value(found[g]) for g, value in self.values)
        template = self.template
        return Match(Flat(template.shape, row), template, skipped, found.end() - template.ahead)


def pattern_of(template: Template) -> TemplatePattern | None:
    """Return the pattern of a template; None where no pattern tells what fits."""
    parts: list[str] = []
    values: list[tuple[int, Callable[[str], Any] | None]] = []
    passed: int | None = None
    for group, gap in enumerate(template.gaps, 1):
        if isinstance(gap.kind, int):
            parts.append(rf"(\{values[gap.kind][0]})")
        elif gap.kind.pattern is None:
            return None
        else:
            parts.append(f"({gap.kind.pattern})")
            if isinstance(gap.kind, Kind):
                values.append((group, gap.kind.value))
            else:
                passed = group
        parts.append(re.escape(gap.after))
    text = "".join(parts)
    if len(text) > _MOST_CHARS:
        return None
    return TemplatePattern(template, re.compile(text, re.MULTILINE), passed, values)
