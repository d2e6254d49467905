"""Words that all views share, so that none says a thing in its own way."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arclogs.model.inventory import Inventory
    from arclogs.model.report import (
        Confidence,
        Evidence,
        Finding,
        Report,
        Severity,
        Unexplained,
    )

_PLACES = ("namespace", "pod", "job", "step")
_TIME = lazy_compile(r"\d{4}-\d\d-\d\dT")
_LIST_ITEM = lazy_compile(r"\s|[-*+] |\d+[.)] ")


def severity(level: Severity) -> str:
    """Return letter and word: `H high`. Never told by colour alone."""
    return f"{level[0].upper()} {level}"


def verdict(report: Report, answer: Finding) -> str:
    """Return the heading of the answer, as sure as the finding is."""
    several = len(candidates(report)) > 1
    if answer.severity == "info":
        return "Nothing is wrong with runner or cluster"
    words: dict[Confidence, str] = {
        "confirmed": "Root cause",
        "likely": "Likely cause",
        "possible": "Possible causes, most frequent first" if several else "Possible cause",
    }
    return words[answer.confidence]


def fix_heading(answer: Finding, *, several: bool = True) -> str:
    """Return the heading over the fix, which is none yet for a cause that is only possible."""
    if answer.severity == "info":
        return "What to do"
    if answer.confidence != "possible":
        return "Fix"
    return "Fix, once the first cause is proven" if several else "Fix, once the cause is proven"


def candidates(report: Report) -> list[Finding]:
    """Return the possible causes among which the answer is, or nothing where it is surer."""
    answer = report.answer
    if answer is None or answer.confidence != "possible":
        return []
    return [
        f
        for f in report.findings
        if f is answer
        or (f.kind == "cause" and f.confidence == "possible" and f.explained_by is None
            and _may_be_of(f, answer))
    ]  # fmt: skip


def _may_be_of(one: Finding, other: Finding) -> bool:
    """Tell whether two findings may be about the same pod."""
    pods = {found.entities["pod"] for found in (one, other) if "pod" in found.entities}
    return len(pods) < 2


def others(report: Report) -> list[Finding]:
    """Return the findings that are neither the answer nor one of the possible answers."""
    shown = [id(f) for f in (*candidates(report), report.answer)]
    return [f for f in report.findings if id(f) not in shown]


def by_failure(found: Iterable[Finding]) -> list[list[Finding]]:
    """Return findings in their order; causes that are possible for one line of a log together."""
    groups: dict[object, list[Finding]] = {}
    for finding in found:
        together = finding.kind == "cause" and finding.confidence == "possible"
        shown = [(item.member, item.line) for item in in_order(finding.evidence)[:1]]
        groups.setdefault(tuple(shown) if together and shown else id(finding), []).append(finding)
    return list(groups.values())


def looked_at(report: Report) -> str:
    """Return what stands where no cause was found, one sentence a line."""
    rules, records = amount(report.arclogs.rules, "rule"), amount(report.bundle.records, "record")
    said = [f"{rules} looked at {records} in {amount(report.bundle.members, 'file')}."]
    if report.findings or report.unexplained:
        said.append("What is listed below went wrong, but nothing in the bundle tells why.")
    else:
        said.append("Nothing in what was collected looks like a failure of runner or cluster.")
    if not report.coverage.complete:
        said.append("A part of the input could not be read: the cause may lie there.")
    return "\n".join(said)


def amount(number: int, noun: str) -> str:
    """Return number and noun: `1 file`, `1,204 files`."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def moment(stamp: str) -> str:
    """Return an RFC 3339 time as people read it: `2026-03-02 10:04:20.114`, zone dropped."""
    return stamp.removesuffix("Z").replace("T", " ", 1)


def span(first: str | None, last: str | None) -> str:
    """Return from when to when in whole seconds, UTC; empty where nothing has a time."""
    stamps = [moment(stamp).split(".")[0] for stamp in (first, last) if stamp]
    if len(set(stamps)) == 2 and stamps[0].split(" ")[0] == stamps[1].split(" ")[0]:
        stamps[1] = stamps[1].split(" ")[-1]
    return f"{' to '.join(dict.fromkeys(stamps))} UTC" if stamps else ""


def duration(seconds: int) -> str:
    """Return a length of time in its two largest units: `3 d 4 h`, `1 h 2 min`, `12 min`, `8 s`."""
    parts: list[str] = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        number, seconds = divmod(seconds, size)
        if number or (unit == "s" and not parts):
            parts.append(f"{number:,} {unit}")
        elif parts:
            break
    return " ".join(parts[:2])


def times(number: int) -> str:
    """Return how often: `once`, `3 times`."""
    return "once" if number == 1 else f"{number:,} times"


