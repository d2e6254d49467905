r"""What pasting does to lines, undone: each line stays where it is, so that evidence is found again.

> > 2026-03-02T10:04:20Z ##[error]…        quotation marks of mails
   12  Error: HttpError                    line numbers (cat -n, editors)
job.log:18:Error: HttpError                grep
{&quot;error&quot;: …                       a page's source
##\[error\]Error: ACTIONS\_RUNNER…        Markdown that was made of text
<pre> … </pre>, {noformat} … {noformat}    HTML in Markdown, Jira: fences like ```
    Name:  linux-k8s-7hx2q-runner-w9k4d    Markdown's indented code
│ Events:                               │  a screen of k9s (`boxed`)
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arclogs.ingest.boxed import unboxed
from arclogs.ingest.islands import unquoted
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Sequence

PASTED: Final = (
    b"&quot;", b"\xc2\xa0", b"\n     2\t", b".log:", b".txt:", b"<pre", b"<details", b"{noformat",
    b"{code", b"\xe2\x80\x9c", b"##\\[", b"\xe2\x94\x82 ",
)  # fmt: skip
_STRUCTURED: Final = (".json", ".jsonl", ".yaml", ".yml", ".csv", ".gz", ".diff", ".patch")
_MARKDOWN: Final = (".md", ".markdown", ".mdx")
_NUMBER: Final = lazy_compile(r"\s{0,8}(\d{1,6})(?:\t| ?[:|│] ?| {2})")
_GREP: Final = lazy_compile(
    r"(?:[\w.@+-]{1,200}/){0,20}[\w.@+-]{1,200}\.(?:log|txt|out)(?:\.\d)?[:-](?:\d{1,9}[:-])?"
)
_TAG: Final = lazy_compile(
    r"\s{0,8}(?:</?(?:pre|code|details|summary|p|br)\b[^<>]{0,80}>\s*)+$"
    r"|\s{0,8}\{(?:noformat|code)(?:[:|][^{}]{0,80})?\}\s*$"
    r"|\s{0,8}<summary>[^<>]{0,200}</summary>\s*$",
    re.IGNORECASE,
)
_ONLY_QUOTED: Final = lazy_compile(r"[ ]{0,3}>[> ]*$")
_ESCAPED_MARK: Final = lazy_compile(
    r"##\\\[[a-z]+\\?\]|^[\s>]{0,8}\\\[(?:RUNNER|WORKER|\d{4}-)|\\_\w+\\_"
)
_ESCAPED: Final = lazy_compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_INDENT: Final = lazy_compile(r"(?: {4}|\t)")
_OPENS_CODE: Final = lazy_compile(r"[ ]{0,3}`(?!`|\$ )")  # a command is for `prompts`
_QUOTES: Final = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
_FENCE: Final = "```"
_ENOUGH: Final = 3
_LOOKED_AT: Final = 200
"""Lines that tell whether all are numbered, or come from grep."""


def is_pasted(chunk: bytes) -> bool:
    """Tell whether a text may hold what `tidied` undoes; nearly no log does."""
    return any(mark in chunk for mark in PASTED)


def is_ticket(member: str) -> bool:
    """Tell a member in which indentation is Markdown's."""
    return member.lower().endswith(_MARKDOWN)


def tidied(lines: Sequence[str], member: str) -> Sequence[str]:
    """Return the lines as the programs printed them; the same object where nothing was to undo."""
    name = member.lower()
    if name.endswith(_STRUCTURED):
        return lines
    lines = unboxed(_plain_quotes(_unescaped(_without_backslashes(lines))))
    lines = _without(lines, _NUMBER) if _is_numbered(lines) else lines
    lines = _without(lines, _GREP) if _is_from_grep(lines) else lines
    if name.endswith(".log"):
        return lines
    lines = _without_backticks(_with_fences(_unquoted(lines)))
    return _dedented(lines) if name.endswith(_MARKDOWN) else lines


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Take quotation marks off, those of empty lines too."""
    clean = unquoted(lines)
    if clean is lines:
        return lines
    return ["" if _ONLY_QUOTED.match(line) else line for line in clean]


def _without_backticks(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the marks around those that are inline code as a whole."""
    found: list[str] | None = None
    for first, line in enumerate(lines):
        if _OPENS_CODE.match(line) is None:
            continue
        last = _end_of_code(lines, first)
        if last is not None:
            found = list(lines) if found is None else found
            found[first] = found[first].lstrip(" ")[1:]
            found[last] = found[last].rstrip()[:-1]
    return lines if found is None else found


