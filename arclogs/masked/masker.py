"""What a copy is made with, once the bundle was read."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from arclogs.redact.identity.pseudonyms import Pseudonyms
from arclogs.redact.placeholder import keyed, kind_only, strength
from arclogs.redact.probe import Leak, leaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.masked.masking import Masking
    from arclogs.redact.identity import Anonymizer
    from arclogs.redact.known import Known
    from arclogs.redact.redactor import Redactor
    from arclogs.redact.sweep import Sweep

_STRONG_BITS: Final = 100
"""What a secret needs so that nobody can come upon the key that is made of it."""


class Masker(Struct, frozen=True):
    """Replaces secrets, and names where that was asked for."""

    redactor: Redactor
    anonymizer: Anonymizer | None
    names: Pseudonyms
    lasting: bool
    """Whether another run gives the same pseudonyms."""

    def name(self, text: str) -> str:
        """Return a name of a member, or what a note says of it, as the copy may show it."""
        text = self.redactor.redact(text)
        return self.anonymizer.replace(text, self.names) if self.anonymizer else text

    def of(self, masking: Masking, member: str) -> Callable[[str], str]:
        """Return what masks the text of a member, and counts."""
        counting = replace(
            self.redactor, seen=lambda kind, value: masking.seen(member, kind, value)
        )
        if self.anonymizer is None:
            return counting.redact

        def masked_text(text: str) -> str:
            assert self.anonymizer is not None
            return self.anonymizer.replace(
                counting.redact(text), self.names,
                lambda kind, value: masking.named(member, kind, value),
            )  # fmt: skip

        return masked_text

    def left(self, text: str) -> Iterator[Leak]:
        """Yield the secrets, and the names that were to go, of a text in which they were replaced."""
        yield from leaks(text, self.redactor.known)
        if self.anonymizer:
            for line, kind in self.anonymizer.left(text):
                yield Leak(line, kind)


def masker_of(
    redactor: Redactor, sweep: Sweep, known: Known, anonymizer: Anonymizer | None, key: bytes | None
) -> Masker:
    """Return what masks a bundle with the secrets that `redactor` found; `key` makes lasting ids."""
    own = key or _key_of(known)
    naming = keyed(own, weak_too=key is not None) if own else kind_only
    findings = redactor.findings
    if findings is not None and own is None:  # they were made with placeholders that hold an id
        findings = findings.without_structural()
    return Masker(
        replace(redactor, naming=naming, known=sweep, findings=findings),
        anonymizer,
        Pseudonyms(own or secrets.token_bytes()),
        lasting=own is not None,
    )


def _key_of(known: Known) -> bytes | None:
    """Return the key of a copy for which none was given, None where nothing makes one.

    It is made of the strong secrets themselves: the same bundle gives the same copy, and to guess a
    weak value or a name by its id one would have to know all of the strong ones.
    """
    strong = sorted(value for value in known.kinds if strength(value) >= _STRONG_BITS)
    if not strong:
        return None
    own = hashlib.sha256(b"arclogs redact\0")
    for value in strong:
        own.update(hashlib.sha256(value.encode("utf-8", "replace")).digest())
    return own.digest()
