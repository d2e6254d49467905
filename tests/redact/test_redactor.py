"""Secrets go, correlation keys stay.

The secrets are made up at run time, so that no scanner of this repository finds a token in it.
"""

from __future__ import annotations

import base64
import json
import random
import re
import string
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.redact.redactor import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

ALNUM = string.ascii_letters + string.digits
BENIGN = (Path(__file__).parent / "data" / "benign.txt").read_text().splitlines()
REDACT = Redactor().redact


def made_up(seed: str, length: int, alphabet: str = ALNUM) -> str:
    """Return random text that holds a digit and both cases where the alphabet has them."""
    rng = random.Random(seed)
    must = "".join(c for c in "7aQ" if c in alphabet)
    return must + "".join(rng.choice(alphabet) for _ in range(length - len(must)))


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def jwt(seed: str) -> str:
    parts = ('{"alg":"RS256","kid":"k1"}', '{"sub":"system:serviceaccount:a:b","exp":1772445859}')
    encoded = [base64.urlsafe_b64encode(p.encode()).decode().rstrip("=") for p in parts]
    return ".".join([*encoded, made_up(seed, 86, ALNUM + "-_")])


def pem(seed: str) -> str:
    body = "\n".join(made_up(f"{seed}{i}", 64, ALNUM + "+/") for i in range(4))
    return f"-----BEGIN RSA {'PRIVATE'} KEY-----\n{body}\n-----END RSA {'PRIVATE'} KEY-----"


JIT = b64(json.dumps({".runner": b64("{}"), ".credentials_rsaparams": b64(made_up("jit", 200))}))

TOKENS = {
    "classic": "ghp_" + made_up("a", 36),
    "oauth": "gho_" + made_up("b", 36),
    "user": "ghu_" + made_up("c", 36),
    "refresh": "ghr_" + made_up("d", 76),
    "installation-old": "ghs_" + made_up("e", 36),
    "installation-long": "ghs_123456_" + jwt("f"),
    "fine-grained": "github_pat_" + made_up("g", 22) + "_" + made_up("h", 59),
    "encoded": b64("ghp_" + made_up("i", 36)),
    "jwt": jwt("j"),
    "encoded-jwt": b64(jwt("k")),
    "jit": JIT,
    "aws": "AKIA" + made_up("l", 16, string.ascii_uppercase + string.digits),
    "google": "AIza" + made_up("m", 35),
    "azure": "Ab3" + "8Q~" + made_up("n", 34),
    "registration": "A" + made_up("o", 28, string.ascii_uppercase + string.digits),
    "base64-key": b64(pem("p")),
}

CARRIERS = {
    "alone": "{}",
    "log": "2026-03-02T10:04:20.1140000Z ##[debug]using {} for the request",
    "yaml": "  some_name: {}",
    "json": '{{"level":"info","x":"{}","pod":"arc-runners-x7k2p"}}',
    "describe": "      RUNNER_THING:   {}",
    "url": "https://x-access-token:{}@github.com/acme/app.git",
    "query": "https://results.example/api?id=7&access_token={}&x=1",
    "header": "Authorization: Bearer {}",
    "option": "./config.sh --url https://github.com/acme --token {} --unattended",
    "crlf": "value: {}\r",
    "colored": "using \x1b[33m{}\x1b[0m",
}


def leaked(secret: str, text: str) -> list[str]:
    """Return the pieces of eight characters of the secret that are still in the text."""
    return [secret[i : i + 8] for i in range(len(secret) - 7) if secret[i : i + 8] in text]


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("kind", TOKENS)
def test_token_leaves_no_trace(kind: str, carrier: str) -> None:
    text = CARRIERS[carrier].format(TOKENS[kind])
    out = REDACT(text)
    assert leaked(TOKENS[kind], out) == []
    assert re.search(r"<[a-z0-9-]+>", out)
    assert REDACT(out) == out


