"""The page of an object: state, events, who uses it, its rights, its findings, logs and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from arclogs.tui.models.block import (
    BLANK,
    AtLine,
    Block,
    Listed,
    OfObject,
    Part,
    Tone,
    heading,
    line,
    tone_of,
)
from arclogs.tui.models.object_list import look
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.model.catalog import CatalogObject
    from arclogs.model.report import Finding, Report
    from arclogs.tui.session.objects import ObjectFound


class Beside(Struct, frozen=True):
    """What the session knows of an object beside what the case tells."""

    report: Report
    logs: Sequence[tuple[str, int, int]] = ()
    """Members that tell of it: name, first line, number of rows."""


def object_page(at: OfObject, found: ObjectFound, beside: Beside) -> list[Block]:
    """Return the page."""
    about = found.about
    if about is None:
        return [
            line(f"{at.kind} {at.name}", Tone.STRONG),
            line("This object is not in the bundle; names, owners or hashes of others imply it."),
            line(found.why_not, Tone.UNKNOWN),
            *_findings(at, beside.report),
            *_logs(beside.logs),
        ]
    return [
        *_head(about),
        *_findings(at, beside.report),
        *_events(about),
        *_logs(beside.logs),
        *_drift(found),
        *_rights(found),
        *_uses(found),
        *_yaml(found.yaml),
    ]


def _head(about: CatalogObject) -> Iterator[Block]:
    place = f"{about.namespace}/" if about.namespace else ""
    name = about.name or "(a piece that does not show whose it is)"
    yield line(f"{about.kind} {place}{name}", Tone.STRONG)
    if about.state:
        yield Block((Part("state  ", Tone.DIM), Part(about.state, look(about.state))))
    if about.declared:
        yield line("declared by Helm or a manifest; not seen in the cluster", Tone.UNKNOWN)
    for number, owner in enumerate(about.owners):
        yield Block((Part("owned by  " if not number else "then by  ", Tone.DIM), Part(owner)))
    for number, shown in enumerate(about.shown, 1):
        whole = "whole" if shown.complete else "in part"
        lead = (Part(f"[{number}] ", Tone.KEY),)
        parts = (
            Part(f"{shown.by}, {whole}  "),
            Part(words.place(shown.member, shown.line), Tone.DIM),
        )
        yield Block(parts, 0, lead, AtLine(shown.member, shown.line), shown.member)


def _findings(at: OfObject, report: Report) -> Iterator[Block]:
    about = [(i, f) for i, f in enumerate(report.findings) if at.name and _is_about(f, at.name)]
    if about:
        yield from (BLANK, heading("Findings"))
    for index, found in about:
        lead = (Part(f"{found.severity[0].upper()} ", tone_of(found.severity)),)
        parts = (Part(found.title), Part(f"  {found.confidence}", Tone.DIM))
        yield Block(parts, 0, lead, Listed("finding", index), found.rule)


def _is_about(found: Finding, name: str) -> bool:
    return any(name in (value, value.rpartition("/")[2]) for value in found.entities.values())


def _events(about: CatalogObject) -> Iterator[Block]:
    if about.events:
        yield from (BLANK, heading("Events (UTC)"))
    for event in about.events:
        when = words.moment(event.time) if event.time else "no time"
        tone = Tone.MEDIUM if event.type == "Warning" else Tone.PLAIN
        often = f" (×{event.count:,})" if event.count > 1 else ""
        parts = (Part(f"{event.type} {event.reason}  ", tone), Part(event.message + often))
        target = AtLine(event.member, event.line)
        yield Block(parts, 0, (Part(f"{when}  ", Tone.DIM),), target, event.message)


def _logs(logs: Sequence[tuple[str, int, int]]) -> Iterator[Block]:
    if logs:
        yield from (BLANK, heading("Logs and events that tell of it"))
    for member, first, rows in logs:
        yield Block((Part(member), Part(f"  {words.amount(rows, 'row')}", Tone.DIM)), 0, (),
                    AtLine(member, first), member)  # fmt: skip


def _drift(found: ObjectFound) -> Iterator[Block]:
    if found.drift:
        yield from (BLANK, heading("Declared, and other in the cluster"))
    for one in found.drift:
        live = one.live or "(not shown)"
        parts = (
            Part(f"{one.field}  ", Tone.COMMAND),
            Part(f"declared {one.declared}, live {live}"),
        )
        yield Block(parts, 2)


def _rights(found: ObjectFound) -> Iterator[Block]:
    if found.about is None or found.about.kind != "ServiceAccount":
        return
    yield from (BLANK, heading("Rights in its namespace"))
    if found.rights_unknown:
        yield line(f"∅ {found.rights_unknown}", Tone.UNKNOWN, 2)
    if not found.bindings:
        yield line("no binding that the bundle shows names it", Tone.UNKNOWN, 2)
    yield from (line(f"named by {binding}", Tone.DIM, 2) for binding in found.bindings)
    yield from (line(right, indent=2) for right in found.rights)


def _uses(found: ObjectFound) -> Iterator[Block]:
    if found.uses:
        yield from (BLANK, heading(f"Used by {len(found.uses):,}"))
    for use in found.uses:
        target = OfObject(use.kind, use.namespace, use.name)
        parts = (Part(f"{use.kind} {use.name}"), Part(f"  {use.field}", Tone.DIM))
        yield Block(parts, 0, (), target, use.name)


def _yaml(text: str) -> Iterator[Block]:
    yield from (BLANK, heading("Fields; a mark tells another source than [1]"))
    for source in text.rstrip("\n").split("\n"):
        key, sep, rest = source.partition(":")
        if source.lstrip().startswith("#") or not sep:
            yield Block((Part(source, Tone.DIM if "#" in source[:40] else Tone.PLAIN),))
            continue
        value, mark, remark = rest.partition("  # ")
        yield Block((Part(f"{key}:", Tone.COMMAND), Part(value), Part(mark + remark, Tone.DIM)))
