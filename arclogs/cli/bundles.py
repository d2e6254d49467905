"""The bundles that a command line names, and the progress bar while they are read."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from arclogs.cli.options import accessible, is_terminal
from arclogs.cli.progress import ByteProgress
from arclogs.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def bundle_sources(names: tuple[str, ...]) -> list[Path | BinaryIO]:
    """Return what to read; `-` is stdin. Raise UsageError where stdin cannot be read."""
    if names.count("-") > 1:
        raise UsageError("stdin (-) can be read only once")
    return [_stdin() if name == "-" else Path(name) for name in names]


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("- reads a bundle from stdin, but stdin is closed")
    if sys.stdin.isatty():
        raise UsageError("- reads a bundle from stdin, but nothing is piped into it")
    return sys.stdin.buffer


def byte_progress(*, wanted: bool) -> AbstractContextManager[ByteProgress | None]:
    """Return a progress bar where one is wanted and somebody is looking at stderr."""
    if wanted and not accessible() and is_terminal(sys.stderr):
        return ByteProgress(sys.stderr)
    return nullcontext()
