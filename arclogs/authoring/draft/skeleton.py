"""The text of a new rule file: filled in as far as it can be, with comments that teach the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from arclogs.model.report import Kind

_WIDTH: Final = 10_000
_FIRST_TEST: Final = "the line that was seen"

_ABOUT_CAUSE: Final = """\
title: TODO what is wrong, in at most ten words
area: {area}
severity: high  # critical: nothing runs, high: many jobs fail, medium, low, info: no alarm
frequency: occasional  # common, occasional, rare: orders what is only possible
"""
_ABOUT_SYMPTOM: Final = """\
title: TODO what is seen, in at most ten words
area: {area}
severity: high  # critical: nothing runs, high: many jobs fail, medium, low
"""
_PATTERN: Final = """\
    # What varies is masked; (?<name>…) captures a variable. Does every version of the message
    # fit, and no other message?
"""
_STATE: Final = """\
  # The state that decides, joined by variables: a log line binds $ns, $pod, $job, $step and $t
  # where it tells them, an event $ns, $object and $kind, a capture whatever you name.
  # pod:
  #   says: the runner pod and the account it runs as
  #   object: Pod
  #   where: {namespace: $ns, name: $pod, arc.component: runner}
  #   capture: {sa: spec.serviceAccountName}
  # gone:
  #   says: that account does not exist
  #   object: ServiceAccount
  #   where: {namespace: $ns, name: $sa}
  #   exists: false  # holds only where the bundle proves that accounts were collected
"""
_LADDER_OF_CAUSE: Final = """\
confidence:  # the first rung that holds wins
  # confirmed is for what the program says in so many words or state proves:
  # confirmed: [seen, pod, gone]
  possible: [seen]
"""
_LADDER_OF_SYMPTOM: Final = """\
confidence:
  confirmed: [seen]
"""
_WORDS: Final = """\
explain: |
  TODO what happened and why, in two to four sentences of plain words. A sentence whose variable is
  not bound is left out.
impact: TODO who is hit, and how badly
fix:  # one step each, risk: read-only, mutating or destructive
  - title: TODO look at what is wrong
    command: "kubectl -n ${{ ns }} get pods"
    risk: read-only
verify:
  - title: TODO what is true once it is mended
    command: "kubectl -n ${{ ns }} get pods"
collect:  # the one command whose output would decide; it must not change anything
  - why: TODO what it would settle
    command: "kubectl -n ${{ ns }} get pods,events -o yaml"
references:
  - url: https://github.com/actions/actions-runner-controller/issues/TODO
"""
_HONEST: Final = """\
    # Fails until a rung says confirmed. Is a lower one honest? Then expect that.
"""


class Draft(Struct, frozen=True):
    """What is known of a rule before its author has said a word."""

    id: str
    kind: Kind
    area: str
    origin: str
    """Where the line was taken from, in words."""
    signal: Mapping[str, object]
    """The first signal without its `says`."""
    files: Mapping[str, str]
    twin: tuple[str, str]
    """File and text of the line, for the twin to change."""
    captures: Mapping[str, str] = field(default_factory=dict)
    explains: str | None = None
    parent: str | None = None
    says: str = "TODO what the line means, as a statement"


def skeleton(draft: Draft) -> str:
    """Return the YAML of a rule: it loads, its open points say TODO, and its tests fail on purpose."""
    cause = draft.kind == "cause"
    parts = [
        _opening(draft),
        (_ABOUT_CAUSE if cause else _ABOUT_SYMPTOM).format(area=draft.area),
        _relations(draft),
        _signals(draft),
        _STATE if cause else "",
        _LADDER_OF_CAUSE if cause else _LADDER_OF_SYMPTOM,
        _WORDS if cause else "",
        _tests(draft),
    ]
    return "".join(parts)


def _opening(draft: Draft) -> str:
    origin = draft.origin if draft.origin.isprintable() else repr(draft.origin)
    return f"""\
# Drafted by `arclogs rules new` from {origin}. Replace every TODO; then, in this folder:
#   arclogs rules lint {draft.id}.yaml        what is left to do, by line
#   arclogs rules test {draft.id}.yaml   fails until the tests below are yours
id: {draft.id}
kind: {draft.kind}  # a symptom is what several causes may be behind; a cause says what to do
"""


def _relations(draft: Draft) -> str:
    text = ""
    if draft.parent:
        text += f"parent: {draft.parent}  # remains the answer while this rule is not proven\n"
    if draft.explains:
        text += f"explains: [{draft.explains}]  # folded under this rule where both are seen\n"
    return text


def _signals(draft: Draft) -> str:
    text = f"signals:\n  seen:\n    says: {scalar(draft.says)}\n"
    for key, value in draft.signal.items():
        text += f"{_PATTERN if key == 'match' else ''}    {key}: {flow(value)}\n"
    return text


def _tests(draft: Draft) -> str:
    files = "".join(f"      {scalar(n)}: {_file(t, 8)}\n" for n, t in draft.files.items())
    captures = f"      captures: {flow(dict(draft.captures))}\n" if draft.captures else ""
    name, line = draft.twin
    return f"""\
tests:
  - name: {_FIRST_TEST}
    files:
{files}{_HONEST if draft.kind == "cause" else ""}\
    expect:
      confidence: confirmed
{captures}\
  - name: TODO the near twin, in which one fact differs
    twin_of: {_FIRST_TEST}
    change:  # fails until `with` differs, so that the rule must be silent
      - file: {scalar(name)}
        replace: {scalar(line)}
        with: {scalar(line)}
    expect: {{fires: false}}
"""


def scalar(text: str) -> str:
    """Return a text as YAML on one line: plain where that says the same, else in quotes."""
    plain: str = yaml.safe_dump(text, width=_WIDTH, allow_unicode=True)
    plain = plain.removesuffix("\n...\n").rstrip("\n")
    if "\n" not in plain:
        return plain
    quoted: str = yaml.safe_dump(text, width=_WIDTH, default_style='"')
    return quoted.rstrip("\n").replace("\\\n", "")


def flow(value: object) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, str):
        return scalar(value)
    text: str = yaml.safe_dump(
        value, default_flow_style=True, width=_WIDTH, sort_keys=False, allow_unicode=True
    )
    return text.removesuffix("\n...\n").rstrip("\n")


def _file(text: str, indent: int) -> str:
    """Return the text of a file: as it is where YAML would give it back, else in quotes."""
    lines = text.removesuffix("\n").split("\n")
    body = "\n".join(" " * indent + line if line else "" for line in lines)
    try:
        if yaml.safe_load(f"x: |\n{body}\n") == {"x": text}:
            return f"|\n{body}"
    except yaml.YAMLError:
        pass
    return scalar(text)
