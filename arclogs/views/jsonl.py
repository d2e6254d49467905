"""The moments of a report, one JSON object a line, as Timesketch imports them.

    {"message": "[sa-token-rejected] …", "datetime": "2026-03-02T10:04:20.114000+00:00",
     "timestamp_desc": "Evidence", …}

Timesketch needs `message`, `datetime` (ISO 8601) and `timestamp_desc` in every line, from which it
reckons its `timestamp`; what else a line has becomes a field there. The file's name has to end in
`.jsonl`: https://timesketch.org/guides/user/import-from-json-csv/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from arclogs.views import words
from arclogs.views.json import compact
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.model.report import Evidence, Finding, Report
    from arclogs.views.interface import Layout

# As plaso writes what has no time.
_NO_TIME: Final = ("1970-01-01T00:00:00+00:00", "Not a time")


def render_jsonl(report: Report, layout: Layout) -> str:
    """Return one line for each piece of evidence and each unexplained error, in order of time."""
    lines = [*_evidence(report), *_unexplained(report)]
    lines.sort(key=lambda line: (line["timestamp_desc"] == _NO_TIME[1], line["datetime"]))
    return "".join(compact(line, ascii_only=layout.ascii) for line in lines)


def _evidence(report: Report) -> Iterator[dict[str, Any]]:
    collected = report.bundle.last_timestamp
    for found in report.findings:
        for number, item in enumerate(words.in_order(found.evidence), 1):
            said = item.says or item.text.strip()
            # The state of an object was so when the bundle was collected, whenever it became so.
            stamp = item.timestamp or collected
            desc = "Evidence" if item.timestamp else "State as collected"
            yield {
                "message": sanitize(f"[{found.rule}] {said}"),
                **_when(stamp, desc),
                **_of_finding(found),
                "evidence": number,
                **_at(item, item.signal, item.role),
            }


def _of_finding(found: Finding) -> dict[str, Any]:
    about = {
        "rule": found.rule,
        "title": found.title,
        "kind": found.kind,
        "severity": found.severity,
        "confidence": found.confidence,
        "rank": found.rank,
        "explained_by": found.explained_by,
        "tag": [found.kind, found.severity],
    }
    known = {f"entity_{name}": value for name, value in found.entities.items()}
    return {key: value for key, value in {**about, **known}.items() if value is not None}


def _at(item: Evidence, signal: str, role: str) -> dict[str, Any]:
    return {
        "text": item.text,
        "member": item.member,
        "line": item.line,
        "signal": signal,
        "role": role,
    }


def _unexplained(report: Report) -> Iterator[dict[str, Any]]:
    for group in report.unexplained:
        for example in group.examples:
            yield {
                "message": sanitize(f"[unexplained] {example.text.strip()}"),
                **_when(example.timestamp, "Unexplained error"),
                "template": group.template,
                "count": group.count,
                "text": example.text,
                "member": example.member,
                "line": example.line,
                "tag": ["unexplained"],
            }


def _when(stamp: str | None, desc: str) -> dict[str, str]:
    if stamp is None:
        return {"datetime": _NO_TIME[0], "timestamp_desc": _NO_TIME[1]}
    return {"datetime": stamp.removesuffix("Z") + "+00:00", "timestamp_desc": desc}
