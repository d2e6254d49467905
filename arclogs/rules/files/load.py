"""From rule files to a checked rule set."""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from arclogs.cache import NO_CACHE, Cache
from arclogs.errors import RuleError, UsageError
from arclogs.rules.files.faults import faults
from arclogs.rules.files.kept import KeptFiles
from arclogs.rules.files.known_issues import FILE as KNOWN_ISSUES
from arclogs.rules.files.known_issues import KnownBug, read_known_issues
from arclogs.rules.files.manifest import FILE, Pack, read_pack
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.files.source import RuleSource, parse_source, read_text
from arclogs.rules.filtering.few_filter import FewFilter
from arclogs.rules.language.schema import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_NOT_RULES = frozenset({"fixtures"})


class RuleSet(Struct, frozen=True, dict=True):
    """Rules by id, in an order in which each comes after those it refers to."""

    rules: tuple[Rule, ...]
    hash: str
    """sha256 over the names and contents of all rule files."""
    packs: tuple[Pack, ...] = ()
    """The shipped pack, then those that were added."""
    known_issues: tuple[KnownBug, ...] = ()
    """Bugs of released versions; those of an added pack stand for the shipped ones of the same id."""

    @cached_property
    def few_filter(self) -> FewFilter:
        """Return the filter of the text signals of those rules that came with arclogs."""
        return FewFilter([s for r in self.rules if r.shipped for s in r.signals.values()])

    def get(self, rule_id: str) -> Rule | None:
        """Return a rule by id, or None."""
        return next((r for r in self.rules if r.id == rule_id), None)

    def suggest(self, rule_id: str) -> str | None:
        """Return the id that was probably meant, or None."""
        import difflib

        return next(iter(difflib.get_close_matches(rule_id, [r.id for r in self.rules], 1)), None)


class _Folder(Struct, frozen=True):
    """What one folder of rules holds."""

    pack: Pack
    rules: dict[str, Rule]
    known_issues: list[KnownBug]
    hashed: bytes
    """What the hash of the rule set is made of."""


def load_rules(extra_dirs: Sequence[Path] = (), kept: Cache = NO_CACHE) -> RuleSet:
    """Load the shipped pack and then each further folder, whose rules add to it or override by id.

    A folder may be a single rule file, too. Raise RuleError for the first file that cannot be used,
    UsageError for what is not there.
    """
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    packs: list[Pack] = []
    known: dict[str, KnownBug] = {}
    for folder in (pack_directory(), *extra_dirs):
        if not folder.exists():
            raise UsageError(f"there is no rule folder or rule file {folder}")
        here = _read_folder(folder, kept, rules) if packs else _shipped(folder, kept)
        packs.append(here.pack)
        digest.update(here.hashed)
        rules |= here.rules
        known |= {bug.id: bug for bug in here.known_issues}
    return RuleSet(_ordered(rules), digest.hexdigest(), tuple(packs), tuple(known.values()))


@cache
def _shipped(folder: Path, kept: Cache) -> _Folder:
    """Read the shipped pack once a process: it does not change under a running program."""
    return _read_folder(folder, kept, {}, shipped=True)


def _read_folder(
    folder: Path, kept: Cache, others: Mapping[str, Rule], *, shipped: bool = False
) -> _Folder:
    """Read a folder; `others` are the rules of those before it."""
    files = KeptFiles(kept, folder)
    pack = read_pack(folder, files)
    here: dict[str, Rule] = {}
    hashed = bytearray()
    for name, path in _named_files(folder):
        rule, digest = _load(files, path, shipped=shipped)
        if rule.id in here:
            raise RuleError(f"the id {rule.id} is also that of {here[rule.id].path}", f"{path}:1:1")
        here[rule.id] = rule
        hashed += f"{name}\0".encode() + bytes.fromhex(digest)
    known_issues = read_known_issues(folder, others.keys() | here.keys(), hashed.extend, files)
    files.keep()
    return _Folder(pack, here, known_issues, bytes(hashed))


def _load(files: KeptFiles, path: Path, *, shipped: bool) -> tuple[Rule, str]:
    text = read_text(path)
    found, digest = files.get(text, lambda: load_rule(parse_source(text, path), proven=shipped))
    if not isinstance(found, Rule) or found.id != path.stem:
        # the text of another file, a rule under another name, say: read again for the place of the fault
        found = load_rule(parse_source(text, path), proven=shipped)
    return replace(found, path=path, shipped=shipped), digest


def rule_files(folder: Path) -> list[Path]:
    """Return the rule files below a folder, in a fixed order, links not followed out of it.

    A file is all that is in itself.
    """
    return [path for _, path in _named_files(folder)]


def _named_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the rule files with their names in the folder."""
    if folder.is_file():
        return [(folder.name, folder)]
    found = [name for name in _yaml_below(str(folder), "") if name not in (FILE, KNOWN_ISSUES)]
    return [(name, folder / name) for name in sorted(found)]


def _yaml_below(folder: str, at: str) -> Iterator[str]:
    with contextlib.suppress(PermissionError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in _NOT_RULES:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _yaml_below(entry.path, f"{at}{entry.name}/")
            elif entry.name.endswith(".yaml") and entry.is_file():
                yield f"{at}{entry.name}"


def load_rule(source: RuleSource, *, proven: bool = False) -> Rule:
    """Validate one rule file; raise RuleError with the place of the first fault.

    `proven` leaves out compiling its patterns: they are compiled when they are first used.
    """
    if not isinstance(source.data, dict):
        raise RuleError("a rule file is a mapping that begins with 'id:'", source.place(()))
    from pydantic import ValidationError

    from arclogs.rules.language.forms import PROVEN

    try:
        rule = Rule.model_validate(source.data, context={PROVEN: proven})
    except ValidationError as error:
        raise next(faults(source, error)) from error
    if source.path.stem != rule.id:
        raise RuleError(f"the file is named {source.path.stem}, the rule {rule.id}",
                        source.place(("id",)))  # fmt: skip
    return replace(rule, path=source.path)


def _ordered(rules: dict[str, Rule]) -> tuple[Rule, ...]:
    graph: dict[str, Iterable[str]] = {}
    for rule_id, rule in sorted(rules.items()):
        used = rule.rules_used()
        named = (
            used
            | set(rule.explains)
            | set(rule.frequency_behind)
            | ({rule.parent} if rule.parent else set())
        )
        for missing in sorted(named - rules.keys()):
            import difflib

            close = difflib.get_close_matches(missing, rules, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise RuleError(f"{rule_id} refers to a rule {missing!r} that does not exist{hint}",
                            f"{rule.path}:1:1")  # fmt: skip
        graph[rule_id] = sorted(used)
    try:
        return tuple(rules[i] for i in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise RuleError(f"rules refer to each other in a circle: {circle}") from error
