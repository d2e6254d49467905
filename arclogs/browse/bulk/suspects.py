r"""Which lines of a chunk may hold what redaction would change: one pass over bytes, at 500 MB/s.

    …"version": "0.12.1", "ephemeralrunner": {"name":"linux-k8s-x2f7d-runner-w9k4d"…      none
    …Pulled image sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f…      a suspect

A suspect costs a closer look (`browse.doubt`); whatever a row takes from a line that is none is not
doubtful. Without hyperscan every line is a suspect.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from arclogs.browse.doubt import BEFORE_AT, LEAST_RUN, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from arclogs.scan.lines import Lines

_RUN: Final = rb"[A-Za-z0-9+/]{%d}[^A-Za-z0-9+/]" % LEAST_RUN
_OF_A_RUN: Final = np.array(
    [re.match(rb"[A-Za-z0-9+/]", bytes([b])) is not None for b in range(256)]
)
_REACH: Final = 40
"""Bytes of a run's end that are looked at: longer ones are suspects whatever they hold."""
_UNCLEAR: Final = b"\\"
"""An escape in JSON may stand for any letter of a word."""


def suspects(lines: Lines) -> NDArray[np.bool_]:
    """Return of each line of a chunk whether it is a suspect."""
    database = _database()
    if database is None:
        return np.ones(len(lines), dtype=bool)
    words: list[int] = []
    runs: list[int] = []
    chunk = lines.chunk

    def found(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        (words if number else runs).append(end - 1)

    database.scan(chunk, match_event_handler=found)
    places = np.array([*words, *_telling(chunk, runs)], dtype=np.int64)
    held = np.zeros(len(lines), dtype=bool)
    held[lines.rows_of(places)] = True
    held[lines.foreign()] = True  # lower case of what is not ASCII may be
    held[-1:] = True  # a run that ends with the chunk
    return held


def _telling(chunk: bytes, ends: list[int]) -> list[int]:
    """Return the places behind those runs that are long, or have a capital letter."""
    if not ends:
        return ends
    data = np.frombuffer(chunk, dtype=np.uint8)
    behind = np.array(ends)
    reach = data[np.maximum(behind[:, None] - np.arange(1, _REACH + 1), 0)]
    capital = ((reach >= ord("A")) & (reach <= ord("Z"))).any(axis=1)
    found: list[int] = behind[capital | _OF_A_RUN[reach].all(axis=1)].tolist()
    return [end - 1 for end in found]  # within the line, not its LF


@lru_cache(maxsize=1)
def _database() -> Any:
    try:
        import hyperscan
    except ImportError:
        return None
    words = [word.encode() for word in WORDS if word != "@"]
    quoted = ["".join(f"\\x{byte:02x}" for byte in word).encode() for word in words]
    chosen = [_RUN, *quoted, BEFORE_AT.encode(), re.escape(_UNCLEAR)]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=chosen, ids=[0, *([1] * (len(chosen) - 1))], elements=len(chosen),
        flags=[0, *([hyperscan.HS_FLAG_CASELESS] * (len(chosen) - 1))],
    )  # fmt: skip
    return database
