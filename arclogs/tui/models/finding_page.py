"""The page of a finding: what it is, why we believe it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.tui.models.block import (
    BLANK,
    AtLine,
    Block,
    Item,
    OfRule,
    Part,
    Tone,
    heading,
    line,
    prose,
    sureness,
    tone_of,
)
from arclogs.tui.models.match_tree import match_tree
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.authoring.trace import Trace
    from arclogs.model.report import Collect, Evidence, Finding, Report, Step

LONGEST_LINE: Final = 1_000
MOST_EVIDENCE: Final = 200
_RISKS: Final = {"destructive": Tone.CRITICAL, "mutating": Tone.MEDIUM}


def finding_page(report: Report, found: Finding, trace: Trace | str | None) -> list[Block]:
    """Return the page; `trace` is the match tree, why there is none, or None while it is made."""
    return [
        *_head(report, found),
        *_evidence(words.in_order(found.evidence)),
        *steps(words.fix_heading(found) if found is report.answer else "Fix", found.fix),
        *match_tree(trace),
        *_rivals(found),
        *steps("Verify", found.verify),
        *_impact(found),
        *_references(found),
    ]


def _head(report: Report, found: Finding) -> Iterator[Block]:
    verdict = words.verdict(report, found) if found is report.answer else found.kind.capitalize()
    if "," in verdict or found in words.candidates(report):
        verdict = "Possible cause"
    yield Block((Part(f"{verdict}: ", Tone.STRONG), Part(found.title, Tone.STRONG)))
    yield Block(
        (
            Part(words.severity(found.severity), tone_of(found.severity)),
            Part(" · "),
            Part(found.confidence, sureness(found.confidence)),
            Part(f" · rule {found.rule}"),
            Part(f" · seen {words.seen(found)}" if words.seen(found) else ""),
        )
    )
    yield from _settle(found)
    if place := words.where(found):
        yield from (BLANK, line(place, Tone.DIM))
    if found.summary.strip() not in ("", found.title):
        yield from (BLANK, *prose(words.reflow(found.summary)))
    if found.explained_by:
        target = OfRule(found.explained_by)
        yield from (BLANK, Block((Part(f"Follows from {found.explained_by}"),), target=target))


def _settle(found: Finding) -> Iterator[Block]:
    if found.confidence == "confirmed" and found.kind == "cause":
        return
    yield from collects(
        "To be sure" if found.confidence == "likely" else "To tell causes apart", found.collect
    )


def collects(title: str, wanted: Sequence[Collect]) -> Iterator[Block]:
    """Yield what to collect, and the commands that do it."""
    if wanted:
        yield from (BLANK, heading(title))
    for number, item in enumerate(wanted, 1):
        yield from prose(words.reflow(item.why), 1)
        yield from command(item.command, Item(f"{title} {number}"))


def _evidence(evidence: Sequence[Evidence]) -> Iterator[Block]:
    if not evidence:
        return
    days = {item.timestamp.split("T")[0] for item in evidence if item.timestamp}
    day = days.pop() if len(days) == 1 else ""
    yield from (BLANK, heading(f"Evidence ({day}, UTC)" if day else "Evidence"))
    for number, item in enumerate(evidence[:MOST_EVIDENCE], 1):
        target, place = AtLine(item.member, item.line), words.place(item.member, item.line)
        lead = (Part(f"{number:>2}  ", Tone.KEY),)
        moment = words.moment(item.timestamp or "").removeprefix(day).strip()
        when = f"{moment}  " if moment else ""
        against = " (speaks against it)" if item.role == "refutes" else ""
        text = cut(item.text)
        if item.says:
            yield Block(
                (Part(when, Tone.DIM), Part(item.says + against)), 0, lead, target, item.text
            )
            yield Block((Part(text, Tone.STRONG),), 4)
        else:
            parts = (Part(when, Tone.DIM), Part(text + against, Tone.STRONG))
            yield Block(parts, 0, lead, target, item.text)
        yield line(place, Tone.DIM, 4)
    if (left := len(evidence) - MOST_EVIDENCE) > 0:
        yield line(f"and {words.amount(left, 'line')} more", Tone.DIM, 4)


def fix_script(found: Finding) -> str:
    """Return what to paste: the commands of the fix, those that change things commented out.

    A cause that is only possible has no fix yet: then it is what tells the causes apart.
    """
    if found.confidence == "possible" and found.collect:
        return _script("To tell the causes apart", [(c.why, c.command, "") for c in found.collect])
    todo = [(step.title, step.command, step.risk) for step in found.fix]
    return _script(f"{found.rule}: {found.title}", todo) if todo else ""


def _script(title: str, todo: Sequence[tuple[str, str | None, str]]) -> str:
    said = [f"# {title}"]
    for number, (what, command, risk) in enumerate(todo, 1):
        harmless = risk in ("", "read-only")
        how = (
            f" ({risk}{'' if harmless else ': remove the # to run it'})" if risk and command else ""
        )
        said.append(f"# {number}. {' '.join(what.split())}{how}")
        lead = "" if harmless else "# "
        said += [f"{lead}{text}" for text in (command or "").splitlines()]
    return "\n".join(said) + "\n"


def _rivals(found: Finding) -> Iterator[Block]:
    if found.rivals:
        yield from (BLANK, heading("Why the others fell"))
    for rival in found.rivals:
        yield Block(
            (Part(rival.title),), 0, (Part("✖ ", Tone.FAILED),), OfRule(rival.rule), rival.rule
        )
        yield from (line(text, Tone.DIM, 2) for text in words.reflow(rival.why).split("\n"))


def steps(title: str, todo: Sequence[Step]) -> Iterator[Block]:
    """Yield what to do, each command in a line of its own, ready to be copied."""
    if todo:
        yield from (BLANK, heading(title))
    for number, step in enumerate(todo, 1):
        lead = (Part(f"{number:>2}  ", Tone.KEY),)
        risk = Part(f"  {step.risk}", _RISKS.get(step.risk, Tone.DIM))
        target = Item(f"{title} {number}")
        if step.command is None:
            title_text = words.reflow(step.title)
            yield Block((Part(title_text), risk), 0, lead, target, title_text)
            continue
        yield Block((Part(words.reflow(step.title)), risk), 0, lead)
        yield from command(step.command, target)


def command(text: str, target: Item) -> Iterator[Block]:
    """Yield a command; the cursor stands on its first line, copying takes all of it."""
    first, *rest = text.rstrip("\n").split("\n")
    yield Block((Part(first, Tone.COMMAND),), 4, (Part("$ ", Tone.DIM),), target, text)
    yield from (Block((Part(more, Tone.COMMAND),), 6) for more in rest)


def _impact(found: Finding) -> Iterator[Block]:
    if found.impact.strip():
        yield from (BLANK, heading("Impact"), *prose(words.reflow(found.impact), 2))


def _references(found: Finding) -> Iterator[Block]:
    if found.references:
        yield from (BLANK, heading("References"))
    for number, ref in enumerate(found.references, 1):
        note = f"  {ref.note}" if ref.note else ""
        yield Block((Part(ref.url), Part(note, Tone.DIM)), 2, (), Item(f"See {number}"), ref.url)


def cut(text: str) -> str:
    """Return a line of the bundle, as much of it as a screen is the place for."""
    shown = text.strip()
    left = len(shown) - LONGEST_LINE
    return shown if left <= 0 else f"{shown[:LONGEST_LINE]} ({left:,} more characters)"