def seen(found: Finding) -> str:
    """Return how many entities show a finding, and when."""
    when = span(found.first_seen, found.last_seen)
    often = times(found.count) if found.count > 1 else ""
    return ", ".join(part for part in (often, when) if part)


def where(found: Finding) -> str:
    """Return the entities of a finding: the place first, each name once, no times."""
    known = found.entities
    ordered = [name for name in _PLACES if name in known]
    ordered += [name for name in known if name not in _PLACES]
    parts: dict[str, str] = {}
    for name in ordered:
        if not _TIME.match(known[name]):
            parts.setdefault(known[name], name.replace("_", " "))
    return ", ".join(f"{name} {value}" for value, name in parts.items())


def environment(report: Report | Inventory) -> list[tuple[str, str]]:
    """Return what is known of versions and names, as label and value."""
    env = report.environment
    facts = [
        ("ARC controller", env.controller_version),
        ("chart", env.chart_version),
        ("runner", env.runner_version),
        ("container hooks", env.hook_version),
        ("container mode", env.container_mode),
        ("Kubernetes", env.kubernetes_version),
        ("scale set", ", ".join(env.scale_sets)),
        ("namespace", ", ".join(env.namespaces)),
    ]
    return [(label, value) for label, value in facts if value]


def in_order(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return evidence by time; what has none, as the state of an object, after it."""
    return sorted(evidence, key=lambda e: (e.timestamp is None, e.timestamp or ""))


def place(member: str, line: int) -> str:
    """Return `member:line`; line 0 is the member as a whole."""
    return f"{member}:{line}" if line else member


def reflow(text: str) -> str:
    """Join lines that only wrap; paragraphs, lists and indented lines stay apart."""
    lines: list[str] = []
    open_paragraph = False
    for line in text.strip().split("\n"):
        if not line.strip():
            open_paragraph = False
        elif open_paragraph and not _LIST_ITEM.match(line):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.rstrip())
            open_paragraph = True
    return "\n".join(lines)


def draft_command(groups: Sequence[Unexplained], bundles: Sequence[str]) -> str:
    """Return the command that drafts a rule from the first group, or "" where none would work."""
    first = next((e for g in groups for e in g.examples[:1]), None)
    if first is None or not (_can_be_named(bundles) and first.member.isprintable()):
        return ""
    at = shlex.quote(f"{first.member}:{first.line}")
    return f"arclogs rules new my-rule --from {at} {shlex.join(bundles)}"


def collect_command(bundles: Sequence[str]) -> str:
    """Return the command that prints what to collect, for these bundles if they can be named."""
    return f"arclogs collect {shlex.join(bundles)}" if _can_be_named(bundles) else "arclogs collect"


def _can_be_named(bundles: Sequence[str]) -> bool:
    """Tell whether a command may name bundles: stdin has gone by, and names may hide signs."""
    return bool(bundles) and "-" not in bundles and all(map(str.isprintable, bundles))


def loses_evidence(code: str) -> bool:
    """Tell whether a coverage note means that something was not read."""
    return code not in frozenset(Code) or Code(code).loses_evidence


def coverage(report: Report | Inventory, *, partial_allowed: bool) -> str:
    """Return how much was read: `41 of 43 files; 2 problems (exit 3)`."""
    cover = report.coverage
    problems = [note for note in cover.notes if loses_evidence(note.code)]
    read = {m.member for m in cover.members if m.skipped is None}
    files = {m.member for m in cover.members} | {
        n.member  # what never became a member: an unsafe name, a link
        for n in problems
        if n.member != report.bundle.name and not n.code.startswith("rule.")
    }
    share = f"{len(read):,} of {amount(len(files), 'file')}"
    if cover.complete:
        return f"{share}; no problems"
    exit_code = "allowed by --allow-partial" if partial_allowed else "exit 3"
    return f"{share}; {amount(len(problems), 'problem')} ({exit_code})"


def counts(report: Report) -> str:
    """Return what was run and found, in one line."""
    whole = [f for f in report.findings if f.explained_by is None]
    causes = sum(f.kind == "cause" for f in whole)
    folded = len(report.findings) - len(whole)
    unread = sum(m.unparsed for m in report.coverage.members)
    parts = [amount(causes, "cause")]
    parts += [f"{amount(folded, 'finding')} explained by another"] if folded else []
    symptoms = len(whole) - causes
    parts += [f"{amount(symptoms, 'symptom')} without a known cause"] if symptoms else []
    kinds = len(report.unexplained)
    parts += [f"{amount(kinds, 'kind')} of error unexplained" if kinds else "no unexplained error"]
    parts += [f"{amount(unread, 'line')} not understood"] if unread else []
    return f"{amount(report.arclogs.rules, 'rule')} run: {', '.join(parts)}"
