"""The help: keys of the screen, words of ARC, and what is known of this bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.tui.bindings import keys_of, spelled
from arclogs.tui.models.block import BLANK, Block, Item, Part, Tone, heading
from arclogs.tui.models.glossary import GLOSSARY
from arclogs.views import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from arclogs.model.report import Report
    from arclogs.tui.bindings import Scope

_LED: Final = 18


def help_page(
    scope: Scope,
    screens: Sequence[tuple[str, str]],
    keymap: Mapping[str, str],
    report: Report | None,
    wanted: str,
) -> list[Block]:
    """Return what of the help holds the wanted text."""
    groups = [
        (f"Keys of this screen ({scope})", _keys(scope, keymap)),
        ("Keys everywhere", [*((key, f"screen {name}") for key, name in screens),
                             *_keys("everywhere", keymap)]),
        ("Moving", _keys("moving", keymap)),
        ("Mouse", [("click", "put the cursor there"), ("double click", "open"),
                   ("drag", "select text; ctrl+c copies it"),
                   ("shift+drag", "the terminal's own selection")]),
        ("Settings", [("theme", "[tui] theme in your settings, ARCLOGS_THEME, or ctrl+p theme"),
                      ("keys", "[keys] in your settings, by the ids of docs/keys.md"),
                      ("where", "arclogs config path")]),
        ("Words", GLOSSARY),
        ("About this bundle", _about(report) if report else ()),
    ]  # fmt: skip
    told = wanted.casefold()
    blocks: list[Block] = []
    for name, entries in groups:
        kept = [(k, v) for k, v in entries if told in f"{k} {v}".casefold()]
        if kept:
            blocks += [BLANK, heading(name), *(_entry(key, text) for key, text in kept)]
    return blocks[1:] or [Block((Part(f"nothing in the help holds {wanted!r}"),))]


def _keys(scope: Scope, keymap: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in keys_of(scope):
        keys = keymap.get(key.id, key.keys)
        yield " ".join(dict.fromkeys(spelled(one) for one in keys.split(","))), key.help


def _entry(name: str, text: str) -> Block:
    return Block(
        (Part(text),), 1, (Part(f"{name:{_LED}} ", Tone.KEY),), Item(name), f"{name} {text}"
    )


def _about(report: Report) -> Iterable[tuple[str, str]]:
    bundle, tool = report.bundle, report.arclogs
    yield "name", bundle.name
    yield "sha256", bundle.sha256
    yield (
        "read",
        f"{words.amount(bundle.members, 'file')}, {words.amount(bundle.records, 'record')}",
    )
    if span := words.span(bundle.first_timestamp, bundle.last_timestamp):
        yield "time", span
    yield from words.environment(report)
    yield "coverage", words.coverage(report, partial_allowed=True)
    yield "result", words.counts(report)
    packs = ", ".join(f"{pack.name} {pack.version}" for pack in tool.packs)
    yield "arclogs", f"{tool.version}, rules {tool.rules_hash[:12]} ({packs})"
    for source in report.coverage.sources:
        yield (
            source.source,
            f"{words.amount(source.records, 'record')} in " + words.amount(source.members, "file"),
        )
    for member in report.coverage.members:
        yield (
            member.parser or "skipped",
            f"{member.member}: " + (member.skipped or words.amount(member.records, "record")),
        )