def _end_of_code(lines: Sequence[str], first: int) -> int | None:
    """Return the line of the same paragraph that ends inline code, None where it ends within one."""
    for index in range(first, min(first + _LOOKED_AT, len(lines))):
        text = lines[index].strip()
        inner = text[1:] if index == first else text
        if "`" in inner:
            return index if inner.index("`") == len(inner) - 1 else None
        if not text:
            return None
    return None


def _unescaped(lines: Sequence[str]) -> Sequence[str]:
    if not any("&quot;" in line or "\xa0" in line for line in lines):
        return lines
    return [
        (html.unescape(line) if "&quot;" in line else line).replace("\xa0", " ") for line in lines
    ]


def _without_backslashes(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the backslashes that a converter to Markdown puts in."""
    if not any("\\[" in line and _ESCAPED_MARK.search(line) for line in lines):
        return lines
    return [_ESCAPED.sub(r"\1", line) for line in lines]


def _plain_quotes(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines with the quotation marks that programs print, not those that editors make."""
    if all(map(str.isascii, lines)):
        return lines
    return [line if line.isascii() else line.translate(_QUOTES) for line in lines]


def _without(lines: Sequence[str], lead: re.Pattern[str]) -> Sequence[str]:
    return [lead.sub("", line, count=1) if lead.match(line) else line for line in lines]


def _is_numbered(lines: Sequence[str]) -> bool:
    """Tell lines each of which begins with a number, one more than the line before."""
    numbers: list[int] = []
    for line in lines[:_LOOKED_AT]:
        match = _NUMBER.match(line)
        if match is not None:
            numbers.append(int(match[1]))
        elif line.strip():
            return False
    return len(numbers) >= _ENOUGH and all(b == a + 1 for a, b in pairwise(numbers))


def _is_from_grep(lines: Sequence[str]) -> bool:
    shown = [line for line in lines[:_LOOKED_AT] if line.strip() not in ("", "--")]
    return len(shown) > 1 and all(map(_GREP.match, shown))


def _with_fences(lines: Sequence[str]) -> Sequence[str]:
    """Put blank lines for tags of HTML, and fences for those that open and close code."""
    if not any(line.lstrip()[:1] in ("<", "{") and _TAG.match(line) for line in lines):
        return lines
    return [_fenced(line) if _TAG.match(line) else line for line in lines]


def _fenced(tag: str) -> str:
    text = tag.strip().lower()
    return _FENCE if text.startswith(("<pre", "</pre", "{noformat", "{code")) else ""


def _dedented(lines: Sequence[str]) -> Sequence[str]:
    """Return indented code of Markdown without its indentation, the blank lines around it as fences."""
    found: list[str] | None = None
    at = 1
    fenced = False
    while at < len(lines):
        fenced ^= lines[at - 1].lstrip().startswith((_FENCE, "~~~"))
        if fenced or lines[at - 1].strip() or not _begins(lines, at):
            at += 1
            continue
        end = _end(lines, at)
        found = list(lines) if found is None else found
        found[at - 1] = _FENCE
        found[at:end] = [_INDENT.sub("", line, count=1) for line in lines[at:end]]
        if end < len(lines):
            found[end] = _FENCE  # a blank one
        at = end + 1
    return lines if found is None else found


def _begins(lines: Sequence[str], at: int) -> bool:
    return bool(_INDENT.match(lines[at])) and bool(lines[at].strip())


def _end(lines: Sequence[str], at: int) -> int:
    """Return the blank line that ends indented code, or the end of the text."""
    last = at
    for index in range(at, len(lines)):
        if not lines[index].strip():
            continue
        if not _INDENT.match(lines[index]):
            break
        last = index
    return last + 1
