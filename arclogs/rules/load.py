"""From rule files to a checked rule set."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from arclogs.cache import NO_CACHE, Cache
from arclogs.errors import RuleError, UsageError
from arclogs.rules.faults import faults
from arclogs.rules.kept import KeptSources
from arclogs.rules.known_issues import FILE as KNOWN_ISSUES
from arclogs.rules.known_issues import KnownBug, read_known_issues
from arclogs.rules.manifest import FILE, Pack, read_pack
from arclogs.rules.pack import pack_directory
from arclogs.rules.schema import Rule
from arclogs.rules.signals import PROVEN
from arclogs.rules.source import RuleSource, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_NOT_RULES = frozenset({"fixtures"})


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules by id, in an order in which each comes after those it refers to."""

    rules: tuple[Rule, ...]
    hash: str
    """sha256 over the names and contents of all rule files."""
    packs: tuple[Pack, ...] = ()
    """The shipped pack, then those that were added."""
    known_issues: tuple[KnownBug, ...] = ()
    """Bugs of released versions; those of an added pack stand for the shipped ones of the same id."""

    def get(self, rule_id: str) -> Rule | None:
        """Return a rule by id, or None."""
        return next((r for r in self.rules if r.id == rule_id), None)

    def suggest(self, rule_id: str) -> str | None:
        """Return the id that was probably meant, or None."""
        return next(iter(difflib.get_close_matches(rule_id, [r.id for r in self.rules], 1)), None)


def load_rules(extra_dirs: Sequence[Path] = (), kept: Cache = NO_CACHE) -> RuleSet:
    """Load the shipped pack and then each further folder, whose rules add to it or override by id.

    Raise RuleError for the first file that cannot be used, UsageError for a folder that is not there.
    """
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    packs: list[Pack] = []
    known: dict[str, KnownBug] = {}
    for folder in (pack_directory(), *extra_dirs):
        if not folder.is_dir():
            raise UsageError(f"there is no rule folder {folder}")
        packs.append(read_pack(folder))
        here, hashed = (_shipped if len(packs) == 1 else _read_folder)(folder, kept)
        digest.update(hashed)
        rules.update(here)
        for bug in read_known_issues(folder, rules, digest.update):
            known[bug.id] = bug
    return RuleSet(_ordered(rules), digest.hexdigest(), tuple(packs), tuple(known.values()))


def _load(sources: KeptSources, path: Path, *, proven: bool) -> Rule:
    source, known = sources.read(path)
    try:
        rule = load_rule(source, proven=proven or known)
    except RuleError:
        if known:  # the same text under another name, say: read again for the place of the fault
            load_rule(read_source(path), proven=proven)
        raise
    rule._shipped = proven
    return rule


def _read_folder(
    folder: Path, kept: Cache, *, proven: bool = False
) -> tuple[dict[str, Rule], bytes]:
    """Return the rules of a folder by id, and what its hash is made of."""
    here: dict[str, Rule] = {}
    hashed = bytearray()
    sources = KeptSources(kept, (folder,))
    for path in rule_files(folder):
        rule = _load(sources, path, proven=proven)
        if rule.id in here:
            raise RuleError(f"the id {rule.id} is also that of {here[rule.id].path}", f"{path}:1:1")
        here[rule.id] = rule
        hashed += f"{path.relative_to(folder).as_posix()}\0".encode()
        hashed += hashlib.sha256(path.read_bytes()).digest()
    sources.keep()
    return here, bytes(hashed)


@cache
def _shipped(folder: Path, kept: Cache) -> tuple[dict[str, Rule], bytes]:
    """Read the shipped pack once a process: it does not change under a running program."""
    return _read_folder(folder, kept, proven=True)


def rule_files(folder: Path) -> list[Path]:
    """Return the rule files below a folder, in a fixed order, links not followed out of it."""
    found = [
        path
        for path in folder.rglob("*.yaml")
        if not _NOT_RULES.intersection(path.relative_to(folder).parts)
        and path not in (folder / FILE, folder / KNOWN_ISSUES)
        and path.is_file()
    ]
    return sorted(found, key=lambda p: p.relative_to(folder).as_posix())


def load_rule(source: RuleSource, *, proven: bool = False) -> Rule:
    """Validate one rule file; raise RuleError with the place of the first fault.

    `proven` leaves out compiling its patterns: they are compiled when they are first used.
    """
    if not isinstance(source.data, dict):
        raise RuleError("a rule file is a mapping that begins with 'id:'", source.place(()))
    try:
        rule = Rule.model_validate(source.data, context={PROVEN: proven})
    except ValidationError as error:
        raise next(faults(source, error)) from error
    if source.path.stem != rule.id:
        raise RuleError(f"the file is named {source.path.stem}, the rule {rule.id}",
                        source.place(("id",)))  # fmt: skip
    rule._path = source.path
    return rule


def _ordered(rules: dict[str, Rule]) -> tuple[Rule, ...]:
    graph: dict[str, Iterable[str]] = {}
    for rule_id, rule in sorted(rules.items()):
        named = (
            rule.rules_used()
            | set(rule.explains)
            | set(rule.frequency_behind)
            | ({rule.parent} if rule.parent else set())
        )
        for missing in sorted(named - rules.keys()):
            close = difflib.get_close_matches(missing, rules, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise RuleError(f"{rule_id} refers to a rule {missing!r} that does not exist{hint}",
                            f"{rule.path}:1:1")  # fmt: skip
        graph[rule_id] = sorted(rule.rules_used())
    try:
        return tuple(rules[i] for i in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise RuleError(f"rules refer to each other in a circle: {circle}") from error
