"""Output that is written as it comes: to stdout, or to a file that is whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from arclogs.cli.output import write_stdout
from arclogs.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class NobodyReads(Exception):
    """The reader of stdout went away (`| head`): there is no need to go on."""


@contextmanager
def output_sink(path: Path | None) -> Iterator[Callable[[str | bytes], None]]:
    """Give a function that writes text, or bytes to a file; `path` None is stdout.

    A file is readable by its owner only and appears when the block ends well. Raise OutputError
    where it cannot be written, NobodyReads where stdout has no reader any more.
    """
    if path is None:
        yield _to_stdout
        return
    target = path.resolve()
    with _refusals(path):
        stream, temporary = _open(target)
    try:
        with stream:

            def write(data: str | bytes) -> None:
                with _refusals(path):
                    stream.write(
                        data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
                    )

            yield write
            with _refusals(path):
                stream.flush()
                if temporary is not None:
                    os.fsync(stream.fileno())
        if temporary is not None:
            with _refusals(path):
                temporary.replace(target)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)  # still there only where something went wrong


def _to_stdout(text: str | bytes) -> None:
    assert isinstance(text, str)
    if not write_stdout(text):
        raise NobodyReads


def _open(target: Path) -> tuple[BinaryIO, Path | None]:
    """Return the stream and, where it is a file, the name that it has until it is whole."""
    if target.exists() and not target.is_file():  # a pipe or a device takes what comes
        return target.open("wb"), None
    number, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    return os.fdopen(number, "wb"), Path(name)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
