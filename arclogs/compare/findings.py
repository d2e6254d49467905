"""Findings and unexplained errors of two reports, matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.compare.model import Difference, FindingChange, TemplateChange, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Finding, Report

_ORDER: Final[tuple[Verdict, ...]] = ("new", "changed", "gone", "same")


def finding_changes(before: Report, after: Report) -> list[FindingChange]:
    """Return every finding of either report, what is new first, in the order of rank."""
    old, new = _by_rule(before), _by_rule(after)
    rules = [*new, *(rule for rule in old if rule not in new)]
    changes = [_change(old.get(rule), new.get(rule)) for rule in rules]
    return sorted(changes, key=lambda change: _ORDER.index(change.change))


def _by_rule(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    return found


def _change(old: list[Finding] | None, new: list[Finding] | None) -> FindingChange:
    first = (new or old or [])[0]
    before = old[0].confidence if old else None
    after = new[0].confidence if new else None
    verdict: Verdict = "same" if before == after else "changed"
    if before is None or after is None:
        verdict = "new" if before is None else "gone"
    return FindingChange(
        change=verdict,
        rule=first.rule,
        kind=first.kind,
        title=first.title,
        severity=first.severity,
        before=before,
        after=after,
        count_before=sum(finding.count for finding in old or ()),
        count_after=sum(finding.count for finding in new or ()),
    )


def template_changes(before: Report, after: Report) -> Iterator[TemplateChange]:
    """Yield the unexplained errors that only one of the reports has, new ones first."""
    old = {group.template for group in before.unexplained}
    new = {group.template for group in after.unexplained}
    for group in after.unexplained:
        if group.template not in old:
            yield TemplateChange(
                change="new",
                template=group.template,
                count=group.count,
                example=group.examples[0].text if group.examples else "",
            )
    for group in before.unexplained:
        if group.template not in new:
            yield TemplateChange(
                change="gone",
                template=group.template,
                count=group.count,
                example=group.examples[0].text if group.examples else "",
            )


def environment_changes(before: Report, after: Report) -> Iterator[Difference]:
    """Yield versions and names that differ. What one bundle does not tell is no difference.

    Known bugs follow from the versions; which of them were seen is told by the findings.
    """
    for name in before.environment.__struct_fields__:
        if name == "known_issues":
            continue
        old, new = _said(before, name), _said(after, name)
        if old and new and old != new:
            yield Difference(what=name.replace("_", " "), before=old, after=new)


def _said(report: Report, name: str) -> str:
    value = getattr(report.environment, name)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value or "")