SECRET = made_up("word", 14)
NAMED = {
    "password: {}": True,
    "  password: {} with blanks": True,
    '"password":"{}"': True,
    '"password": "two words {}"': True,
    '\\"password\\":\\"{}\\"': True,
    "DB_PASSWORD={}": True,
    "MY_APP_SECRET={}": True,
    "      MY_APP_SECRET:  {}": True,
    "token={}": True,
    "token: {}": True,
    '"token":"{}"': True,
    '"registrationToken": "{}"': True,
    "clientSecret: {}": True,
    "aws_secret_access_key = {}": True,
    "api-key: '{}'": True,
    "github_token: {}": True,
    "- name: NPM_TOKEN\n  value: {}": True,
    '{{"name":"NPM_TOKEN","value":"{}"}}': True,
    "https://user:{}@proxy.corp.example:3128": True,
    "HTTPS_PROXY=http://svc:{}@10.0.0.1:8080": True,
    '"auths":{{"ghcr.io":{{"auth":"{}"}}}}': True,
    "--jitconfig {}": True,
    '["./run.sh","--jitconfig","{}"]': True,
    "args:\n  - --jitconfig\n  - {}": True,
    "--password={}": True,
    "Authorization: Basic {}": True,
    '{{"Authorization":"Bearer {}"}}': True,
    "Authorization:[Bearer {}]": True,
    "?sv=2024-01-01&sig={}%3D": True,
    "X-Amz-Signature={}&X-Amz-Expires=1": True,
    "AccountKey={}": True,
    "curl -u admin:{} https://ghcr.io": True,
    "docker login -u bot -p {} ghcr.io": True,
    "- {{name: DB_PASSWORD, value: {}}}": True,
    '"MY_DEPLOY_KEY":"{}"': True,
    "Set-Cookie: session={}; Path=/": True,
    "http://svc:a@{}@proxy.corp.example": True,
    # The name of a Secret looks no different from a bad password: it must stay.
    "githubConfigSecret: {}": False,
    "secretName: {}": False,
    "pod {} was deleted": False,
}


@pytest.mark.parametrize(("form", "secret"), NAMED.items())
def test_name_gives_a_secret_away(form: str, secret: bool) -> None:
    out = REDACT(form.format(SECRET))
    assert (SECRET not in out) is secret
    assert REDACT(out) == out


@pytest.mark.parametrize("line", BENIGN)
def test_correlation_key_stays(line: str) -> None:
    assert REDACT(line) == line


def test_benign_text_stays_as_a_whole() -> None:
    text = "\n".join(BENIGN)
    assert REDACT(text) == text


@pytest.mark.parametrize(
    "carry",
    [
        pytest.param(lambda key: key, id="plain"),
        pytest.param(lambda key: key.replace("\n", "\\n"), id="escaped"),
        pytest.param(lambda key: json.dumps({"key": key}), id="json"),
        pytest.param(lambda key: "x: |\n  " + key.replace("\n", "\n  "), id="yaml"),
        pytest.param(lambda key: key.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda key: key[: key.index("-----END")], id="cut"),
        pytest.param(lambda key: key.replace("\n", "\\n")[:200], id="escaped-cut"),
        pytest.param(lambda key: key.split("\n")[2], id="a line of it"),
        pytest.param(
            lambda key: "\n".join(f"2026-03-02T10:04:20Z stdout F {x}" for x in key.split("\n")),
            id="cri",
        ),
        pytest.param(
            lambda key: key.replace("\n", "\nProc-Type: 4,ENCRYPTED\n", 1), id="encrypted"
        ),
    ],
)
def test_private_key_leaves_no_trace(carry: Callable[[str], str]) -> None:
    text = f"before: 1\n{carry(pem('key'))}\nafter: 2"
    out = REDACT(text)
    assert out.count("\n") == text.count("\n")
    assert out.startswith("before: 1\n")
    assert out.endswith("\nafter: 2")
    for line in pem("key").split("\n")[1:-1]:
        assert leaked(line, out) == []


def test_placeholder_names_the_kind_and_keeps_the_rest_of_the_line() -> None:
    text = f"git clone https://x-access-token:{TOKENS['installation-long']}@github.com/acme/app"
    assert REDACT(text) == "git clone https://x-access-token:<github-token>@github.com/acme/app"


PIECES = st.sampled_from(
    [*BENIGN, *TOKENS.values(), *CARRIERS.values(), *NAMED, SECRET, pem("h"), *"\n \\\"':=,<>-"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join))
def test_second_time_changes_nothing(text: str) -> None:
    once = REDACT(text)
    assert REDACT(once) == once
    assert once.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "unit",
    [
        "password=",
        "token: ",
        "token:",
        '"auth":"',
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n",
        "://a:",
        "eyJ",
        "ghp_",
        "Bearer a",
        "--token ",
        "A1",
        "\\",
        "name: TOKEN\nvalue: ",
        "a",
        "Z2hwX",
        "password",
        "sig=a",
        "%3a@",
        "kind: Secret\n",
        "data:\n  a: b\nkind: Secret\n",
        "\x1b[0m",
        "aB1/" * 20 + "\n",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Text that is all beginnings takes a moment, not minutes."""
    text = unit * (50_000 // len(unit))
    start = time.perf_counter()
    REDACT(text)
    assert time.perf_counter() - start < 10
