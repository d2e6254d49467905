"""Secrets that only their name gives away: `password: x`, `"token":"…"`, `DB_SECRET=…`.

Names of Secrets, service accounts and keys are what an analysis correlates: `secret: <name>`,
`githubConfigSecret`, `automountServiceAccountToken: false` and prose such as `get token: Post "…`
must survive, so a bare `token` needs a value that looks like one, and a bare `secret` is no key.
"""

from __future__ import annotations

from typing import Final

from arclogs.redact.placeholder import MASKED

# Names whose value is a secret whatever it looks like.
_STRONG = (
    r"(?:password|passwd|passphrase|(?<=[_;])pwd|client[_-]?secret|webhook[_-]?secret"
    r"|secret[_-]key|secret[_-]?access[_-]?key|account[_-]?key|shared[_-]?access[_-]?key"
    r"|api[_-]?key|private[_-]?key|client-key-data|jit[_-]?(?:token|config)|identitytoken"
    r"|(?:github|registration|runner|runtime|access|refresh|id|auth|session|bearer|sas)[_-]?token"
    r"|\.dockerconfigjson|\.dockercfg)"
)
# Environment variables: capitals, so that prose and YAML keys stay out.
_ENVIRONMENT = (
    r"(?-i:[A-Z0-9]_(?:SECRET|CREDENTIALS?|PAT|PASS|TOKEN|PASSWORD|AUTH"
    r"|(?:DEPLOY|SIGNING|ENCRYPTION|SSH|MASTER|LICENSE)_KEY)|\b(?:PASSWORD|TOKEN))"
)
# How the names above begin: a regex that fails at two letters is five times as fast.
_BEGINS = r"(?=(?-i:[A-Z0-9]_|TOKEN|PASS)|[pcwsajigrb.][arwlehcpuid])"
_SEPARATOR = r"\\*[\"']?[ \t]*(?:=>|:=|[:=])[ \t]*+"

# What stands where a value could, but is none: a placeholder of ours or of kubectl, a mask, a
# reference, a size, a path, the head of a key without the key.
_REFERENCE = (
    rf"{MASKED}|"
    r"<set to|\*{3}|\$[({]|\$[A-Z_]+\b|%[sdvq]\b|\d+ bytes?\b"
    r"|(?i:true|false|null|nil|none|undefined)\b|/(?:var|run|etc|home|tmp|opt|mnt|usr)/"
    r"|-----BEGIN [A-Z ]{0,40}-{0,5}(?:[\"'\\\s]|\Z)"
)
# Without quotes also: a nested object, a block scalar, and how an error message goes on.
_PROSE = (
    r"\{|\[|[|>][+-]?\d?[ \t]*(?:\r?\n|\Z)|[A-Za-z0-9]{1,12}(?:/[a-z]{1,12})?:(?:\s|\Z)"
    r"|[1-5]\d\d[ \t]+(?:-[ \t]+)?(?-i:[A-Z][a-z]+|\{)"  # …/registration-token: 404 Not Found
    r"|(?i:not|is|has|was|missing|unset|invalid|expired|required|failed|empty|post|get|put|error"
    r"|unexpected|cannot|could|the|no|must|status|statuscode|unauthorized|forbidden|request|dial"
    r"|read|context|http|https|github)\b[ \t:\"'/.]*(?:[\w/]|\"|\r?\n|\Z)"
)
_QUOTED = rf"(?!{_REFERENCE})"
_UNQUOTED = rf"(?!{_REFERENCE}|{_PROSE})"
_BARE_CHARACTER = r"(?:[^\s\"'\\]|\\(?![\"'\\nrt]))"
_BARE = rf"{_BARE_CHARACTER}*(?:[^\s\"'\\,;)}}\]]|\\(?![\"'\\nrt]))"


def _value(check: str, bare: str) -> str:
    """Return the forms of a value: in double, escaped or single quotes, or bare."""
    return (
        rf"(?:\"({_QUOTED}{check}(?:[^\"\\\n]|\\.)+)\""
        rf"|\\+\"({_QUOTED}{check}[^\"\\\n]+)"
        rf"|'({_QUOTED}{check}[^'\n]+)'"
        rf"|({_UNQUOTED}{bare}))"
    )


# A token without a telling name: long enough and not a word, a host or a path.
_RANDOM = (
    r"(?=\S{0,512}?\d)(?=\S{0,512}?[A-Z])(?!\S{0,512}?(?:://|\.com\b))"
    r"[A-Za-z0-9+/=_.~-]{16,}(?=[\s\"',;)}\]]|\Z)"
)
_BOOTSTRAP = r"[a-z0-9]{6}\.[a-z0-9]{16}\b"
_HEX = r"[0-9a-f]{32,}\b"
_MIXED = r"(?=[A-Za-z_]{0,64}\d)(?=\d{0,64}[A-Za-z])[A-Za-z0-9_+=~]{12,}(?=[\s\"',;)}\]]|\Z)"
_TELLING_NAME = (
    r"[\w.-]{0,80}(?:PASSWORD|PASSWD|PASSPHRASE|TOKEN|SECRET|API_?KEY|PRIVATE_?KEY|(?:ACCESS|ACCOUNT|SIGNING|DEPLOY)_?KEY"
    r"|CREDENTIALS?|JITCONFIG|_PAT)"
)

# At the start of a line the value is the rest of the line: it may hold blanks.
LINE: Final = (
    rf"(?im)^[ \t]*(?:-[ \t]+)?(?=[\w.-]++[ \t]*:[ \t])[\w.-]{{0,80}}{_STRONG}[ \t]*:[ \t]++"
    rf"({_UNQUOTED}[^\s\"'][^\n\"'\r]*)\r?$"
)
PAIR: Final = rf"(?i){_BEGINS}(?:{_STRONG}|{_ENVIRONMENT}){_SEPARATOR}{_value('', _BARE)}"
PLAIN_TOKEN: Final = rf"(?i)token{_SEPARATOR}" + _value(
    r"(?=[^\s\"']{8,4096}[\"'\\])", rf"(?:{_RANDOM}|{_BOOTSTRAP}|{_HEX}|{_MIXED})"
)
PARAMETER: Final = rf"(?i)token(?:=|%3D)({_UNQUOTED}[^\s\"'\\&,;)}}\]]{{6,}})"
# What stands on one line; a quote that closes a string around the line is none of it.
_IN_LINE = r"(?:[^\r\n\"]|\"(?![\s,}\]\"]|\Z))"
# An `env` entry: the name stands on one line (or in one field), the value in the next.
YAML_ENV: Final = (
    rf"(?i)name:[ \t]*[\"']?{_TELLING_NAME}[\"']?[ \t]*"
    rf"(?:\r?\n[ \t]*value:[ \t]*+({_UNQUOTED}(?:\"[^\"\r\n]+\"|{_IN_LINE}++))"
    rf"|,[ \t]*value:[ \t]*+({_UNQUOTED}[^\s,}}]+))"
)
JSON_ENV: Final = (
    rf"(?i)\\*\"name\\*\"[ \t]*:[ \t]*\\*\"{_TELLING_NAME}\\*\"[ \t]*,\s{{0,80}}"
    rf"\\*\"value\\*\"[ \t]*:[ \t]*\\*\"({_QUOTED}[^\"\\\n]+)"
)
