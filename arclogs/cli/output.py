"""Stdout and files take the report, whole or not at all; stderr takes the narration."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

import click

from arclogs.errors import OutputError


def say(*lines: str) -> None:
    """Print lines to stderr, without secrets and without anything that acts on a terminal."""
    # 35 ms, and only where there is something to say
    from arclogs.redact.redactor import Redactor
    from arclogs.views.sanitize import sanitize_lines

    if sys.stderr is not None:
        click.echo(sanitize_lines(Redactor().redact("\n".join(lines))), err=True)


def refuse_leaks(text: str) -> None:
    """Look at a redacted text once more, with other eyes; raise OutputError where a secret is left."""
    from arclogs.redact.probe import leaks

    for leak in leaks(text):
        raise OutputError(
            f"nothing was written: line {leak.line} of it would still hold what looks like a secret "
            f"({leak.kind}); please report this as a bug"
        )


def write_stdout(text: str) -> bool:
    """Write to stdout; a reader that went away (`| head`) is no error, and told by False.

    What the terminal's encoding cannot show is escaped. Raise OutputError where it cannot be written.
    """
    stream = sys.stdout
    if stream is None:
        raise OutputError("cannot write to stdout: it is closed")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
        return False
    except OSError as error:
        _discard(stream)
        raise OutputError(f"cannot write to stdout: {error.strerror or error}") from error
    return True


def _discard(stream: TextIO) -> None:
    """Point the descriptor at nothing, or the interpreter's last flush would fail again."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, stream.fileno())
    except (OSError, ValueError):
        stream.close()  # not backed by a descriptor
    finally:
        os.close(nothing)


def write_file(path: Path, text: str) -> None:
    """Write a file that is readable by its owner only, complete or not there at all.

    Pipes and devices are written to as they are. Raise OutputError where it cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.write(data)
        else:
            _replace(target, data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def write_shared(path: Path, text: str) -> None:
    """Write a file that others may read: a rule, its page, a schema. One that is there keeps its mode.

    Raise OutputError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error


def _replace(target: Path, data: bytes) -> None:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 - a descriptor has no path
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)  # still there only where something went wrong
