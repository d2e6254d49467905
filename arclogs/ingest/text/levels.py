"""Levels, as the programs around ARC spell them."""

from __future__ import annotations

import re

from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level

LEVELS = {
    "crit": Level.ERROR,
    "critical": Level.ERROR,
    "debug": Level.DEBUG,
    "dpanic": Level.ERROR,
    "err": Level.ERROR,
    "error": Level.ERROR,
    "fatal": Level.ERROR,
    "info": Level.INFO,
    "notice": Level.INFO,
    "panic": Level.ERROR,
    "severe": Level.ERROR,
    "trace": Level.DEBUG,
    "verb": Level.DEBUG,
    "verbose": Level.DEBUG,
    "warn": Level.WARNING,
    "warning": Level.WARNING,
}
_TOKEN = lazy_compile(
    r"\b(?:(ERROR|ERR|FATAL|CRITICAL|CRIT|PANIC|SEVERE)|(WARNING|WARN)|(INFO|NOTICE)|(DEBUG|TRACE))\b"
)
_HEAD_CHARS = 80
_KEY_CHARS = 400
# Words in small letters count only where they open the message: "0 errors" is no error.
_OPENING = lazy_compile(
    r"(?:(?:error|fatal|fatal error|panic|critical)\b(?: \[\w+\])?:|an error occur|failed to |"
    r"unhandled exception|unexpected error|could not |unable to |connection refused\b|"
    r"(?:memory cgroup )?out of memory: kill)"  # the kernel's
    r"|(warn(?:ing)?\b:)",
    re.IGNORECASE,
)
# After what names the program ("lease operator: fatal: …"), or as a key of a structured line.
_WITHIN = lazy_compile(
    r"^[\w ./\[\]()-]{1,60}(?:: (?:error|fatal|fatal error|panic|critical): | failed: )"
    r"(?!none|nil|null|<nil>|\d+\b)",
    re.IGNORECASE,
)
_KEY = lazy_compile(
    r"(?:^|[\s{,])\"?(?:level|lvl|severity|log\.level)\"?\s*[:=]\s*\"?([A-Za-z]+)", re.IGNORECASE
)
_THROWN = lazy_compile(r"[A-Z][\w.]*(?:Error|Exception):")


def level_of(word: str) -> Level | None:
    """Return the level that a log's own level word stands for, in any case."""
    level = LEVELS.get(word.strip().lower())
    if level is None and word[:5].upper() in ("DEBUG", "LEVEL"):  # slog DEBUG-4, zap LEVEL(-2)
        return Level.DEBUG
    return level


def level_by_word(text: str) -> Level | None:
    """Return the level that free text seems to have: a level word near the start, or None."""
    match = _OPENING.match(text)
    if match is None:
        match = _THROWN.match(text)
    elif match[1]:
        return Level.WARNING
    if match is not None or _WITHIN.match(text):
        return Level.ERROR
    key = _KEY.search(text, 0, _KEY_CHARS)
    if key is not None and (stated := level_of(key[1])) is not None:
        return stated
    match = _TOKEN.search(text, 0, _HEAD_CHARS)
    if match is None:
        return None
    if match[1]:
        return Level.ERROR
    if match[2]:
        return Level.WARNING
    return Level.INFO if match[3] else Level.DEBUG
