"""What stands in the place of a name: `org-k3f9q2m7xa`, `host-….dom-…`, an address of the same class.

HMAC-SHA256 under the copy's key, as for secrets: the same name gives the same pseudonym, whatever file
or case it stood in. No pseudonym is ever replaced again: names end in ten letters of base32, addresses
lie in ranges that nobody uses.

    10.0.12.31     250.17.203.9     first part 240 to 249 for public addresses, 250 for 10/8, 251 for
    10.0.12.77     250.17.203.154   172.16/12, 252 for 192.168/16, 253 for 100.64/10; neighbours stay
    2a01:4f8::7    2001:db8:…       neighbours, and 0 stays 0 (reserved: RFC 1112, 3849)
    fd12:3456::7   fd1d:1d1d:…
    52:54:00:…     fe:ed:…          locally administered
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from functools import lru_cache
from typing import Final

from arclogs.lazy_regex import lazy_compile

PSEUDONYM: Final = lazy_compile(
    r"(?:org|repo|branch|user|host|dom|account|ns|set|node|group|cluster)-[a-z2-7]{10}"
)
_PUBLIC_FIRST, _PUBLIC_COUNT = 240, 10
_ULA: Final = "fd1d:1d1d:"
_LOCAL: Final = "fe80::1d1d:"
_GLOBAL: Final = "2001:db8:"
_MAC: Final = "fe:ed"


class Pseudonyms:
    """Makes the pseudonyms of one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._octets = lru_cache(maxsize=4096)(self._permutation)

    def name(self, kind: str, value: str) -> str:
        """Return the pseudonym of a name; case does not count."""
        digest = self._digest(f"{kind}\0{value.lower()}")
        return f"{kind}-{base64.b32encode(digest)[:10].decode('ascii').lower()}"

    def ip4(self, value: str) -> str:
        """Return an address of the same class, and in the same network as its neighbours."""
        first, *rest = (int(part) for part in value.split("."))
        if first == 10:
            head = 250
        elif first == 172 and 16 <= rest[0] < 32:
            head = 251
        elif first == 192 and rest[0] == 168:
            head = 252
        elif first == 100 and 64 <= rest[0] < 128:
            head = 253
        else:
            head = _PUBLIC_FIRST + self._digest(f"ip4\0{first}")[0] % _PUBLIC_COUNT
        out, before = [head], f"{first}"
        for octet in rest:
            out.append(self._octets(before)[octet])
            before += f".{octet}"
        return ".".join(map(str, out))

    def ip6(self, value: str) -> str:
        """Return an address of the same class."""
        address = ipaddress.IPv6Address(value)
        text = self._digest(f"ip6\0{address.exploded}").hex()
        if address.is_link_local:
            return f"{_LOCAL}{text[:4]}:{text[4:8]}"
        groups = ":".join(text[at : at + 4] for at in range(0, 24, 4))
        return (_ULA if address.packed[0] & 0xFE == 0xFC else _GLOBAL) + groups

    def mac(self, value: str) -> str:
        """Return a hardware address, written as the one it stands for."""
        text = self._digest(f"mac\0{value.lower().replace('-', ':')}").hex()
        whole = ":".join([_MAC, *(text[at : at + 2] for at in range(0, 8, 2))])
        return whole.replace(":", value[2])

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "replace"), hashlib.sha256)

    def _permutation(self, prefix: str) -> list[int]:
        """Return what each octet after a prefix becomes; 0 and 255, as in 10.0.0.0/16, stay."""
        stream = b"".join(
            hmac.digest(self._key, f"octet\0{prefix}\0{block}".encode(), hashlib.sha512)
            for block in range(8)
        )
        order = sorted(range(1, 255), key=lambda n: (stream[2 * n : 2 * n + 2], n))
        return [0, *order, 255]


def is_pseudonym(value: str) -> bool:
    """Tell whether a name or an address is one of these already."""
    if PSEUDONYM.fullmatch(value.partition(".")[0]):
        return True
    if value[:1].isdigit() and value.count(".") == 3:
        return int(value.split(".")[0]) >= _PUBLIC_FIRST
    return value.lower().replace("-", ":").startswith((_ULA, _LOCAL, _GLOBAL, f"{_MAC}:"))
