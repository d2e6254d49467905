"""Finding the lines that a new rule is drafted from: in a file, or in what a bundle holds."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from arclogs.analyze import Options, analyze
from arclogs.authoring.draft.place import Text, cut_out
from arclogs.bundle import Bundle
from arclogs.bundle.member import Member
from arclogs.errors import UsageError
from arclogs.ingest.text.lines import decode_lines
from arclogs.redact import redact_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arclogs.model.report import Finding, Report


def text_at(place: str, bundles: Sequence[Path]) -> Text:
    """Return the file around `FILE:LINE`; with bundles FILE is a member of them.

    Raise UsageError where the place does not fit the form or is not there.
    """
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal():
        raise UsageError(f"{place!r} is no place: write FILE:LINE, as in job.log:18")
    if bundles:
        return _texts({name: int(number)}, bundles)[name]
    members = [m for m in Bundle([Path(name)]) if isinstance(m, Member)]
    if len(members) != 1:
        said = f"{name} holds {len(members)} files"
        raise UsageError(f"{said}: name one of them, FILE:LINE, and {name} behind it as the bundle")
    return _texts({members[0].name: int(number)}, [Path(name)])[members[0].name]


def text_of_unexplained(number: int, bundles: Sequence[Path], options: Options) -> Text:
    """Return the first example of an unexplained error, by its number in the report."""
    groups = _report(bundles, options).unexplained
    if not 1 <= number <= len(groups):
        there = f"there are {len(groups)}" if groups else "there is none"
        raise UsageError(f"the report has no unexplained error {number}: {there}")
    example = groups[number - 1].examples[0]
    return _texts({example.member: example.line}, bundles)[example.member]


def evidence_of(
    wanted: str, bundles: Sequence[Path], options: Options
) -> tuple[Finding, list[Text]]:
    """Return a finding, by its rule or its number in the report, and each file of its evidence."""
    report = _report(bundles, options)
    finding = report.findings[_index(wanted, report)]
    places: dict[str, int] = {}
    for evidence in finding.evidence:
        if evidence.line:
            places.setdefault(evidence.member, evidence.line)
    told = redact_report(report).findings[finding.rank - 1]
    return told, list(_texts(places, bundles).values())


def _report(bundles: Sequence[Path], options: Options) -> Report:
    if not bundles:
        raise UsageError("name the bundle, too: arclogs rules new ID --from-… BUNDLE")
    return analyze(bundles, options)


def _index(wanted: str, report: Report) -> int:
    ids = [f.rule for f in report.findings]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(ids):
        return int(wanted) - 1
    if wanted not in ids:
        there = f"there are {', '.join(dict.fromkeys(ids))}" if ids else "there is none"
        raise UsageError(f"the report has no finding {wanted!r}; {there}")
    return ids.index(wanted)


def _texts(places: Mapping[str, int], bundles: Sequence[Path]) -> dict[str, Text]:
    """Return each named member around its line, in the order of the places."""
    found: dict[str, Text] = {}
    names: list[str] = []
    for member in Bundle(bundles):
        if isinstance(member, Member):
            names.append(member.name)
            if member.name in places:
                lines = decode_lines(member.chunks, member.name, [])
                found[member.name] = cut_out(member.name, lines, places[member.name])
    for name in places:
        if name not in found:
            close = difflib.get_close_matches(name, names, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise UsageError(f"the bundle has no file {name!r}{hint}")
    return {name: found[name] for name in places}
