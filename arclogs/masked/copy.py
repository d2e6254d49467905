"""The masked copy: read once to learn the secrets, once to write, once more to be sure.

bundle → secrets that it holds → members without them → archive → second look → its final name
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arclogs.bundle import Bundle, Limits, Member
from arclogs.errors import NothingToAnalyze, OutputError, UsageError
from arclogs.masked.text import WITHHELD, decoded, masked, open_text, windows
from arclogs.masked.writers import Names, Writer, writer_for
from arclogs.redact.known import Known, Sweep
from arclogs.redact.placeholder import keyed, kind_only, strength
from arclogs.redact.probe import leaks
from arclogs.redact.redactor import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.model.coverage import Note
    from arclogs.redact.placeholder import Naming

_IN_MEMORY: Final = 32 * 1024 * 1024
_STRONG_BITS: Final = 100
"""What a secret needs so that nobody can come upon the key that is made of it."""


@dataclass(slots=True)
class Masking:
    """What a masked copy holds and what was replaced in it; never a value."""

    members: int = 0
    renamed: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By member and kind."""
    values: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    withheld: int = 0
    notes: list[Note] = field(default_factory=list)

    def total(self) -> Counter[str]:
        """Return how often each kind was replaced."""
        return sum(self.counts.values(), Counter())

    def seen(self, member: str, kind: str, value: str) -> None:
        """Count a secret; of its value only a digest is kept, for as long as the run takes."""
        self.counts[member][kind] += 1
        self.values[kind].add(hashlib.sha256(value.encode("utf-8", "replace")).digest())


def mask_bundle(
    source: Path,
    target: Path,
    *,
    key: bytes | None = None,
    redactor: Redactor | None = None,
    limits: Limits | None = None,
    on_bytes: Callable[[int, int | None], None] | None = None,
) -> Masking:
    """Write a copy of a bundle without its secrets, whole or not at all.

    `key` makes ids that are the same in every copy; without one they are the same in this bundle
    only. Raise UsageError where target and source do not fit together, NothingToAnalyze for a source
    without a text in it, OutputError where the copy could not be written, or would hold a secret.
    """
    _refuse(source, target)
    limits = limits or Limits()
    redactor = redactor or Redactor()
    known, single = _learn(Bundle([source], limits, on_bytes), redactor)
    sweep = Sweep(sorted(known.kinds.items()))
    told = Redactor(redactor.patterns, redactor.chains, _naming(known, key), sweep)
    make, folder = writer_for(target, single=single)
    with _Staging(target, folder=folder) as staged:
        writer = make(staged)
        masking = _write(Bundle([source], limits, on_bytes), writer, told, staged.parent)
        _look_again(Bundle([staged], limits), sweep)
        _put(staged, target, folder=folder)
    return masking


def _refuse(source: Path, target: Path) -> None:
    if not source.exists():
        raise UsageError(f"there is no {source}")
    here, there = source.resolve(), target.resolve()
    if here == there or (there.exists() and there.samefile(here)):
        raise UsageError(f"{target} is the bundle itself; name another file with -o")
    if here.is_dir() and here in there.parents:
        raise UsageError(f"{target} lies in the bundle; name a place outside of {source}")
    if there.is_dir() and (here.is_relative_to(there) or any(there.iterdir())):
        raise UsageError(f"{target} is a folder that is not empty; name a new one")
    if not there.parent.is_dir():
        raise OutputError(f"cannot write {target}: there is no folder {target.parent}")


def _learn(bundle: Bundle, redactor: Redactor) -> tuple[Known, bool]:
    """Return the secrets of a bundle, and whether it is a single file."""
    known = Known()
    names = []
    for item in bundle:
        if isinstance(item, Member):
            names.append(item.name)
            redactor.learn(item.name, known)
            text = open_text(iter(item.chunks))
            for before, body, after in windows(decoded(text)) if text else ():
                redactor.learn(before + body + after, known)
    if not names:
        raise NothingToAnalyze("the bundle holds no file that could be copied")
    return known, bundle.single_file


def _naming(known: Known, key: bytes | None) -> Naming:
    """Return the naming of the copy.

    Without a key, one is made of the strong secrets themselves: the same bundle gives the same copy,
    and to guess a weak value by its id one would have to know all of the strong ones.
    """
    if key is not None:
        return keyed(key, weak_too=True)
    strong = sorted(value for value in known.kinds if strength(value) >= _STRONG_BITS)
    if not strong:
        return kind_only
    own = hashlib.sha256(b"arclogs redact\0")
    for value in strong:
        own.update(hashlib.sha256(value.encode("utf-8", "replace")).digest())
    return keyed(own.digest())


def _write(bundle: Bundle, writer: Writer, redactor: Redactor, beside: Path) -> Masking:
    masking = Masking()
    names = Names(redactor.redact)
    for item in bundle:
        if not isinstance(item, Member):
            masking.notes.append(item)
            continue
        name = names.safe(item.name)
        text = open_text(iter(item.chunks))
        if text is None:
            masking.dropped.append(name)
            continue
        if name != item.name:
            masking.renamed[redactor.redact(item.name)] = name
        counting = Redactor(
            redactor.patterns, redactor.chains, redactor.naming, redactor.known,
            lambda kind, value, name=name: masking.seen(name, kind, value),  # type: ignore[misc]
        )  # fmt: skip
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(beside)) as data:
            for piece in masked(text, counting.redact):
                masking.withheld += piece.count(WITHHELD.encode())
                data.write(piece)
            size = data.tell()
            data.seek(0)
            writer.add(name, item.modified, data, size)
        masking.members += 1
    writer.close()
    return masking


def _look_again(bundle: Bundle, known: Sweep) -> None:
    """Read what was written; raise OutputError where a secret is left."""
    for item in bundle:
        if not isinstance(item, Member):
            continue
        text = open_text(iter(item.chunks))
        first = 1
        for _, body, _ in windows(decoded(text)) if text else ():
            for leak in leaks(body, known):
                raise OutputError(
                    f"nothing was written: line {first + leak.line - 1} of {item.name} would still "
                    f"hold what looks like a secret ({leak.kind}); please report this as a bug"
                )
            first += body.count("\n")


class _Staging:
    """A place beside the target that is gone when the block ends, however it ends."""

    def __init__(self, target: Path, *, folder: bool) -> None:
        self._target = target.resolve()
        self._folder = folder
        self._place: Path | None = None

    def __enter__(self) -> Path:
        try:
            self._place = Path(
                tempfile.mkdtemp(prefix=f".{self._target.name[:80]}.", dir=self._target.parent)
            )
        except OSError as error:
            raise OutputError(f"cannot write {self._target}: {error.strerror or error}") from error
        inner = self._place / self._target.name
        if self._folder:
            inner.mkdir()
        return inner

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self._place:
            shutil.rmtree(self._place, ignore_errors=True)
        if isinstance(error, OSError):
            raise OutputError(f"cannot write {self._target}: {error.strerror or error}") from error


def _put(staged: Path, target: Path, *, folder: bool) -> None:
    there = target.resolve()
    if folder and there.is_dir():
        there.rmdir()
    elif not folder:
        staged.chmod(0o600)
    staged.replace(there)
