"""Member names as they are shown: readable, printable, bounded, never used as a path."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from arclogs.bundle.limits import Limits

# Controls, invisible format characters (bidi overrides, tags, zero width), line separators.
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_HALF = 120
"""Characters kept at each end of a path that is too long."""
_DRIVE = lazy_compile(r"[A-Za-z]:[\\/]")


class CleanName(Struct, frozen=True):
    """A name fit to be shown, and what was wrong with the one in the archive."""

    text: str
    problems: tuple[tuple[Code, str], ...] = ()


def decode(raw: bytes) -> str:
    """Decode a stored name; bytes that are no UTF-8 become lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def numbered(name: str, taken: dict[str, int]) -> str:
    """Return a name that is not yet in `taken`, and take it: `a`, `a#2`, `a#3`."""
    free = name
    while free in taken:
        taken[name] += 1
        free = f"{name}#{taken[name]}"
    taken[free] = 1
    return free


def clean(raw: str, limits: Limits) -> CleanName:
    """Escape what does not show and normalize `./` and `//`, so that every container of the same
    files gives the same names.

    A climbing or absolute name stays readable as it is: nothing is ever written under it.
    """
    problems: list[tuple[Code, str]] = []
    parts = raw.count("/") + 1
    if parts > limits.path_parts or len(raw) > limits.path_bytes:
        detail = f"a path of {parts} parts and {len(raw)} characters, shown shortened"
        problems.append((Code.LIMIT_PATH_LEN, detail))
        raw = f"{raw[:_HALF]}…{raw[-_HALF:]}"
    name = raw
    if not raw.isprintable():
        name, hidden, undecodable = _escape(raw)
        if hidden:
            problems.append((Code.MEMBER_UNSAFE_NAME, "control or invisible characters, escaped"))
        if undecodable:
            detail = "the name is not UTF-8, its bytes are shown as \\x.."
            problems.append((Code.TEXT_ENCODING_REPLACED, detail))
    path = [part for part in name.split("/") if part not in ("", ".")]
    if danger := _danger(name, path):
        problems.append((Code.MEMBER_UNSAFE_NAME, danger))
    name = ("/" if name.startswith("/") else "") + "/".join(path) if path else "(unnamed)"
    return CleanName(name, tuple(problems))


def _danger(name: str, parts: list[str]) -> str | None:
    if not parts:
        return "an empty name"
    if name.startswith(("/", "\\\\")) or _DRIVE.match(name):
        return "an absolute path; read as a member, never used as a path"
    if ".." in parts or ".." in name.split("\\"):
        return "the path climbs out of the archive; read as a member, never used as a path"
    return None


def _escape(raw: str) -> tuple[str, bool, bool]:
    """Escape what does not print; tell whether some of it hides or is no UTF-8."""
    hidden = undecodable = False
    shown = []
    for char in raw:
        if char.isprintable():
            shown.append(char)
        elif "\udc80" <= char <= "\udcff":
            undecodable = True
            shown.append(f"\\x{ord(char) - 0xDC00:02x}")
        else:
            hidden = hidden or category(char) in _HIDDEN
            shown.append(char.encode("unicode_escape").decode("ascii"))
    return "".join(shown), hidden, undecodable
