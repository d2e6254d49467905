"""Choosing among rules: by id, by what they are, by what they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from arclogs.errors import UsageError
from arclogs.rules.files.load import RuleSet
from arclogs.rules.files.pack import pack_directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.rules.language.schema import Rule


def rule_named(rules: RuleSet, rule_id: str) -> Rule:
    """Return a rule by id; raise UsageError with the id that was probably meant."""
    rule = rules.get(rule_id)
    if rule is None:
        close = rules.suggest(rule_id)
        hint = f" (did you mean {close!r}?)" if close else "; `arclogs rules list` shows all"
        raise UsageError(f"there is no rule {rule_id!r}{hint}")
    return rule


def named_by_file(names: Sequence[str], rule_dirs: Sequence[Path]) -> tuple[list[str], list[Path]]:
    """Return rule ids, and the rule folders and files in use, where names may be those of rule files.

    Raise UsageError for a file that is not there.
    """
    ids, used = [], list(rule_dirs)
    for name in names:
        path = Path(name)
        if path.suffix != ".yaml":
            ids.append(name)
            continue
        if not path.is_file():
            raise UsageError(f"there is no rule file {name}")
        ids.append(path.stem)
        if not any(
            map(path.absolute().is_relative_to, (d.absolute() for d in (*used, pack_directory())))
        ):
            used.append(path)
    return ids, used


def choose(
    rules: RuleSet,
    *,
    area: str | None = None,
    severity: str | None = None,
    kind: str | None = None,
    frequency: str | None = None,
    grep: str | None = None,
) -> list[Rule]:
    """Return the rules that fit all that is given, by area, kind and id.

    `grep` looks for plain text, whatever its case, in everything that a rule file says. Raise
    UsageError for an area that no rule has.
    """
    ordered = sorted(rules.rules, key=lambda r: (r.area, r.kind, r.id))
    areas = sorted({r.area for r in ordered})
    if area is not None and area not in areas:
        raise UsageError(f"no rule is of the area {area!r}; there are {', '.join(areas)}")
    return [
        r
        for r in ordered
        if area in (None, r.area)
        and severity in (None, r.severity)
        and kind in (None, r.kind)
        and frequency in (None, r.frequency)
        and (grep is None or grep.casefold() in _text_of(r))
    ]


def _text_of(rule: Rule) -> str:
    return rule.path.read_text(encoding="utf-8").casefold()


def rules_below(rules: RuleSet, folders: Sequence[Path]) -> list[Rule]:
    """Return the rules whose files lie in one of the folders, or all where no folder is given."""
    ordered = sorted(rules.rules, key=lambda r: (r.area, r.kind, r.id))
    return [r for r in ordered if not folders or any(map(r.path.is_relative_to, folders))]


def with_what_it_uses(rules: RuleSet, chosen: Sequence[Rule]) -> RuleSet:
    """Return rules with all that they refer to as signals: enough to judge them."""
    wanted, waiting = {r.id for r in chosen}, list(chosen)
    while waiting:
        for name in waiting.pop().rules_used() - wanted:
            wanted.add(name)
            waiting += [r for r in (rules.get(name),) if r]
    kept = tuple(r for r in rules.rules if r.id in wanted)
    return RuleSet(kept, rules.hash, rules.packs, rules.known_issues)
