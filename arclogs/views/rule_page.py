"""A rule as a page to read, in GitHub's Markdown, and the index of all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from arclogs.authoring.ladder import stated
from arclogs.rules.language.signals import (
    EventSignal,
    FactSignal,
    LogSignal,
    ObjectSignal,
    RuleSignal,
    SequenceSignal,
)
from arclogs.rules.language.template import SLOT, placeholder
from arclogs.views import words
from arclogs.views.known_issues import of_rule
from arclogs.views.markdown_text import cell_code, code, fence, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.model.report import Step
    from arclogs.rules.files.known_issues import KnownBug
    from arclogs.rules.language.schema import Rule
    from arclogs.rules.language.signals import AnySignal

_MODIFIERS: Final = {
    "": "is", "neq": "is not", "in": "is one of", "not_in": "is none of", "contains": "contains",
    "startswith": "begins with", "endswith": "ends with", "matches": "matches", "before": "is before",
    "after": "is after", "soon_after": "is after, by no more than a day,", "gt": "is more than",
    "lt": "is less than", "grants": "grants", "not_grants": "does not grant",
}  # fmt: skip


def render_rule(rule: Rule, rules: Mapping[str, Rule], bugs: Sequence[KnownBug] = ()) -> str:
    """Return the page of one rule; `rules` are those that it may link to."""
    lines = [
        f"# {prose(rule.title)}",
        "",
        " · ".join(
            [code(rule.id), rule.kind, rule.area, f"severity {rule.severity}", rule.frequency]
        ),
        "",
        *_section("What it means", [*_paragraphs(rule.explain), *_impact(rule)]),
        *_section("How it is recognised", _signals(rule, rules)),
        *_section("How sure it is", _ladder(rule)),
        *_section("Versions and modes", _versions(rule)),
        *_section("Known bugs that show this way", _bugs(rule, bugs)),
        *_section("Fix", _steps(rule.fix)),
        *_section("Verify", _steps(rule.verify)),
        *_section("What to collect where the bundle does not decide", _collect(rule)),
        *_section("Related rules", _related(rule, rules)),
        *_section("Proven on", _tests(rule)),
        *_section("References", _references(rule)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def render_index(rules: Sequence[Rule]) -> str:
    """Return the index: a table of causes and one of symptoms for each area."""
    lines = ["# Rules", "", f"{len(rules)} rules, by area.", ""]
    for area in sorted({r.area for r in rules}):
        lines += [f"## {area}", "", "| rule | kind | severity |", "|---|---|---|"]
        here = sorted((r for r in rules if r.area == area), key=lambda r: (r.kind, r.id))
        lines += [
            f"| [{prose(r.title, cell_code)}]({page_of(r)}) {cell_code(r.id)} "
            f"| {r.kind} | {r.severity} |"
            for r in here
        ]
        lines.append("")
    return "\n".join(lines)


def page_of(rule: Rule) -> str:
    """Return where a rule's page lies below the index."""
    return f"{rule.area}/{rule.id}.md"


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from (f"## {heading}", "", *body)
        if body[-1]:
            yield ""


def _told(text: str) -> str:
    """Return a text with its variables shown as what they stand for."""
    return SLOT.sub(lambda slot: f"`{placeholder(slot[1])}`", text)


def _paragraphs(text: str) -> Iterator[str]:
    for line in words.reflow(_told(text)).split("\n") if text.strip() else ():
        item = line.lstrip().startswith(("- ", "* "))
        yield f"- {prose(line.lstrip()[2:])}" if item else prose(line)
        yield ""


def _impact(rule: Rule) -> Iterator[str]:
    if rule.impact.strip():
        yield f"**Impact**: {prose(_told(rule.impact))}"
        yield ""


