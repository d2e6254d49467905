"""Objects pasted into running text: what a mail or ticket without fences holds between its sentences.

    yes we did a helm upgrade, and since then some runners fail:
    Error: HttpError: HTTP request failed
    apiVersion: v1                          an island of YAML
    kind: ServiceAccount
    > Could you check the quota?            a quotation

YAML and JSON as kubectl prints them, and `kubectl describe`; where each ends shows in its indentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_YAML_TOP = lazy_compile(r"(\s*)(?:- )?(?:apiVersion: [a-z]\S*|kind: [A-Z]\w+)\s*$")
_YAML_PART = lazy_compile(r"(\s*)(?:metadata|spec|status|rules|subjects|roleRef):\s*$")
# Keys of objects are in lower camel case; `Error: …` and `Subject: …` are no keys.
_KEY = lazy_compile(r"(?:- )?(?:[a-z][A-Za-z]*:(?:\s|$)|- )|---\s*$|- |#")
_DESCRIBED = lazy_compile(r"Name:\s{2,}\S")
_DESCRIBED_NEXT = lazy_compile(
    r"(?:Namespace|Labels|Annotations|Roles|Priority|StorageClass|Image pull secrets):(?:\s{2}|\s*$)"
)
_FIELD = lazy_compile(r"[A-Z][A-Za-z ()-]*:(?:\s{2}|\s*$)")
_TOLD = lazy_compile(
    r"\s*(?:Normal|Warning)\s+[A-Z]\w+\s+\d[\dydhms]*(?: \(x\d+ over \d[\dydhms]*\))?\s+"
    r"(?:kubelet|default-scheduler|attachdetach-controller)\b"
)
# What a description holds at the left edge besides its fields, and what kubectl says between two.
_OF_DESCRIPTION = lazy_compile(
    r"\s+(?:Normal|Warning)\s|No (?:resource quota|LimitRange resource)|Resource "
    r"|Error from server|error: "
)
_JSON_NEXT = lazy_compile(r'\s*"(?:apiVersion|kind|items|metadata)"\s*:')
_QUOTED = lazy_compile(r"[ ]{0,3}>(?:[ ]?>)*")
_NPM = lazy_compile(r"> \S+@\d")
_FEWEST_QUOTED = 3
_FEWEST_LINES = 3
_BROKEN_CHARS = 20


def unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the `>` that mails and Markdown put before a quotation.

    A blank behind it is the quotation's only where all lines that follow each other have one: what is
    indented stays so.
    """
    if not _has_quotation(lines):
        return lines
    found = list(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _QUOTED.match(lines[end]):
            end += 1
        if end > at:
            found[at:end] = _without_marks(lines[at:end])
        at = max(end, at + 1)
    return found


def _has_quotation(lines: Sequence[str]) -> bool:
    marked = [line for line in lines if line.lstrip(" ").startswith(">")]
    return len(marked) >= _FEWEST_QUOTED or any(x.lstrip(" ").startswith("> ") for x in marked)


def _without_marks(lines: Sequence[str]) -> list[str]:
    said = [_QUOTED.sub("", line, count=1) for line in lines]
    spaced = all(text[:1] in (" ", "") for text in said)
    return [
        line if _NPM.match(line) else text[1:] if spaced else text
        for line, text in zip(lines, said)
    ]


def islands(
    lines: Sequence[str], start: int, end: int, *, in_prose: bool = False
) -> list[tuple[int, int]]:
    """Return first line and end of each object among lines of another kind.

    None in a text that begins with an object, unless it is `in_prose`: that is a dump, with kubectl's
    own words in it.
    """
    found: list[tuple[int, int]] = []
    first = at = next((i for i in range(start, end) if lines[i].strip(" -")), end)
    if at < end and not in_prose and _closing(lines, start, at, end) is not None:
        return []
    while at < end:
        closing = _closing(lines, start, at, end)
        if closing is None:
            at += 1
            continue
        begin = _front(lines, found[-1][1] if found else first, at)
        if begin == first and not in_prose:
            return []
        found.append((begin, closing))
        at = closing
    return found


def answers(
    lines: Sequence[str], start: int, end: int, command: str | None
) -> Iterator[tuple[int, int, str | None]]:
    """Yield first and last line of a command's answer, and of what people wrote below a description."""
    below = end
    if command is not None and " describe " in command:
        below = _below_description(lines, start, end)
    yield start, below, command
    if below < end:
        yield below, end, None


def _below_description(lines: Sequence[str], start: int, end: int) -> int:
    """Return the line after a blank one from which on nothing is of a description."""
    last = start
    for index in range(start, end):
        line = lines[index]
        if line.startswith("===="):
            return end  # data of a ConfigMap or Secret are any text
        if _FIELD.match(line) or _OF_DESCRIPTION.match(line):
            last = index
    return next(
        (
            index
            for index in range(last + 2, end)
            if lines[index][:1].strip() and not lines[index - 1].strip()
        ),
        end,
    )


def _front(lines: Sequence[str], start: int, at: int) -> int:
    """Return where an object begins whose front is cut: with what stands below a key that is gone."""
    column = len(lines[at]) - len(lines[at].lstrip())
    begin = at
    while begin > start:
        line = lines[begin - 1]
        indent = len(line) - len(line.lstrip())
        if indent <= column or not _KEY.match(line, indent):
            break
        begin -= 1
    return begin


def _closing(lines: Sequence[str], start: int, at: int, end: int) -> int | None:
    """Return where the object ends that begins at a line, None where none begins."""
    line = lines[at]
    if line.rstrip() == "{" and at + 1 < end and _JSON_NEXT.match(lines[at + 1]):
        return next((i + 1 for i in range(at + 1, end) if lines[i].rstrip() == "}"), end)
    if _TOLD.match(line):
        above = next((x for x in reversed(lines[max(start, at - 3) : at]) if x.strip()), "")
        if _TOLD.match(above) or not above.strip(" -") or "Reason" in above:
            return None  # in a table with its header
        closing = next((i for i in range(at + 1, end) if not _TOLD.match(lines[i])), end)
        # A row that a mail program broke goes on: `flowed` puts it together.
        after = lines[closing] if closing < end else ""
        return None if after[:1].islower() and len(after) >= _BROKEN_CHARS else closing
    if _DESCRIBED.match(line):
        if any(map(_DESCRIBED_NEXT.match, lines[at + 1 : min(at + 5, end)])):
            return _last(lines, at, end, 0, _FIELD)
        return None
    top = _YAML_TOP.match(line) or _YAML_PART.match(line)
    if top is None:
        return None
    closing = _last(lines, at, end, len(top[1]), _KEY)
    return closing if closing - at >= _FEWEST_LINES else None


def _last(lines: Sequence[str], at: int, end: int, column: int, field: re.Pattern[str]) -> int:
    """Return the end of the lines that are indented or begin with a field, less blank ones."""
    closing = at + 1
    for index in range(at + 1, end):
        line = lines[index]
        if not line.strip():
            continue
        edge = line[: column + 1]
        if edge.strip() and (edge[:column].strip() or not field.match(line, column)):
            break
        closing = index + 1
    return closing
