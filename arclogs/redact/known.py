"""Values that were found secret, of which copies are looked for."""

from __future__ import annotations

from typing import Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import PLACEHOLDER
from arclogs.redact.spellings import NEEDLE, SHORTEST

_MOST: Final = 20_000
# Whatever these are secret for in one place, elsewhere they are something that an analysis needs.
_COMMON = lazy_compile(
    r"\d+|[a-z]+|[A-Z]+|[A-Za-z]{1,15}"  # numbers and words
    r"|[a-z0-9]+(?:[-.][a-z0-9]+)+|[a-z0-9]{1,15}"  # names in Kubernetes
    r"|[\w+.-]+://[^@]*|[/~.][\w./-]*|[\w.-]+@[\w.-]+"  # addresses and paths
    r"|[A-Z0-9_]+|\d[\d:.TZ+-]*"  # names of variables, times
)


class Known:
    """Values that are secret, each with its kind."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.kinds)

    def add(self, kind: str, value: str) -> None:
        """Remember a value, unless it could as well be a word or a name; a key by its lines."""
        for piece in value.split("\n") if "\n" in value else (value,):
            stripped = piece.strip(" \t\r\"'")
            if (
                stripped not in self.kinds
                and len(self.kinds) < _MOST
                and worth_looking_for(stripped[: 4 * NEEDLE])
            ):
                self.kinds[stripped] = kind


def worth_looking_for(value: str) -> bool:
    """Tell whether a value cannot stand somewhere by chance, with another meaning."""
    if len(value) < SHORTEST or len(set(value)) < SHORTEST - 2:
        return False
    if _REGISTRATION.fullmatch(value):
        return True
    return not (value.split() != [value] or _common(value)
                or ("<" in value and PLACEHOLDER.search(value)))  # fmt: skip


def _common(value: str) -> bool:
    mixed = len(value) > 15 and value.lower() != value != value.upper()
    if mixed and value[0] not in "/~." and "@" not in value and "://" not in value:
        return False  # as most secrets are, and none of the forms
    return _COMMON.fullmatch(value) is not None


_REGISTRATION = lazy_compile(r"A(?=[A-Z]*\d)[A-Z0-9]{28}")