def _signals(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[str]:
    for name, signal in rule.signals.items():
        says = f"{prose(_told(signal.says))}: " if signal.says else ""
        yield f"- {code(name)}: {says}{_in_words(signal, rule, rules)}"


def _in_words(signal: AnySignal, rule: Rule, rules: Mapping[str, Rule]) -> str:
    match signal:
        case LogSignal():
            return _log(signal)
        case EventSignal():
            return _event(signal)
        case ObjectSignal():
            return _object(signal)
        case RuleSignal():
            return f"the rule {_or(_link(r, rule, rules) for r in signal.rule)} fires"
        case FactSignal():
            return _fact(signal)
        case SequenceSignal():
            within = f", within {signal.within}" if signal.within else ""
            return f"in this order of time{within}: {', then '.join(map(code, signal.sequence))}"
        case _:
            assert_never(signal)


def _log(signal: LogSignal) -> str:
    parts = [f"a line of the {_or(s.value for s in signal.log)} log"]
    parts += [f"that matches {code(signal.match)}"] if signal.match else []
    parts += [f"that contains {code(signal.contains)}"] if signal.contains else []
    parts += [f"unless it matches {code(signal.unless)}"] if signal.unless else []
    parts += [f"of level {signal.level} or above"] if signal.level else []
    return ", ".join([*parts, *_fields(signal.where), *_time(signal)])


def _event(signal: EventSignal) -> str:
    wanted = signal.event
    what = f"a {wanted.type} event" if wanted.type else "an event"
    parts = [what + (f" {_or(map(code, wanted.reason))}" if wanted.reason else "")]
    parts += [f"about a {code(wanted.kind)}"] if wanted.kind else []
    parts += [f"whose message matches {code(wanted.message)}"] if wanted.message else []
    return ", ".join([*parts, *_fields(signal.where), *_time(signal)])


def _object(signal: ObjectSignal) -> str:
    declared = ", as the chart declares it" if signal.state == "declared" else ""
    what = f"{'no' if not signal.exists else 'a'} {code(signal.object)}{declared}"
    tail = [] if signal.exists else ["and the bundle proves that it was looked for"]
    return ", ".join([what, *_fields(signal.where), *tail])


def _fact(signal: FactSignal) -> str:
    parts = [code(signal.fact)]
    parts += [f"is {_or(map(code, signal.equals))}"] if signal.equals else []
    parts += [f"is {signal.from_} or newer"] if signal.from_ else []
    parts += [f"is older than {signal.below}"] if signal.below else []
    return " ".join([parts[0], " and ".join(parts[1:]) or "is known"])


def _fields(where: Mapping[str, object]) -> Iterator[str]:
    for key, wanted in where.items():
        path, _, modifier = key.partition("|")
        if modifier == "exists":
            yield f"{code(path)} is {'there' if str(wanted).lower() == 'true' else 'not there'}"
            continue
        values = wanted if isinstance(wanted, list) else [wanted]
        yield f"{code(path)} {_MODIFIERS[modifier]} {_or(code(str(v)) for v in values)}"


def _time(signal: LogSignal | EventSignal) -> Iterator[str]:
    if signal.near:
        near = signal.near
        which = "" if near.of == "any" else f"the {near.of} "
        yield f"between {near.before} before and {near.after} after {which}{code(near.signal)}"
    if signal.count:
        within = f" within {signal.count.within}" if signal.count.within else ""
        by = f" for one {_or(signal.count.by)}" if signal.count.by else ""
        yield f"at least {signal.count.at_least} times{within}{by}"


def _ladder(rule: Rule) -> Iterator[str]:
    for name, rung in rule.confidence.rungs():
        yield f"- **{name}**: {prose(stated(rung))}"
    if rule.refuted_by:
        yield f"- **ruled out** by {_or(map(code, rule.refuted_by))}"
    if rule.context:
        yield f"- shown beside it, and decides nothing: {', '.join(map(code, rule.context))}"


def _versions(rule: Rule) -> Iterator[str]:
    for fact, allowed in rule.applies_to.items():
        yield f"- only where {code(fact)} is {_or(map(code, allowed))}"
    for signal in rule.signals.values():
        if isinstance(signal, FactSignal):
            yield f"- {_fact(signal)}" + (f": {prose(_told(signal.says))}" if signal.says else "")


def _bugs(rule: Rule, bugs: Sequence[KnownBug]) -> Iterator[str]:
    yield from (f"- {prose(text)}" for text in of_rule(rule.id, bugs))


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        yield f"{number}. {prose(_told(step.title))} ({step.risk})"
        if step.command:
            yield from (
                "",
                *fence(SLOT.sub(lambda s: placeholder(s[1]), step.command), "sh", "   "),
                "",
            )


def _collect(rule: Rule) -> Iterator[str]:
    for item in rule.collect:
        command = SLOT.sub(lambda s: placeholder(s[1]), item.command)
        yield from (f"- {prose(_told(item.why))}", "", *fence(command, "sh", "  "), "")


def _related(rule: Rule, rules: Mapping[str, Rule]) -> Iterator[str]:
    others = sorted(rules.values(), key=lambda r: r.id)
    groups: tuple[tuple[str, list[str]], ...] = (
        ("broader cause", [rule.parent] if rule.parent else []),
        ("narrower causes", [r.id for r in others if r.parent == rule.id]),
        ("explains", list(rule.explains)),
        ("explained by", [r.id for r in others if rule.id in r.explains]),
        ("used by", [r.id for r in others if rule.id in r.rules_used()]),
    )
    for label, ids in groups:
        if ids:
            yield f"- {label}: {', '.join(_link(i, rule, rules) for i in ids)}"


def _tests(rule: Rule) -> Iterator[str]:
    for test in rule.tests:
        expect = test.expect
        came_to = (expect.confidence or "fires") if expect.fires else "silent"
        yield f"- {prose(test.name)}: {came_to}"


def _references(rule: Rule) -> Iterator[str]:
    for ref in rule.references:
        note = f": {prose(ref.note)}" if ref.note else ""
        yield (
            f"- <{ref.url}>{note}"
            if ref.url.startswith("https://") and " " not in ref.url
            else f"- {code(ref.url)}{note}"
        )


def _link(rule_id: str, here: Rule, rules: Mapping[str, Rule]) -> str:
    other = rules.get(rule_id)
    if other is None:
        return code(rule_id)
    return (
        f"[{code(rule_id)}]({'' if other.area == here.area else f'../{other.area}/'}{rule_id}.md)"
    )


def _or(items: Iterable[str]) -> str:
    listed = list(items)
    return " or ".join([", ".join(listed[:-1]), listed[-1]]) if len(listed) > 1 else "".join(listed)
