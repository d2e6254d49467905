"""The masked copy: read once to learn the secrets, once to write, once more to be sure.

bundle → secrets and names that it holds → members without them → archive → second look → its final name
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from arclogs.bundle import Bundle, Limits, Member
from arclogs.errors import NothingToAnalyze, OutputError, UsageError
from arclogs.masked.masker import Masker, masker_of
from arclogs.masked.masking import Masking
from arclogs.masked.text import WITHHELD, decoded, masked, open_text, windows
from arclogs.masked.writers import Names, Writer, writer_for
from arclogs.redact.identity import Anonymizer, Level
from arclogs.redact.known import Known
from arclogs.redact.pieces import Findings
from arclogs.redact.placeholder import as_long
from arclogs.redact.redactor import Redactor
from arclogs.redact.sweep import Sweep

if TYPE_CHECKING:
    from collections.abc import Callable

_IN_MEMORY: Final = 32 * 1024 * 1024


def mask_bundle(
    source: Path,
    target: Path,
    *,
    key: bytes | None = None,
    anonymize: Level = Level.SECRETS,
    keep: frozenset[str] = frozenset(),
    redactor: Redactor | None = None,
    limits: Limits | None = None,
    on_bytes: Callable[[int, int | None], None] | None = None,
) -> Masking:
    """Write a copy of a bundle without its secrets, whole or not at all.

    `key` makes ids that are the same in every copy; without one they are the same in this bundle
    only. `anonymize` tells which names go as well, `keep` names and domains, in lower case, that stay.
    Raise UsageError where target and source do not fit together, NothingToAnalyze for a source
    without a text in it, OutputError where the copy could not be written, or would hold a secret.
    """
    _refuse(source, target)
    limits = limits or Limits()
    redactor = redactor or Redactor()
    anonymizer = Anonymizer(anonymize, keep) if anonymize is not Level.SECRETS else None
    findings = Findings()
    learner = replace(redactor, naming=as_long(weak_too=key is not None), findings=findings)
    known, single = _learn(Bundle([source], limits, on_bytes), learner, anonymizer)
    sweep = Sweep(sorted(known.kinds.items()))
    masker = masker_of(learner, sweep, known, anonymizer, key)
    make, folder = writer_for(target, single=single)
    with _Staging(target, folder=folder) as staged:
        writer = make(staged)
        masking = _write(Bundle([source], limits, on_bytes), writer, masker, staged.parent)
        _look_again(Bundle([staged], limits), masker)
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


def _learn(bundle: Bundle, redactor: Redactor, anonymizer: Anonymizer | None) -> tuple[Known, bool]:
    """Return the secrets of a bundle, and whether it is a single file."""
    known = Known()
    names = []
    for item in bundle:
        if isinstance(item, Member):
            names.append(item.name)
            redactor.learn(item.name, known)
            if anonymizer:
                anonymizer.learn(item.name)
            text = open_text(iter(item.chunks))
            for before, body, after in windows(decoded(text)) if text else ():
                redactor.learn(before + body + after, known)
                if anonymizer:
                    anonymizer.learn(body)
    if not names:
        raise NothingToAnalyze("the bundle holds no file that could be copied")
    return known, bundle.single_file


def _write(bundle: Bundle, writer: Writer, masker: Masker, beside: Path) -> Masking:
    masking = Masking(lasting=masker.lasting)
    names = Names(masker.name)
    for item in bundle:
        if not isinstance(item, Member):
            masking.notes.append(
                replace(item, member=masker.name(item.member), detail=masker.name(item.detail))
            )
            continue
        name = names.safe(item.name)
        text = open_text(iter(item.chunks))
        if text is None:
            masking.dropped.append(name)
            continue
        if name != item.name:
            masking.renamed[masker.name(item.name)] = name
        with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(beside)) as data:
            for piece in masked(text, masker.of(masking, name)):
                masking.withheld += piece.count(WITHHELD.encode())
                data.write(piece)
            size = data.tell()
            data.seek(0)
            writer.add(name, item.modified, data, size)
        masking.members += 1
    writer.close()
    return masking


def _look_again(bundle: Bundle, masker: Masker) -> None:
    """Read what was written; raise OutputError where a secret, or a name that was to go, is left."""
    for item in bundle:
        if not isinstance(item, Member):
            continue
        text = open_text(iter(item.chunks))
        first = 1
        for _, body, _ in windows(decoded(text)) if text else ():
            for leak in masker.left(body):
                raise OutputError(
                    f"nothing was written: line {first + leak.line - 1} of {item.name} would still "
                    f"hold what was to be replaced ({leak.kind}); please report this as a bug"
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
