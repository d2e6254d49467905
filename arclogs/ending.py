"""The end of a process that is arclogs and no other program's: what it holds goes as a whole.

Python frees a million objects one by one, and then each module; the system takes them back at once. A
tenth of a small run is that.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import Final, NoReturn


class _Ending:
    """What is known of the end of this process."""

    ours = False
    code: int | None = None
    """None until the program has come to its end by itself."""
    kept: Final[list[object]] = []


_ENDING: Final = _Ending()


def leave_at_once() -> None:
    """Let this process end so; asked for first of all, so that whoever else has to end something can."""
    _ENDING.ours = True
    atexit.register(_leave, os.getpid())


def keep_to_the_end(thing: object) -> None:
    """Keep something that nobody needs any more from being freed, in a process that ends soon."""
    if _ENDING.ours:
        _ENDING.kept.append(thing)


def end(code: int) -> NoReturn:
    """End the process with an exit code."""
    _ENDING.code = code
    sys.exit(code)


def _leave(process: int) -> None:
    if _ENDING.code is None or process != os.getpid():
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return  # Python tries again, and says what is wrong
    os._exit(_ENDING.code)
