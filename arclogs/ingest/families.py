"""Which of the formats that nobody mistakes a line is of: where they follow each other, a text is cut.

    linux-k8s-7hx2q-runner-w9k4d   1/1     Running   0          96s
    2026-03-02T10:04:18Z<TAB>INFO<TAB>EphemeralRunner<TAB>Creating new ephemeral runner pod.
    2026-03-02T10:04:19.9020441Z ##[group]Run '/home/runner/k8s/index.js'

Only of formats whose every record begins so: of others a line may stand in a log of any program.
"""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile

_LEVELS: Final = "DEBUG|INFO|WARN|ERROR"
_BEGINNING: Final = lazy_compile(
    rf"(?P<controller>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ\s+(?:{_LEVELS})\s"
    r'|\{"(?:severity|level)":"[a-z]+","ts":"?\d)'
    r"|(?P<job>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z )"
    r"|(?P<runner>\[(?:RUNNER|WORKER)? ?\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ [A-Z]{3,4} )"
    rf"|(?P<listener>time=\d{{4}}-\d\d-\d\dT\S+ level=(?:{_LEVELS}) )"
    r'|(?P<dind>time="\d{4}-\d\d-\d\dT[^"]+" level=[a-z]+ )'
    r"|(?P<table>(?:NAME(?:SPACE)?|LAST SEEN) {2,}[A-Z][A-Z ()/-]*$)"
)


INITIALS: Final = frozenset("2[{tNL")
"""What lines of them begin with: few lines of an object dump do."""


def family_of(line: str) -> str | None:
    """Return the name of the format that a line begins a record or a table of, or None."""
    match = _BEGINNING.match(line)
    return None if match is None else match.lastgroup
