"""The forms in which programs write a value: as the runner's masker knows them."""

from __future__ import annotations

import binascii
import html
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 8
"""Characters of a form that is looked for."""
NEEDLE: Final = 96
"""Characters by which a value is looked for, the first ones of a longer one."""
_NOTHING_TO_ESCAPE = lazy_compile(r"[A-Za-z0-9_.~-]+")
# What stays in JSON and HTML as it is.
_PLAIN = lazy_compile(r"[A-Za-z0-9_.~!@#$%^*()+=:;,?/|\[\]{} -]+")
_URI_COMPONENT = lazy_compile("%2[1789A]")  # encodeURIComponent leaves !'()* as they are
_CODE = lazy_compile("%(?:[0-9][A-F]|[A-F][0-9A-F])")
_SHIFTS: Final = ((b"", 0), (b"\0", 2), (b"\0\0", 3))
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")


def escaped(value: str) -> set[str]:
    """Return a value as it is, and as JSON, HTML and addresses write it."""
    if _NOTHING_TO_ESCAPE.fullmatch(value):
        return {value}
    forms = {value} if _PLAIN.fullmatch(value) else {value, *_in_quotes(value), html.escape(value)}
    coded = quote(value, safe="", errors="replace")
    forms.add(coded.replace("%20", "+"))
    slashes = coded.replace("%2F", "/")
    for form in (coded, slashes, slashes.replace("%3A", ":").replace("%40", "@"),
                 _URI_COMPONENT.sub(lambda match: unquote(match[0]), coded)):  # fmt: skip
        forms |= {form, _CODE.sub(lambda match: match[0].lower(), form)}
    return forms


def _in_quotes(value: str) -> Iterator[str]:
    once = json.dumps(value)[1:-1]
    yield from (once, json.dumps(once)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])


def in_base64(value: str) -> Iterator[bytes]:
    """Yield the letters that a value gives in base64, wherever in three bytes it begins."""
    data = value.encode("utf-8", "replace")
    for before, first in _SHIFTS:
        coded = binascii.b2a_base64(before + data, newline=False)
        whole = coded[first : (len(before) + len(data)) * 8 // 6]
        yield whole
        if b"+" in whole or b"/" in whole:
            yield whole.translate(_URL_SAFE)


def endings(value: str) -> set[bytes]:
    """Return the last bytes of each form that is long enough: SHORTEST of them."""
    data = value.encode("utf-8", "replace")
    ends: set[bytes] = set()
    for before, first in _SHIFTS:
        last = (len(before) + len(data)) * 8 // 6
        if last - first >= SHORTEST:
            end = binascii.b2a_base64(before + data, newline=False)[last - SHORTEST : last]
            ends.add(end)
            if b"+" in end or b"/" in end:
                ends.add(end.translate(_URL_SAFE))
    if _NOTHING_TO_ESCAPE.fullmatch(value):
        forms = [data]
    else:
        forms = [form.encode("utf-8", "surrogatepass") for form in escaped(value)]
    ends.update(form[-SHORTEST:] for form in forms if len(form) >= SHORTEST)
    return ends
