r"""`key=value` lines, as Go's slog text handler and dockerd's logrus print them.

    time=2026-05-04T10:07:21.219Z level=INFO msg="refreshing token" "assigned job"=0
    time="2024-03-07T11:20:41Z" level=info msg="loading plugin \"io.containerd\"..." error="<nil>"

A value with blanks, `=` or `"` is quoted as by Go's strconv.Quote (log/slog text_handler.go).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.lines import replace_surrogates
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

# Possessive, so that a quote without an end costs one pass.
_QUOTED = r'"[^"\\]*+(?:\\.[^"\\]*+)*+'
_PAIR = lazy_compile(
    rf'({_QUOTED}"|[^\s="]+)=({_QUOTED}"?|\S*)'
    r"|\S+"  # a word that is no pair goes as a whole, so that the scan stays linear
)
_GO_ONLY = lazy_compile(r"\\(?:x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([av0-7'])([0-7]{2})?)")


def read_pairs(text: str) -> dict[str, str]:
    """Return the pairs of a line, unquoted; of a key that occurs twice, the last."""
    return {
        _unquote(key) if key[0] == '"' else key: _unquote(value) if value[:1] == '"' else value
        for key, value in _PAIR.findall(text)
        if key
    }


def with_error(message: str, pairs: Mapping[str, object]) -> str:
    """Return a message and, behind ` | error: `, the error that its program gave with it."""
    error = pairs.get("error", pairs.get("err"))
    if error is None or error in ("", "<nil>"):
        return message
    return f"{message} | error: {error}"


def _unquote(value: str) -> str:
    if "\\" not in value:
        return value[1:].removesuffix('"')
    closed = value if len(value) > 1 and value.endswith('"') else value.rstrip("\\") + '"'
    try:
        text = json.loads(closed)  # JSON knows all of Go's escapes that occur in practice
    except ValueError:
        try:
            text = json.loads(_GO_ONLY.sub(_json_escape, closed), strict=False)
        except ValueError:
            return value.strip('"')
    return strip_ansi(replace_surrogates(text)) if isinstance(text, str) else value


def _json_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u00{match[1]}"
    if match[2]:
        return "?"
    return "'" if match[3] == "'" else ""
