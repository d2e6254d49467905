"""The part of the outline around the answer: the bundle, what else was seen, what is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from arclogs.views import known_issues, words
from arclogs.views.outline import quality
from arclogs.views.outline.answer import known_bugs, to_settle
from arclogs.views.outline.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.model.report import Finding, NearMiss, Report, Unexplained

MOST_NEAR_MISSES: Final = 3
MOST_LACKING: Final = 3
MOST_UNEXPLAINED: Final = 5
MOST_DOUBTS: Final = 5


def bundle(report: Report) -> Entry:
    """Return what was analyzed."""
    info = report.bundle
    facts = [
        ("Name", info.name),
        ("Files", f"{info.members:,}"),
        ("Records", f"{info.records:,}"),
        ("Time", words.span(info.first_timestamp, info.last_timestamp)),
    ]
    below = [Entry(label, value) for label, value in facts if value]
    if not report.coverage.complete:
        below.append(Entry("Attention", "not everything could be read, see the end", "remark"))
    return _section("Bundle", *below)


def environment(report: Report) -> Entry:
    """Return versions and names."""
    facts = words.environment(report) or [("Versions", "not known from this bundle")]
    return _section("Environment", *(Entry(label, value) for label, value in facts))


def also_seen(report: Report) -> Entry:
    """Return the other causes, symptoms without a cause, and what is explained by another."""
    found = words.others(report)
    folded = Counter[tuple[str, str]]()
    for f in found:
        if f.explained_by is not None:
            folded[f.explained_by, f.rule] += f.count
    follows = (
        Entry("Follows", f"{rule} ({words.times(n)}) follows from {cause}", "item")
        for (cause, rule), n in folded.items()
    )
    groups = words.by_failure(f for f in found if f.explained_by is None)
    others = (_several(group) if len(group) > 1 else _other(*group) for group in groups)
    return _section("Also seen", *others, *follows)


def _several(possible: Sequence[Finding]) -> Entry:
    """Return the possible causes of one failure: what they share once."""
    first = possible[0]
    below = [Entry("Seen", seen)] if (seen := words.seen(first)) else []
    below += _line(first)
    below += [
        Entry("Cause", f"{f.title} ({f.severity}, {f.rule})", "item", number=number)
        for number, f in enumerate(possible, 1)
    ]
    return Entry("Open", f"{len(possible)} possible causes of one failure", "item",
                 (*below, *to_settle(first)))  # fmt: skip


def _line(found: Finding) -> list[Entry]:
    """Return the line of the bundle that shows a finding first."""
    return [
        entry
        for item in words.in_order(found.evidence)[:1]
        for entry in (
            Entry("Line", item.text, "log"),
            Entry("At", words.place(item.member, item.line), "place"),
        )
    ]


def _other(found: Finding) -> Entry:
    label = "Cause" if found.kind == "cause" else "Symptom"
    below = [
        Entry("Severity", words.severity(found.severity)),
        Entry("Confidence", found.confidence),
        Entry("Rule", found.rule),
    ]
    if seen := words.seen(found):
        below.append(Entry("Seen", seen))
    if found.summary.strip() not in ("", found.title):
        below.append(Entry("Summary", words.reflow(found.summary), "prose"))
    below += known_bugs(found)
    below += _line(found)
    for step in found.fix[:1]:
        below.append(Entry("Fix", f"{words.reflow(step.title)} ({step.risk})", "prose"))
        below += [Entry("Command", step.command, "command")] if step.command else []
    return Entry(label, found.title, "item", tuple(below))


def near_misses(report: Report) -> Entry:
    """Return the rules that came closest, where none held; briefly where nothing went wrong."""
    quiet = not (report.findings or report.unexplained)
    most = 0 if quiet else MOST_LACKING
    shown = [_near_miss(miss, most) for miss in report.near_misses[:MOST_NEAR_MISSES]]
    return _section("Near misses", *shown)


def _near_miss(miss: NearMiss, most: int) -> Entry:
    below = [Entry("Rule", miss.rule), Entry("Held", f"{miss.held} of {miss.of} signals")]
    below += [Entry("Ruled out by", text, "prose") for text in miss.refuted_by[:most]]
    below += [Entry("Missing", text, "prose") for text in miss.missing[:most]]
    left = len(miss.missing) - most
    if most and left > 0:
        below.append(Entry("More", f"{left} more: arclogs explain {miss.rule}", "remark"))
    return Entry("Not", miss.title or miss.rule, "item", tuple(below))


def unexplained(report: Report, bundles: tuple[str, ...] = ()) -> Entry:
    """Return the errors that no rule accounts for, the most telling first."""
    shown = map(_unexplained, report.unexplained[:MOST_UNEXPLAINED])
    left = len(report.unexplained) - MOST_UNEXPLAINED
    rest = [Entry("More", f"{words.amount(left, 'other kind')}", "remark")] if left > 0 else []
    command = words.draft_command(report.unexplained, bundles)
    draft = [Entry("Draft a rule from the first", command, "command")] if command else []
    return _section("Unexplained errors", *shown, *rest, *draft)


def _unexplained(group: Unexplained) -> Entry:
    below = [Entry("Seen", words.times(group.count))]
    for example in group.examples[:1]:
        below += [Entry("Time", example.timestamp, "time")] if example.timestamp else []
        below.append(Entry("Line", example.text, "log"))
        below.append(Entry("At", words.place(example.member, example.line), "place"))
    return Entry("Error", group.template, "item", tuple(below))


def missing(report: Report, bundles: tuple[str, ...] = ()) -> Entry:
    """Return what the bundle does not hold, and the command that gets it; short where it decides."""
    wanted, found = report.coverage.missing, report.answer
    if found is None or found.confidence != "confirmed" or not wanted:
        return quality.missing(wanted)
    below = (
        Entry("Why", "the cause is proven without; the commands that get it:", "prose"),
        Entry("Command", words.collect_command(bundles), "command"),
    )
    names = "; ".join(item.what for item in wanted)
    return _section("Not in the bundle", Entry("Missing", names, "item", below))


def doubts(report: Report) -> Entry:
    """Return where what was collected ends too early."""
    return quality.doubts(report.coverage.shortcomings, MOST_DOUBTS)


def not_fully_read(report: Report) -> Entry:
    """Return the coverage notes: first those that lost evidence."""
    return quality.not_fully_read(report.coverage)


def summary(report: Report, *, partial_allowed: bool) -> Entry:
    """Return the closing lines, without a heading: what was run, found and covered."""
    bugs = known_issues.unseen(report)
    return _section(
        "",
        Entry("Rules", words.counts(report), "prose"),
        Entry(
            "Made by", f"arclogs {report.arclogs.version}, rules {report.arclogs.rules_hash[:12]}"
        ),
        Entry("Bundle sha256", report.bundle.sha256),
        *((Entry("Known bugs", bugs, "prose"),) if bugs else ()),
        Entry("Coverage", words.coverage(report, partial_allowed=partial_allowed), "prose"),
    )


def _section(heading: str, *below: Entry) -> Entry:
    return Entry(heading, role="section", below=below)
