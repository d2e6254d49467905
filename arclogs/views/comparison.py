"""What differs between two bundles, as text: news first, nothing that stayed the same but its count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.json import dumps
from arclogs.views.markdown_text import code, prose
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.compare.model import Comparison, Difference, FindingChange, ObjectChange

_MARK: Final = {"new": "+", "gone": "-", "changed": "~", "recreated": "~", "same": "="}


def render_comparison(found: Comparison) -> str:
    """Return the comparison as plain lines; `+` is new in the second bundle, `-` is gone."""
    return "".join(f"{sanitize(line)}\n" for line in _lines(found))


def render_comparison_json(found: Comparison) -> str:
    """Return the comparison as one JSON document."""
    return dumps(found.model_dump())


def render_comparison_markdown(found: Comparison) -> str:
    """Return the comparison for a ticket."""
    lines = [f"### {prose(found.before.name)} → {prose(found.after.name)}", ""]
    for heading, entries in _sections(found):
        lines += [f"**{heading}**", "", *(f"- {code(sanitize(entry))}" for entry in entries), ""]
    if not found.changed:
        lines += ["Nothing that arclogs understands differs.", ""]
    lines += [f"- {prose(sanitize(note))}" for note in found.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(found: Comparison) -> Iterator[str]:
    for which, bundle in (("before", found.before), ("after", found.after)):
        when = words.span(bundle.first_timestamp, bundle.last_timestamp)
        size = words.amount(bundle.members, "file")
        yield f"{which}: {bundle.name} ({', '.join(part for part in (size, when) if part)})"
    for heading, entries in _sections(found):
        yield ""
        yield heading
        yield from (f"  {entry}" for entry in entries)
    if not found.changed:
        yield ""
        yield "Nothing that arclogs understands differs."
    if found.notes:
        yield ""
        yield "Not compared"
        yield from (f"  {note}" for note in found.notes)


def _sections(found: Comparison) -> Iterator[tuple[str, list[str]]]:
    told = [finding for finding in found.findings if finding.change != "same"]
    same = [finding for finding in found.findings if finding.change == "same"]
    sections = [
        ("Findings", [_finding(finding) for finding in told]),
        ("Findings in both", [_finding(finding) for finding in same]),
        ("Versions and names", [f"~ {_difference(change)}" for change in found.environment]),
        ("Objects", [line for change in found.objects for line in _object(change)]),
        (
            "Unexplained errors",
            [f"{_MARK[t.change]} {words.times(t.count)}: {t.template}" for t in found.unexplained],
        ),
    ]
    return ((heading, entries) for heading, entries in sections if entries)


def _finding(change: FindingChange) -> str:
    sure = f"{change.before} → {change.after}" if change.change == "changed" else ""
    about = sure or change.after or change.before or ""
    often = ""
    if change.count_before != change.count_after and change.count_before and change.count_after:
        often = f", {words.times(change.count_before)} → {words.times(change.count_after)}"
    kind = "" if change.kind == "cause" else "symptom, "
    return f"{_MARK[change.change]} {change.title} [{change.rule}] {kind}{about}{often}"


def _object(change: ObjectChange) -> Iterator[str]:
    name = f"{change.namespace}/{change.name}" if change.namespace else change.name
    again = " (deleted and created again)" if change.change == "recreated" else ""
    yield f"{_MARK[change.change]} {change.kind} {name}{again}"
    yield from (f"    {_difference(field)}" for field in change.fields)


def _difference(change: Difference) -> str:
    before = change.before if change.before is not None else "(none)"
    after = change.after if change.after is not None else "(none)"
    return f"{change.what}: {before} → {after}"
