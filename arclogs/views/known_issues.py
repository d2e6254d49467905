"""Known bugs in words: beside a finding, beside the versions, and as a page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.views.markdown_text import cell_code, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from arclogs.model.report import Component, KnownIssue, Report
    from arclogs.rules.files.known_issues import KnownBug
    from arclogs.rules.language.schema import Rule

_NUMBER: Final = lazy_compile(r"[0-9]{1,9}")
_COMPONENTS: Final[dict[Component, str]] = {
    "arc": "ARC",
    "chart": "chart",
    "runner": "runner",
    "hook": "container hooks",
    "kubernetes": "Kubernetes",
}


def told(issue: KnownIssue, *, link: bool = True) -> str:
    """Return title, versions and, with `link`, the reference: what stands beside a finding."""
    here = f"; here {issue.version}" if issue.version else "; the version here is not known"
    where = f" ({issue.references[0].url})" if link and issue.references else ""
    return f"{issue.title}: {reach(issue)}{here}{where}"


def reach(issue: KnownIssue) -> str:
    """Return who has the bug and who has not: `ARC 0.13.0 to 0.14.1, fixed in 0.14.2`."""
    return _reach(issue.component, issue.affected_from, issue.affected_to, issue.fixed)


def _reach(component: Component, first: str | None, last: str, fixed: str | None) -> str:
    span = f"up to {last}" if first is None else last if first == last else f"{first} to {last}"
    end = f"fixed in {fixed}" if fixed else "no fixed release known"
    return f"{_COMPONENTS[component]} {span}, {end}"


def unseen(report: Report) -> str:
    """Return how many bugs these versions have of which nothing was seen, or an empty text."""
    issues = report.environment.known_issues
    if not issues:
        return ""
    versions = dict.fromkeys(f"{_COMPONENTS[i.component]} {i.version}" for i in issues)
    fixed = Counter(i.fixed for i in issues if i.fixed)
    ends = [f"{n} fixed in {v}" for v, n in sorted(fixed.items(), key=lambda item: _key(item[0]))]
    still_open = sum(i.fixed is None for i in issues)
    ends += [f"{still_open} without a fixed release"] if still_open else []
    return f"{len(issues)} of {', '.join(versions)}, none seen here: {', '.join(ends)}"


def _key(version: str) -> tuple[list[int], str]:
    return [int(number) for number in _NUMBER.findall(version)], version


def of_rule(rule_id: str, bugs: Sequence[KnownBug]) -> Iterator[str]:
    """Yield the bugs that a rule's finding shows, as plain sentences."""
    for bug in bugs:
        if rule_id in bug.rules:
            yield f"{bug.title}: {_of_bug(bug)}"


def _of_bug(bug: KnownBug) -> str:
    return _reach(bug.component, bug.affected.from_, bug.affected.to, bug.fixed)


def render_known_issues(bugs: Sequence[KnownBug], pages: Mapping[str, Rule]) -> str:
    """Return the page of all known bugs; `pages` are the rules that have a page of their own."""
    lines = ["# Known issues by version", "", "| bug | versions | rules | reference |"]
    lines.append("|---|---|---|---|")
    for bug in bugs:
        rules = ", ".join(
            f"[{r}]({pages[r].area}/{r}.md)" if r in pages else cell_code(r) for r in bug.rules
        )
        links = " ".join(f"<{ref.url}>" for ref in bug.references)
        lines.append(f"| {prose(bug.title, cell_code)} | {_of_bug(bug)} | {rules} | {links} |")
    return "\n".join(lines) + "\n"
