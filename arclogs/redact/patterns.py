"""What secrets look like in text: one row a form, the most telling first.

The group that matched (the whole match where there is none) is covered. A regex sees a passage of
several lines in which the rows before it have covered what they know.
No regex nests quantifiers, so that the time is linear in the text. Lengths are open-ended: a token
that is longer than the form known today must not leave a tail.
"""

from __future__ import annotations

import re
from typing import Final

from arclogs.lazy_regex import lazy_compile
from arclogs.redact import keyed
from arclogs.redact.pattern import START, Pattern
from arclogs.redact.placeholder import FILL, MASKED
from arclogs.redact.services import SERVICES

# A value stops at white space, quotes, and what delimits parameters and list items.
_ARGUMENT = rf"[^\s\"'`,;\\\])}}<>{FILL}]"
_BASE64 = r"[A-Za-z0-9+/_=-]"
# Between name and value of an option: `--token X`, `--token=X`, `"--token", "X"`, also on two
# lines of a YAML list.
_OPTION_GAP = r"(?:=|[ \t]+|\\*[\"'],?[ \t]*\\*[\"']|[\"']?\r?\n[ \t]*-[ \t]+)[\"']?"
_KEY_WORDS = ("passw", "passphrase", "pwd", "secret", "key", "jit", "token", "dockerc")
_TELLING_WORDS = (
    "passw",
    "passphrase",
    "token",
    "secret",
    "key",
    "credential",
    "jitconfig",
    "_pat",
)
_ENVIRONMENT_WORDS = ("_pat", "_pass", "_auth", "credential")
_LEAD: Final = 32
"""Longer than any name that a value is masked for, as far as its telling word."""
_HEADER_QUOTE = r"[\"'\\]{0,6}"

# The start of a log line before the key's own line: `2026-03-02T10:04:20Z stdout F `.
_LINE_START = r"[ \t>|]*(?:\S{1,40}[ ]std(?:out|err)[ ][FP][ ])?[ \t]*"
_PRIVATE_KEY = lazy_compile(
    rf"""
    -----BEGIN[ ][A-Z0-9 ]{{0,40}}PRIVATE[ ]KEY(?:[ ]BLOCK)?-----
    (?: (?:(?!-----BEGIN)[A-Za-z0-9+/=:,. \t-]|\\+[nrt])*?      # line ends written out: \n
        -----END[ ][A-Z0-9 ]{{0,60}}-----
      | (?:\\+[nrt][A-Za-z0-9+/=]*|[A-Za-z0-9+/=]{{16,}}|[ \t])*+          # the same, cut off
        (?:\r?\n{_LINE_START}
           (?:(?:Proc-Type|DEK-Info|Comment|Version):[^\n]*
            | [A-Za-z0-9+/=]*[ \t]*(?=\r?\n|\Z)))*+
        (?:\r?\n{_LINE_START}-----END[ ][A-Z0-9 ]{{0,60}}-----)? )
    """,
    re.VERBOSE,
)

