"""From a line, a finding or an unexplained error to the text of a new rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from arclogs.authoring.draft.excerpt import excerpt
from arclogs.authoring.draft.pattern import draft_pattern
from arclogs.authoring.draft.place import Field, Text, Thing, known_values, thing_at
from arclogs.authoring.draft.skeleton import Draft, skeleton
from arclogs.errors import UsageError
from arclogs.model.event import Event
from arclogs.model.record import Record, Source
from arclogs.rules.language.signals import ObjectSignal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.report import Finding, Kind
    from arclogs.rules.language.schema import Area

SHORTEST_TWIN: Final = 6
LONGEST_ID: Final = 80
_AREAS: Final[Mapping[Source, Area]] = {
    Source.RUNNER: "runner",
    Source.JOB: "job",
    Source.HOOK: "hook",
    Source.CONTROLLER: "controller",
    Source.LISTENER: "listener",
    Source.HELM: "helm",
}
_EVENT_AREAS: Final[Mapping[str, Area]] = {
    "FailedScheduling": "scheduling",
    "FailedMount": "storage",
    "FailedAttachVolume": "storage",
    "ProvisioningFailed": "storage",
    "FailedCreate": "policy",
    "PolicyViolation": "policy",
    "ErrImagePull": "registry",
    "Failed": "registry",
    "Evicted": "node",
    "OOMKilling": "node",
}
# What the hook says stands in the job's log and in the runner's, too, and the job's in the runner's.
_WRITTEN_BY: Final = {Source.HOOK: ["hook", "job", "runner"], Source.JOB: ["job", "runner"]}


class _Seen(NamedTuple):
    signal: dict[str, object]
    area: Area
    twin: str
    captures: dict[str, str]


def check_id(rule_id: str) -> None:
    """Raise UsageError for what cannot be a rule's id."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule_id) or len(rule_id) > LONGEST_ID:
        raise UsageError(
            f"{rule_id!r} is no rule id: lower-case words with dashes, as in dns-lookup-fails"
        )


def rule_from_line(rule_id: str, kind: Kind, text: Text) -> str:
    """Return a rule for what stands at a line; raise UsageError where nothing does."""
    origin = f"{text.name}:{text.number}"
    thing = _thing(text, origin)
    seen = _seen(text, thing)
    file = excerpt(text, thing)
    name = file_name(text.name)
    return skeleton(
        Draft(
            rule_id,
            kind,
            seen.area,
            origin,
            seen.signal,
            {name: file},
            (name, _twin(seen.twin, file)),
            seen.captures,
        )
    )


def rule_from_finding(rule_id: str, kind: Kind, finding: Finding, texts: list[Text]) -> str:
    """Return a rule that builds on what another rule found; `texts` are its evidence."""
    files: dict[str, str] = {}
    for text in texts:
        thing = thing_at(text.name, text.lines, text.line)
        name = file_name(text.name)
        if thing is not None and name not in files:
            files[name] = excerpt(text, thing)
    if not files:
        raise UsageError(
            f"the evidence of {finding.rule} has no line to draft from; use --from FILE:LINE"
        )
    name, file = next(iter(files.items()))
    first = next(t for t in texts if file_name(t.name) == name)
    symptom = finding.kind == "symptom"
    return skeleton(
        Draft(
            rule_id,
            kind,
            finding.area,
            f"the finding {finding.rule}",
            {"rule": finding.rule},
            files,
            (name, _twin(first.lines[first.line - 1].strip(), file)),
            explains=finding.rule if symptom else None,
            parent=None if symptom or kind == "symptom" else finding.rule,
            says=next((e.says for e in finding.evidence if e.says), finding.title),
        )
    )


def file_name(name: str) -> str:
    """Return a member's name as that of a test's file: its last parts, without what acts."""
    parts = [re.sub(r"[^\w.@+-]", "_", part) for part in re.split(r"[/!\\]+", name)]
    return "/".join(part for part in parts[-2:] if part.strip(".")) or "line.log"


def _thing(text: Text, origin: str) -> Thing:
    thing = thing_at(text.name, text.lines, text.line)
    if thing is None:
        line = text.lines[text.line - 1].strip()
        said = "is blank" if not line else "is not understood as a log line, an event or a field"
        raise UsageError(f"{origin} {said}: name the line with the message")
    return thing


def _seen(text: Text, thing: Thing) -> _Seen:
    match thing:
        case Record():
            return _of_record(text, thing)
        case Event():
            return _of_event(thing)
        case Field():
            return _of_field(thing)


def _of_record(text: Text, record: Record) -> _Seen:
    lines = record.text.split("\n")
    number = min(text.line - record.line, len(lines) - 1)
    if not lines[number].strip():  # a frame of a stack without a text: what opened it is meant
        number = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line = lines[number]
    pattern = draft_pattern(line, known_values(record.fields))
    sources = _WRITTEN_BY.get(record.source, [record.source.value])
    if record.source is Source.UNKNOWN:
        sources = ["job", "runner", "hook"]
    signal: dict[str, object] = {"log": sources, "match": pattern}
    area = _AREAS.get(record.source, "job")
    return _Seen(signal, area, line.strip(), _captures(pattern, line))


def _of_event(event: Event) -> _Seen:
    wanted: dict[str, object] = {"reason": [event.reason]}
    if event.type in ("Normal", "Warning"):
        wanted = {"type": event.type, **wanted}
    if event.kind:
        wanted["kind"] = event.kind
    first = event.message.split("\n", 1)[0]
    captures: dict[str, str] = {}
    if first.strip():
        own = frozenset(v for v in (event.name, event.namespace) if v)
        wanted["message"] = pattern = draft_pattern(first, own)
        captures = _captures(pattern, first)
    area = _EVENT_AREAS.get(event.reason, "scheduling")
    return _Seen({"event": wanted}, area, first.strip() or event.reason, captures)


def _of_field(field: Field) -> _Seen:
    path = spelled_path(field.path)
    where: dict[str, object] = {"namespace": "$ns", "name": "$name"}
    if field.path[:1] != ("metadata",) or field.path[-1] not in ("name", "namespace"):
        where[path] = field.value if isinstance(field.value, str | int | float | bool) else "TODO"
    signal: dict[str, object] = {"object": field.observed.kind, "where": where}
    ObjectSignal.model_validate(signal)
    area: Area = "node" if field.observed.kind in ("Pod", "Node") else "config"
    return _Seen(signal, area, str(field.value), {})


def spelled_path(path: tuple[str | int, ...]) -> str:
    """Return a place inside an object as a field path; any item stands for the one of a list."""
    text = ""
    for key in path:
        if isinstance(key, int):
            text += "[*]"
        elif re.fullmatch(r"[A-Za-z_][\w-]*", key):
            text += f".{key}" if text else key
        else:
            text += f'["{key}"]'
    return text


def _captures(pattern: str, line: str) -> dict[str, str]:
    found = regex.search(pattern, line)
    return {k: v for k, v in found.groupdict().items() if v} if found else {}


def _twin(wanted: str, file: str) -> str:
    """Return the text of a line as it stands in the file, where escapes may have changed it."""
    if wanted in file:
        return wanted
    words = re.findall(rf"[\w .:/-]{{{SHORTEST_TWIN},}}", wanted)
    held = sorted((w for w in words if w in file), key=len)
    return held[-1] if held else file.rstrip("\n").split("\n")[-1]
