"""What stands in the place of a secret: `<github-token>`, or `<github-token:k3f9q2m7xa>`.

The kind tells what it was. The id, where one is asked for, is the same for the same value, in
whatever encoding it stood, so that lines can be joined by it; without the key it tells nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from arclogs.lazy_regex import lazy_compile

Naming = Callable[[str, str], str]
"""From kind and value of a secret to what is written in its place."""

FILL: Final = "\ue000"
"""Covers each character of a secret that was found, until its placeholder is written."""
MASKED: Final = rf"(?:<[a-z][a-z0-9-]*(?::[a-z2-7]+)?>|{FILL})"
"""A regular expression for what is covered already."""
PLACEHOLDER: Final = lazy_compile(r"<[a-z][a-z0-9-]*(?::[a-z2-7]{10})?>")

_ID_BYTES: Final = 7  # 50 of its 56 bits are shown, as ten letters
_GUESSABLE_BITS: Final = 40
_CLASSES: Final = (
    (lazy_compile(r"[a-z]"), 26),
    (lazy_compile(r"[A-Z]"), 26),
    (lazy_compile(r"\d"), 10),
    (lazy_compile(r"[^A-Za-z\d]"), 20),
)
_WORD = lazy_compile(r"[A-Za-z]?[a-z]*[\d\W]{0,4}")


def kind_only(kind: str, value: str) -> str:
    """Return a placeholder that says nothing of the value."""
    return f"<{kind}>"


def as_long(*, weak_too: bool) -> Naming:
    """Return the naming whose placeholders are as long as those of `keyed`, and tell nothing."""
    return keyed(b"", weak_too=weak_too)


def keyed(key: bytes, *, weak_too: bool = False) -> Naming:
    """Return the naming that adds an id: 50 bits of HMAC-SHA256 over kind and value.

    A value that could be guessed gets none: whoever came to know the key could try all of them.
    `weak_too` gives it one all the same, for a key that is kept secret.
    """

    @lru_cache(maxsize=4096)
    def name(kind: str, value: str) -> str:
        if not weak_too and strength(value) < _GUESSABLE_BITS:
            return f"<{kind}>"
        digest = hmac.digest(key, f"{kind}\0{value}".encode("utf-8", "replace"), hashlib.sha256)
        letters = base64.b32encode(digest[:_ID_BYTES])[:10].decode("ascii").lower()
        return f"<{kind}:{letters}>"

    return name


def strength(value: str) -> float:
    """Return an estimate of the bits that are needed to guess a value; words count little."""
    alphabet = sum(size for form, size in _CLASSES if form.search(value))
    if alphabet <= 46 and _WORD.fullmatch(value):
        return 16.0  # a word, and what people add to one
    return len(set(value)) * math.log2(max(alphabet, 2))