PATTERNS: Final[tuple[Pattern, ...]] = (
    Pattern("private-key", ("private key",), _PRIVATE_KEY, spans_lines=True),
    Pattern(
        "github-token",
        ("ghp_", "gho_", "ghu_", "ghr_", "ghs_", "github_pat_"),
        # ghs_ holds an app id and a JWT since 2026: hundreds of characters with dots and dashes
        lazy_compile(
            r"(?:(?:(?<![A-Za-z0-9])|(?<=[0-9\[]m))gh[pousr]_[A-Za-z0-9._-]{16,}|github_pat_\w{16,})"
        ),
    ),
    Pattern(
        "github-token",
        ("z2hwx", "z2hzx", "z2hvx", "z2h1x", "z2hyx", "z2l0ahvix3bhdf"),
        # base64 of ghp_, ghs_, gho_, ghu_, ghr_ and github_pat_: data of a Secret
        lazy_compile(rf"{START}(?:Z2h[wzv1y]X|Z2l0aHViX3BhdF){_BASE64}{{20,}}"),
    ),
    Pattern(
        "jit-config", ("eyiu",), lazy_compile(rf"{START}eyIu{_BASE64}{{36,}}")
    ),  # {".runner": …
    Pattern(
        "docker-auth", ("eyjhdxro",), lazy_compile(rf"{START}eyJhdXRo{_BASE64}{{12,}}")
    ),  # {"auth…
    Pattern(
        "jwt",
        ("eyj",),
        lazy_compile(
            rf"{START}eyJ(?:[\w-]{{8,}}\.eyJ[\w.-]{{4,}}"
            r"|(?:hbGciOi|0eXAiOi|raWQiOi|4NXQiOi)[\w.-]{8,})"  # alg, typ, kid, x5t: cut ones
        ),
    ),
    Pattern("jwt", ("zxlk",), lazy_compile(rf"{START}ZXlK{_BASE64}{{40,}}")),  # base64 of eyJ
    Pattern(
        "authorization",
        ("authorization", "x-auth-token", "private-token"),
        lazy_compile(
            rf"(?i)(?:authorization|x-auth-token|private-token){_HEADER_QUOTE}[ \t]*[:=][ \t\[{{]*"
            rf"{_HEADER_QUOTE}(?:(?:bearer|basic|token|remoteauth|negotiate|apikey)[ \t]+"
            r"|(?=[^\s\"']{0,512}?[\d=/+]))"  # a value without a scheme must not be a word
            rf"((?!{MASKED}|\*{{3}}|\$\{{|bearer\b|basic\b)[^\s\"'\\\]}},<>{FILL}]{{8,}})"
        ),
    ),
    Pattern(
        "authorization",
        ("bearer ",),
        lazy_compile(r"(?i)\bbearer[ \t]+(?=\S{0,512}?\d)([A-Za-z0-9._~+/-]{16,}={0,2})"),
    ),
    Pattern(
        "authorization",
        ("basic ",),
        lazy_compile(
            r"(?<![\w-])[Bb](?:asic|ASIC) (?=[^A-Z\s]{0,512}[A-Z])([A-Za-z0-9+/]{12,}={0,2})"
        ),
    ),
    Pattern(
        "authorization",
        ("ec1hy2nlc3mtdg9rzw46",),  # base64 of "x-access-token:": git's extra header
        lazy_compile(rf"eC1hY2Nlc3MtdG9rZW46{_BASE64}+"),
    ),
    Pattern(
        "url-credentials",
        ("@",),
        # An image reference (docker-pullable://nginx:1.25@sha256:…) is none.
        lazy_compile(
            rf"://([^\s/?#@:\"'<>{FILL}]{{0,256}}(?::|%3[aA])[^\s/?#\"'<>{FILL}]{{1,512}})"
            r"@(?!sha256:)"
        ),
    ),
    Pattern(
        "cookie",
        ("cookie",),
        lazy_compile(
            r"(?i)\bcookie[\"'\\]{0,4}[ \t]*:[ \t]*+[\"'\\]{0,4}+((?![<\ue000]|\*{3})[^\r\n\"'\\]{8,})"
        ),
    ),
    Pattern(
        "password",
        (" -u", " --user", "login"),
        # curl -u user:password (docker's -u takes numbers), docker login -p password
        lazy_compile(
            rf"(?<=\s)(?:-u|--user)[ =]?[\"']?[^\s:\"'<]{{1,80}}:"
            rf"((?!\d+\b|[<$*\ue000]){_ARGUMENT}{{4,}})"
            rf"|\blogin\b[^\n]{{0,200}}? -p[ =]?[\"']?((?![<$*\ue000-]){_ARGUMENT}{{4,}})"
        ),
    ),
    Pattern(
        "signature",
        ("sig=", "sig%3d", "signature", "x-amz-", "x-goog-"),
        lazy_compile(
            r"(?i)(?:(?<![a-z0-9])|(?<=%26)|(?<=u0026))"
            r"(?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))"
            r"(?:=|%3D)([A-Za-z0-9%+/=_.~-]{12,})"
        ),
    ),
    *SERVICES,
    Pattern(
        "docker-auth",
        ("auth",),
        lazy_compile(rf"\\*\"auth\\*\"[ \t]*:[ \t]*\\*\"({_BASE64}{{8,}})"),
    ),
    Pattern(
        "secret",
        ("--token", "--jitconfig", "--pat", "--pass", "--client-secret", "--api-key", "--docker-p"),
        lazy_compile(
            r"(?i)--(?<![\w-]--)(?:token|jitconfig|pat|password|pass|client-secret|api-key"
            rf"|docker-password){_OPTION_GAP}((?![-<$*\ue000]|file=){_ARGUMENT}{{4,}})"
        ),
        spans_lines=True,
    ),
    Pattern("secret", _TELLING_WORDS, lazy_compile(keyed.YAML_ENV), spans_lines=True, also="value"),
    Pattern("secret", _TELLING_WORDS, lazy_compile(keyed.JSON_ENV), spans_lines=True, also="value"),
    Pattern("secret", _KEY_WORDS, lazy_compile(keyed.LINE)),
    Pattern("secret", _KEY_WORDS + _ENVIRONMENT_WORDS, lazy_compile(keyed.PAIR), lead=_LEAD),
    Pattern("token", ("token",), lazy_compile(keyed.PLAIN_TOKEN), lead=_LEAD),
    Pattern("token", ("token=", "token%3d"), lazy_compile(keyed.PARAMETER), lead=_LEAD),
    Pattern(
        "registration-token",
        (),
        # 29 capitals and digits: `config.sh --token`, RUNNER_TOKEN. At least two digits.
        lazy_compile(
            r"A(?:(?<![A-Za-z0-9]A)|(?<=[0-9\[]mA))(?=[A-Z]*\d[A-Z]*\d)[A-Z0-9]{28}(?![A-Za-z0-9])"
        ),
        run=29,
    ),
    Pattern(
        "base64-block",
        (),
        # A line of a key or of an encoded secret whose first line is not in the text. Hex digests
        # have one case only and stay.
        lazy_compile(
            r"(?m)^[ \t]*+((?=[A-Za-z0-9+/]{60})(?=[^A-Z\n]*[A-Z])(?=[^a-z\n]*[a-z])(?=[^\d+/\n]*[\d+/])"
            r"[A-Za-z0-9+/]{60,76}={0,2})\r?$"
        ),
        run=60,
    ),
)
