"""The secrets of passages: by pattern, in each view of it, and inside of what is base64."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING, Final, NamedTuple

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.candidates import RUN, candidates
from arclogs.redact.placeholder import FILL, PLACEHOLDER
from arclogs.redact.views import CHAINS, JOINTS, WRAPPED, Rewrite, View, holding
from arclogs.redact.words import BASE64, one_byte_each, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from arclogs.redact.pattern import Pattern
    from arclogs.redact.views import Range

DEPTH: Final = 3
"""Encodings inside of encodings that are looked into."""
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

    ranges: Sequence[Range]
    kind: str
    value: str


def find(
    text: str,
    patterns: tuple[Pattern, ...],
    chains: Sequence[Sequence[Rewrite]] = CHAINS,
    depth: int = 0,
    passages: Sequence[Range] | None = None,
) -> list[Found]:
    """Return the secrets of passages of a few lines, between which a blank line stands.

    `passages` has start and end of each; without them all of the text is one.
    """
    text = PLACEHOLDER.sub(lambda m: _filled(m[0]), text.replace(FILL, "\ufffd"))
    passages = passages or ((0, len(text)),)
    joints = (JOINTS,) if any(piece in text for piece in JOINTS.triggers) else ()
    found, text = _read(text, (*joints, WRAPPED), patterns, depth, passages)
    if joints:
        more, text = _read(text, joints, patterns, depth, passages)
        found += more
    # As it is: only now, or the first part of what is split would be covered alone.
    spans, text = _scan(text, patterns, depth, passages)
    found += [Found(((span.start, span.end),), span.kind, span.value) for span in spans]
    for chain in chains:
        some = holding(text, {piece for rewrite in chain for piece in rewrite.triggers}, passages)
        if some:
            more, text = _read(text, (*joints, *chain), patterns, depth, some)
            found += more
    return found


def _read(
    text: str, chain: Sequence[Rewrite], patterns: tuple[Pattern, ...], depth: int,
    passages: Sequence[Range],
) -> tuple[list[Found], str]:  # fmt: skip
    """Return the secrets that show in views, each of the view before, and the text without them."""
    found: list[Found] = []
    views: list[View] = []
    for rewrite in chain:
        view = View(views[-1].text if views else text, rewrite, passages)
        if not view.changed:
            continue
        views.append(view)
        changed, passages = view.follow(passages)
        if rewrite is JOINTS and len(chain) > 1:
            continue  # looked at as a chain of its own
        spans, view.text = _scan(view.text, patterns, depth, changed)
        if spans:
            fresh = [Found(_through(views, s), s.kind, s.value) for s in spans]
            found += fresh
            text = _cover(text, (r for one in fresh for r in one.ranges))
    return found, text


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
    return _NO_LINE_END.sub(FILL, text) if "\n" in text else FILL * len(text)


def _scan(
    text: str, patterns: tuple[Pattern, ...], depth: int, passages: Sequence[Range]
) -> tuple[list[Span], str]:
    """Return the secrets that stand in passages as they are, and the text with them covered."""
    spans: list[Span] = []
    parts: list[str] = []
    at = 0
    for start, end, looks, coded in candidates(text, patterns, passages):
        passage = text[start:end]
        found, passage = _matched(passage, start, looks, patterns) if looks else ([], passage)
        if coded and depth < DEPTH:
            hidden = list(_encoded(passage, coded, patterns, depth))
            if hidden:
                passage = _cover(passage, ((span.start, span.end) for span in hidden))
                found += (s._replace(start=start + s.start, end=start + s.end) for s in hidden)
        if found:
            spans += found
            parts += (text[at:start], passage)
            at = end
    return spans, "".join([*parts, text[at:]]) if parts else text


def _matched(
    original: str, offset: int, looks: Iterable[tuple[int, int, int]], patterns: tuple[Pattern, ...]
) -> tuple[list[Span], str]:
    """Return what patterns find in a passage, which stands at an offset, and it with that covered."""
    text = original
    spans: list[Span] = []
    last = -1
    new: list[Range] = []
    for index, at, until in looks:
        if index != last and new:  # what a pattern found is covered for the next
            text = _cover(text, new)
            new = []
        last, pattern = index, patterns[index]
        for match in pattern.regex.finditer(text[at:until]):
            start, end = match.span(match.lastindex or 0)
            start, end = at + start, at + end
            new.append((start, end))
            said = _said(pattern.name, original[start:end])
            spans.append(Span(offset + start, offset + end, pattern.name, said))
    return spans, _cover(text, new) if new else text


def _encoded(
    text: str, coded: Iterable[Range], patterns: tuple[Pattern, ...], depth: int
) -> Iterator[Span]:
    """Yield what runs of base64 in a passage hold that is secret, as far as they are not covered."""
    for first, last in coded:
        run = text[first:last]
        if covered := run.count(FILL):
            if len(run) - covered < RUN:
                continue
            data = one_byte_each(run)
            rest = [(first + at, first + until) for at, until in runs(data, RUN, BASE64)]
        else:
            rest = [(first, last)]
        for start, end in rest:
            end += next(n for n in (2, 1, 0) if text.startswith("=="[:n], end))
            if inner := _inside(text[start:end], patterns, depth):
                yield Span(start, end, inner.kind, inner.value)


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
    if not run.isascii() or run.lower() == run:
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
