"""What `arclogs info` says, in order: a screen of what there is, then every file and doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.views import words
from arclogs.views.outline import quality
from arclogs.views.outline.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.inventory import Inventory
    from arclogs.model.report import CoverageMember, CoverageSource, Silence

MOST_KINDS: Final = 12
MOST_SILENCES: Final = 20
_EXPECTED: Final = ("runner", "job", "hook", "controller", "listener", "events")
"""What a verdict draws on. A job's log holds the hook's lines, so one of the two will do."""


def inventory_outline(found: Inventory, *, partial_allowed: bool = False) -> list[Entry]:
    """Return the sections: bundle, environment, logs, objects, what is lacking, then details."""
    cover = found.coverage
    sections = [
        _bundle(found),
        _section("Environment", *(Entry(*fact) for fact in words.environment(found))),
        _section("Logs and events (UTC)", *_logs(found)),
        _section("Objects", *_objects(found)),
        _section("In short", *_in_short(found, partial_allowed=partial_allowed)),
        quality.missing(cover.missing),
        quality.doubts(cover.shortcomings),
        quality.not_fully_read(cover, len(cover.notes)),
        _section("Not read", *(_not_read(m) for m in cover.members if m.skipped is not None)),
        _section("Silences (UTC)", *_silences(found)),
        _section("Files (UTC)", *(_file(m) for m in cover.members if m.skipped is None)),
    ]
    return [section for section in sections if section.below]


def _section(heading: str, *below: Entry) -> Entry:
    return Entry(heading, role="section", below=below)


def _bundle(found: Inventory) -> Entry:
    info = found.bundle
    facts = [
        ("Name", info.name),
        ("Files", f"{info.members:,}"),
        ("Records", f"{info.records:,}"),
        ("Time", words.span(info.first_timestamp, info.last_timestamp)),
    ]
    return _section("Bundle", *(Entry(label, value) for label, value in facts if value))


def _logs(found: Inventory) -> Iterator[Entry]:
    sources = {source.source: source for source in found.coverage.sources}
    jobs = {"job", "hook"} & set(sources)
    lacking = [name for name in _EXPECTED if name not in sources and not (jobs and name == "hook")]
    if "hook" in jobs and "job" in lacking:
        lacking.remove("job")
    order = [*_EXPECTED, *(name for name in sources if name not in _EXPECTED)]
    for name in order:
        if name in sources:
            yield _log(sources[name])
        elif name in lacking and name != "hook":
            yield Entry("Log", name, "row", (Entry("Files", "none"),))


def _log(source: CoverageSource) -> Entry:
    longest = max((gap.seconds for gap in source.gaps), default=0)
    cells = [
        Entry("Files", f"{source.members:,}"),
        Entry("Records", f"{source.records:,}"),
        Entry("Time", _span(source)),
        Entry("Longest silence", words.duration(longest) if longest else ""),
    ]
    return Entry("Log", source.source, "row", tuple(cells))


def _span(source: CoverageSource | CoverageMember) -> str:
    return words.span(source.first_timestamp, source.last_timestamp).removesuffix(" UTC")


def _objects(found: Inventory) -> Iterator[Entry]:
    for declared, label in ((False, "Seen"), (True, "Declared")):
        counts = [k for k in found.objects if k.declared is declared]
        if not counts:
            continue
        most = sorted(counts, key=lambda k: (-k.objects, k.kind))[:MOST_KINDS]
        said = ", ".join(f"{k.kind} {k.objects:,}" for k in most)
        left = len(counts) - len(most)
        more = f" and {words.amount(left, 'kind')} more" if left else ""
        yield Entry(label, said + more, "prose")


def _in_short(found: Inventory, *, partial_allowed: bool) -> Iterator[Entry]:
    cover = found.coverage
    yield Entry("Read", words.coverage(found, partial_allowed=partial_allowed), "prose")
    unread = sum(member.unparsed for member in cover.members)
    if unread:
        yield Entry("Not understood", words.amount(unread, "line"), "prose")
    if cover.shortcomings:
        kinds = words.amount(len(cover.shortcomings), "doubt")
        yield Entry("Logs", f"{kinds} about how far they reach, listed below", "prose")
    if cover.missing:
        what = "; ".join(item.what for item in cover.missing)
        command = Entry("Command", cover.missing[0].command, "command")
        yield Entry("Missing", what, "prose")
        yield Entry("Ask first for", cover.missing[0].what, "remark", (command,))
    else:
        yield Entry("Missing", "nothing that a verdict usually needs", "prose")


def _not_read(member: CoverageMember) -> Entry:
    return Entry("Skipped", member.member, "item", (Entry("Why", member.skipped or "", "prose"),))


def _silences(found: Inventory) -> Iterator[Entry]:
    gaps = [(gap, source.source) for source in found.coverage.sources for gap in source.gaps]
    longest = sorted(gaps, key=lambda pair: (-pair[0].seconds, pair[1], pair[0].first))
    for gap, name in longest[:MOST_SILENCES]:
        yield Entry("Log", name, "row", _silence(gap))
    left = len(gaps) - MOST_SILENCES
    if left > 0:
        yield Entry("More", f"{left:,} shorter ones: --format json", "remark")


def _silence(gap: Silence) -> tuple[Entry, ...]:
    span = words.span(gap.first, gap.last).removesuffix(" UTC")
    return Entry("Silent for", words.duration(gap.seconds)), Entry("Time", span)


def _file(member: CoverageMember) -> Entry:
    cells = [
        Entry("Read as", member.parser),
        Entry("Records", f"{member.records:,}"),
        Entry("Not understood", f"{member.unparsed:,}" if member.unparsed else ""),
        Entry("Time", _span(member)),
    ]
    return Entry("File", member.member, "row", tuple(cells))
