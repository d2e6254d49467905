r"""A pattern drafted from a line: what varies is masked, the rest is taken literally.

    Error: pods "linux-7hx2q-runner-w9k4d-workflow" is forbidden: exit code 137 after 30s
    ^(?:Error: )?pods "(?<pod_name>[^"]+)" is forbidden: exit code 137 after \d+s

Numbers that say what went wrong (exit codes, HTTP states) stay; all others, ids and names are masked. No
look-around is used, so that the fast engine takes every draft.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arclogs.authoring.variables import IMPLICIT
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST: Final = 240
"""Characters of the line that are drafted from; what follows varies too much to be worth matching."""

_TOKEN: Final = lazy_compile(
    r"""
    (?P<placeholder> <[a-z][a-z-]{2,40}> )                                      # <github-token>
  | (?P<time>    \d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? )
  | (?P<uuid>    \b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b )
  | (?P<digest>  \bsha256:[0-9a-f]{12,64}\b )
  | (?P<url>     https?://[A-Za-z0-9.-]+(?P<rest>[^\s"'`),;]*) )
  | (?P<address> \b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b )
  | (?P<quoted>  "[^"\n]{0,200}" | '[^'\n]{0,200}' )
  | (?P<work>    /[\w./-]*/_work/[^\s"':,;]* )                                   # below the work folder
  | (?P<name>    \b[a-z0-9]+(?:-[a-z0-9]+)*-[bcdfghjklmnpqrstvwxz2456789]{5}
                 (?:-runner-[a-z0-9]{5})?(?:-workflow|-listener)?\b )           # with Kubernetes' suffix
  | (?P<state>   \b(?:exit\ code|exited\ with|HTTP-Code:|HTTP|status(?:\ code)?:?|StatusCode:?|code:?)
                 \ [1-5]?\d{1,2}\b )
  | (?P<hex>     \b(?:0x[0-9a-fA-F]+|[0-9a-f]{12,})\b )
  | (?P<number>  \d+(?:\.\d+)* )
    """,
    re.VERBOSE,
)
_SPECIAL: Final = lazy_compile(r"[\\.^$|?*+()\[\]{}]")
_WORD_BEFORE: Final = lazy_compile(r"([A-Za-z]{2,30})[\s:=]*$")
_NAME_LIKE: Final = lazy_compile(r"^[A-Za-z0-9][\w.:/@-]*$")
_PREFIX: Final = "Error: "
_FIXED: Final = {
    "placeholder": r"\S+",
    "time": r"\S+",
    "uuid": r"[0-9a-fA-F-]{36}",
    "digest": r"sha256:[0-9a-f]+",
    "address": r"[\d.:]+",
    "work": r"/\S+",
    "hex": r"[0-9a-fx]+",
}


def draft_pattern(line: str, known: Collection[str] = ()) -> str:
    """Return a pattern that matches a line of a message.

    `known` are values that records tell of themselves (pod, namespace …): these need no group.
    """
    line = line[:LONGEST].rstrip()
    drafted = _masked(line, set(), known)
    if line.startswith(_PREFIX):
        drafted = f"(?:{_PREFIX})?{drafted.removeprefix(_PREFIX)}"
    return f"^{drafted}"


def _masked(text: str, groups: set[str], known: Collection[str]) -> str:
    pieces, at = [], 0
    for found in _TOKEN.finditer(text):
        pieces.append(escape(text[at : found.start()]))
        pieces.append(_mask(found, text[: found.start()], groups, known))
        at = found.end()
    return "".join([*pieces, escape(text[at:])])


def escape(text: str) -> str:
    """Return plain text as a pattern, with no more escapes than it needs."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _mask(found: re.Match[str], before: str, groups: set[str], known: Collection[str]) -> str:
    kind, text = found.lastgroup or "", found[0]
    match kind:
        case "url":
            return _url(found)
        case "quoted":
            return _quoted(text, before, groups, known)
        case "name":
            return r"\S+" if text in known else _group("name", r"\S+", groups)
        case "state":
            return escape(text)
        case "number":
            return r"\d+" if text.isdigit() else r"[\d.]+"
        case "time":
            return r"\S+ \S+" if " " in text else r"\S+"
        case _:
            return _FIXED[kind]


def _url(found: re.Match[str]) -> str:
    """Keep scheme and host of an address, which tell who was called."""
    start = found[0][: found.start("rest") - found.start()]
    return escape(start) + (r"\S*" if found["rest"] else "")


def _quoted(text: str, before: str, groups: set[str], known: Collection[str]) -> str:
    mark, inner = text[0], text[1:-1]
    if not _NAME_LIKE.match(inner) or "://" in inner:
        return mark + _masked(inner, groups, known) + mark
    if inner in known:
        return f"{mark}[^{mark}]+{mark}"
    word = _WORD_BEFORE.search(before)
    name = _variable(word[1] if word else "name")
    return mark + _group(name, f"[^{mark}]+", groups) + mark


def _variable(word: str) -> str:
    """Return a name for what stands behind a word: `pods "x"` is a pod_name."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word).lower()
    if name.endswith("s") and not name.endswith(("ss", "us", "is")):
        name = name[:-1]
    return f"{name}_name" if name in IMPLICIT or len(name) < 3 else name


def _group(name: str, inner: str, groups: set[str]) -> str:
    if name in groups:
        return inner  # twice the same would be two things under one name
    groups.add(name)
    return f"(?<{name}>{inner})"
