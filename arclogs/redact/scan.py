"""The secrets of a passage: by pattern, in each view of it, and inside of what is base64."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.placeholder import FILL, PLACEHOLDER
from arclogs.redact.views import CHAINS, JOINTS, WRAPPED, Rewrite, View
from arclogs.redact.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range

DEPTH: Final = 3
"""Encodings inside of encodings that are looked into."""
_RUN = lazy_compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_PRINTABLE: Final = 0.97
_CONTROLS = bytes(sorted(set(range(32)) - set(b"\t\n\r\x1b"))) + b"\x7f"
_NO_LINE_END = lazy_compile(r"[^\n]")
_KEY_SPACE = lazy_compile(r"\\+[nrt]|\s+")


class Span(NamedTuple):
    """A secret in a text."""

    start: int
    end: int
    kind: str
    value: str
    """What it says, without the encodings it stood in."""


class Found(NamedTuple):
    """A secret in a passage, which may stand there in several pieces."""

    ranges: tuple[Range, ...]
    kind: str
    value: str


def find(
    passage: str,
    patterns: tuple[Pattern, ...],
    chains: Sequence[Sequence[Rewrite]] = CHAINS,
    depth: int = 0,
) -> list[Found]:
    """Return the secrets of a passage of a few lines."""
    text = PLACEHOLDER.sub(lambda m: _filled(m[0]), passage.replace(FILL, "\ufffd"))
    found: list[Found] = []
    for chain in ((JOINTS, WRAPPED), (JOINTS,), (), *((JOINTS, *chain) for chain in chains)):
        if (
            not chain
        ):  # as it is: only now, or the first part of what is split would be covered alone
            spans, text = _scan(text, patterns, depth)
            found += [Found(((s.start, s.end),), s.kind, s.value) for s in spans]
        views: list[View] = []
        for rewrite in chain:
            view = _view(views[-1].text if views else text, rewrite)
            if view is None:
                continue
            views.append(view)
            if rewrite is JOINTS and chain != (JOINTS,):
                continue  # looked at as a chain of its own
            spans, view.text = _scan(view.text, patterns, depth)
            if spans:
                fresh = [Found(_through(views, s), s.kind, s.value) for s in spans]
                found += fresh
                text = _cover(text, (r for one in fresh for r in one.ranges))
    return found


def _view(text: str, rewrite: Rewrite) -> View | None:
    if not any(trigger in text for trigger in rewrite.triggers):
        return None
    view = View(text, rewrite)
    return view if view.changed else None


def _through(views: list[View], span: Span) -> tuple[Range, ...]:
    """Follow a span from the last view back to the passage."""
    ranges = [(span.start, span.end)]
    for view in reversed(views):
        ranges = [r for start, end in ranges for r in view.ranges(start, end)]
    return tuple(ranges)


def _cover(text: str, ranges: Iterable[Range]) -> str:
    out: list[str] = []
    at = 0
    for start, end in sorted(ranges):
        first = max(start, at)
        if end > first:
            out += (text[at:first], _filled(text[first:end]))
            at = end
    return "".join([*out, text[at:]])


def _filled(text: str) -> str:
    return _NO_LINE_END.sub(FILL, text)


def _scan(text: str, patterns: tuple[Pattern, ...], depth: int) -> tuple[list[Span], str]:
    """Return the secrets that stand in a text as it is, and the text with them covered."""
    original = text
    spans: list[Span] = []

    for index in words_of(patterns).patterns_of(text):
        pattern, kind = patterns[index], patterns[index].name
        new = [
            Span(at + start, at + end, kind, _said(kind, original[at + start : at + end]))
            for at, piece in _pieces(text, pattern)
            for match in pattern.regex.finditer(piece)
            for start, end in [match.span(match.lastindex or 0)]
        ]
        if new:
            text = _cover(text, ((span.start, span.end) for span in new))
            spans += new
    if depth < DEPTH:
        for run in _RUN.finditer(text):
            if inner := _inside(run[0], patterns, depth):
                spans.append(Span(run.start(), run.end(), inner.kind, inner.value))
        text = _cover(text, ((s.start, s.end) for s in spans if text[s.start] != FILL))
    return spans, text


def _pieces(text: str, pattern: Pattern) -> Iterator[tuple[int, str]]:
    """Yield what a pattern is to look at, and where it stands: the lines that hold its words."""
    if pattern.spans_lines or "\n" not in text:
        yield 0, text
        return
    at = 0
    for line in text.split("\n"):
        if not pattern.keywords or _holds(line.lower(), pattern.keywords):
            yield at, line
        at += len(line) + 1


def _holds(folded: str, words: tuple[str, ...]) -> bool:
    return any(word in folded for word in words)


def _said(kind: str, value: str) -> str:
    """Return a value as it is the same wherever it stands: keys are broken into lines anyhow."""
    return _KEY_SPACE.sub("", value) if kind == "private-key" else value


def _inside(run: str, patterns: tuple[Pattern, ...], depth: int) -> Found | None:
    """Return the first secret of what a run of base64 says, if it says any."""
    text = decoded(run)
    if text is None:
        return None
    found = find(text, patterns, depth=depth + 1)
    return max(found, key=lambda one: len(one.value)) if found else None


def decoded(run: str) -> str | None:
    """Return the text that a run of base64 holds, None where it holds none; it may be cut off."""
    if not any(map(str.isupper, run)):
        return None  # hex digests and names
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[:-1] if len(body) % 4 == 1 else body
    try:
        data = binascii.a2b_base64(body + "=" * (-len(body) % 4))
    except binascii.Error:
        return None
    if data[1:2] == b"\0" and data[3:4] == b"\0":  # PowerShell encodes UTF-16
        return data.decode("utf-16-le", "replace")
    if len(data.translate(None, _CONTROLS)) < _PRINTABLE * len(data):
        return None
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") <= 2 else None
