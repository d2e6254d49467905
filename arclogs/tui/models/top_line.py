"""The first line of every screen: where one is, in which bundle, and how far it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.model.coverage import Code
from arclogs.tui.models.block import Part, Tone
from arclogs.views import words

if TYPE_CHECKING:
    from arclogs.model.report import BundleInfo, Report
    from arclogs.tui.session.session import Session

_MIB = 1 << 20


def bundle_name(session: Session) -> str:
    """Return what the bundle is called, before and after it is read; if that was stopped, where."""
    report, now = session.report, session.progress
    if report is not None:
        if not any(note.code == Code.READ_STOPPED for note in report.coverage.notes):
            return report.bundle.name
        how_far = f" at {min(99, 100 * now.done // now.total)} %" if now.total else ""
        return f"{report.bundle.name}, stopped{how_far}"
    return ", ".join(path.name or str(path) for path in session.order.sources)


def facts(session: Session) -> list[str]:
    """Return what is known of the bundle as a whole, the most useful first."""
    if session.report is not None:
        return _read(session.report.bundle)
    return [progress(session)] if session.failure is None else ["not read"]


def progress(session: Session) -> str:
    """Return how far the reading has come."""
    now = session.progress
    if session.stopping:
        return "stopping, judging what was read"
    if not now.done:
        return "reading"
    share = f" {min(99, 100 * now.done // now.total)} %" if now.total else ""
    size = f"{_size(now.done)} of {_size(now.total)}" if now.total else _size(now.done)
    if now.total and now.done >= now.total:
        return f"judging {words.amount(now.records, 'record')}"
    return f"reading{share} · {size} · {words.amount(now.records, 'record')} · esc stops"


def _size(count: int) -> str:
    return f"{count / _MIB:,.1f} MiB" if count >= _MIB else f"{count / 1024:,.0f} KiB"


def _read(info: BundleInfo) -> list[str]:
    span = words.span(info.first_timestamp, info.last_timestamp)
    found = [words.amount(info.records, "record"), words.amount(info.members, "file")]
    return [*([span] if span else []), *found]


def versions(report: Report) -> str:
    """Return the versions that matter most, as short as can be."""
    env = report.environment
    known = (("ARC", env.controller_version), ("runner", env.runner_version),
             ("mode", env.container_mode))  # fmt: skip
    return " · ".join(f"{name} {value}" for name, value in known if value)


def tabs(screens: list[tuple[str, str]], here: str) -> list[Part]:
    """Return key and name of the screens, the one that is shown in brackets."""
    parts: list[Part] = []
    for key, name in screens:
        at = name == here
        label = f"[{key} {name}]" if at else f" {key} {name} "
        parts.append(Part(label, Tone.STRONG if at else Tone.DIM))
    return parts
