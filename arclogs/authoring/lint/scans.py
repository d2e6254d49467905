"""Signals that keep large logs from being scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.authoring.lint.problem import Fault
from arclogs.rules.filtering.few_filter import needed
from arclogs.rules.language.signals import LogSignal
from arclogs.rules.watch import probe_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.authoring.lint.problem import Subject


def slow_scan(subject: Subject) -> Iterator[Fault]:
    """No engine can scan for a log signal: large logs of its programs are read line by line."""
    for name, signal in subject.rule.signals.items():
        # What holds a plain text can be searched by it, whatever else there is.
        if not isinstance(signal, LogSignal) or needed(signal) is not None:
            continue
        from arclogs.authoring.scan_cost import SearchedBy, searched_by  # 0.1 s: engines

        if searched_by(probe_of(signal)) is SearchedBy.NOTHING:
            yield Fault(
                ("signals", name, "match"),
                "no engine can scan for the pattern: large logs would be read line by line",
                "add 'contains:' with plain text that every match holds",
            )
