"""IP and hardware addresses, also in the name that a cloud makes of them: `ip-10-0-12-31`."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact.identity.lines import with_address4, with_colons
from arclogs.redact.identity.mention import Mention
from arclogs.redact.identity.pseudonyms import is_pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterator

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP4 = lazy_compile(
    rf"(?<![\d.])(?<![Vv]ersion[= ])(?<![Vv]ersion: )(?<!\bv)(?:{_OCTET}\.){{3}}{_OCTET}(?!\.?\d|-[a-z])"
)
_IN_NAME = lazy_compile(rf"(?<![A-Za-z0-9])ip-({_OCTET})-({_OCTET})-({_OCTET})-({_OCTET})(?![\d-])")
_IP6 = lazy_compile(
    r"(?<![\w:.])(?=[0-9A-Fa-f:]*[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:])[0-9A-Fa-f:]{4,39}(?![\w:])"
)
_MAC = lazy_compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w:-])"
)
# What every machine has: loopback, metadata, link-local, masks, multicast, resolvers that all use.
_STAYS: Final = lazy_compile(
    r"0\.|127\.|169\.254\.|2(?:2[4-9]|3\d)\.|255\.|(?:8\.8\.[84]\.[84]|1\.[01]\.[01]\.1|9\.9\.9\.9)$"
)


def addresses(text: str, data: bytes) -> Iterator[Mention]:
    """Yield the addresses of a text that could be told apart; `data` is the text as `folded` has it."""
    for start, end in with_address4(data):
        for match in _IP4.finditer(text, start, end):
            if not _STAYS.match(match[0]) and not is_pseudonym(match[0]) and not _version(match[0]):
                yield Mention(*match.span(), "ip4", match[0])
    for start, end in with_colons(data):
        yield from _with_colons(text, start, end)
    if b"ip-" in data:
        for match in _IN_NAME.finditer(text):
            value = ".".join(match.groups())
            if not is_pseudonym(value):
                yield Mention(*match.span(), "ip4-name", value)


def _with_colons(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _MAC.finditer(text, start, end):
        if not is_pseudonym(match[0]) and set(match[0]) - set("0fF:-"):
            yield Mention(*match.span(), "mac", match[0])
    for match in _IP6.finditer(text, start, end):
        value = match[0]
        if value.count(":") != 7 and "::" not in value:
            continue
        try:
            address = ipaddress.IPv6Address(value)
        except ValueError:
            continue
        few = int(address) < 1 << 32  # ::1, ::
        if not few and not address.is_multicast and not is_pseudonym(value):
            yield Mention(*match.span(), "ip6", value)


def _version(value: str) -> bool:
    """Tell whether four numbers are rather a version of .NET: 4.0.0.0, 17.0.0.0."""
    return value.endswith(".0.0.0") and not value.startswith(("10.", "100."))
