"""Two bundles, each read and judged, to what differs between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.analyze import Options, investigate, report_of
from arclogs.case.credentials import known_secrets
from arclogs.compare.findings import environment_changes, finding_changes, template_changes
from arclogs.compare.model import Comparison
from arclogs.compare.objects import object_changes
from arclogs.redact.report import redact_model
from arclogs.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from arclogs.case.case import Case


def compare(before: Path, after: Path, options: Options) -> Comparison:
    """Compare two bundles; raise as `analyze` does."""
    rules = load_rules(options.rule_dirs, options.cache)
    old, new = investigate(rules, [before], options), investigate(rules, [after], options)
    was, now = report_of(old), report_of(new)
    found = Comparison(
        before=was.bundle,
        after=now.bundle,
        environment=tuple(environment_changes(was, now)),
        findings=tuple(finding_changes(was, now)),
        objects=tuple(object_changes(old.case, new.case)),
        unexplained=tuple(template_changes(was, now)),
        notes=tuple(_notes(old.case, new.case)),
    )
    if not options.redact:
        return found
    seen = [*old.gathered.evidence.observations, *new.gathered.evidence.observations]
    return redact_model(found, known_secrets(seen))


def _notes(old: Case, new: Case) -> Iterator[str]:
    """Yield which kinds only one of the bundles holds, so that nothing is said of them."""
    held = [{item.kind for item in case.live} | case.collected.kinds() for case in (old, new)]
    for kinds, where in ((held[0] - held[1], "second"), (held[1] - held[0], "first")):
        if kinds:
            yield f"not in the {where} bundle, so not compared: {', '.join(sorted(kinds))}"
    logs = [{source.value for source in case.log_sources} for case in (old, new)]
    for sources, where in ((logs[0] - logs[1], "second"), (logs[1] - logs[0], "first")):
        if sources:
            yield f"no log of {', '.join(sorted(sources))} in the {where} bundle"
