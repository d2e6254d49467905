"""Every rule of redaction is needed: without it, a secret would show."""

from __future__ import annotations

import base64
import json
from functools import cache

import pytest

from arclogs.redact.patterns import PATTERNS
from arclogs.redact.redactor import Redactor
from arclogs.redact.views import CHAINS
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import ALNUM, UPPER, Forge, all_secrets, b64

MAKE = Forge(7)
SOME = MAKE.some
PEM = MAKE.pem("PRIVATE")
# What only one rule knows, each in its own words.
SPECIMENS = [
    PEM,
    PEM.split("\n")[1],
    "ghp_" + SOME(36),
    "x: Z2hwX" + SOME(21),
    "eyIu" + SOME(41) + "*",
    "eyJhdXRo" + SOME(13) + "*",
    MAKE.jwt(),
    "x: ZXlK" + SOME(45),
    f"Authorization: {SOME(30)}",
    f"got Bearer {SOME(24)}",
    f"basic {b64(SOME(18))}",
    f"x: eC1hY2Nlc3MtdG9rZW46{SOME(7)}*",
    f"http://svc:{SOME(10)}@10.0.0.1:8080",
    f"Set-Cookie: session={SOME(20)}; Path=/",
    f"curl -u admin:{SOME(30)} https://ghcr.io",
    f"?sv=2024-01-01&sig={SOME(24)}%3D",
    "AKIA" + SOME(16, UPPER),
    "AIza" + SOME(35),
    "ya29." + SOME(40),
    SOME(6)[:3] + "8Q~" + SOME(34),
    "glpat-" + SOME(20),
    "cmVmdGtu" + SOME(29) + "*",
    "xox" + "b-" + SOME(24),
    f"https://hooks.slack.com/services/T{SOME(9, UPPER)}/B{SOME(9, UPPER)}/{SOME(24)}",
    "hvs." + SOME(24),
    SOME(14) + ".atlasv1." + SOME(60, ALNUM + "-"),
    "dop_v1_" + SOME(64, "0123456789abcdef"),
    "SG" + "." + SOME(22) + "." + SOME(43),
    "sk-" + "proj-" + SOME(40),
    json.dumps({"ghcr.io": {"auth": SOME(30)}}),
    f"args:\n  - --jitconfig\n  - {SOME(14)}",
    f"- name: NPM_TOKEN\n  value: {SOME(14)}",
    json.dumps([{"name": "NPM_TOKEN", "value": SOME(14)}]),
    f"  password: two words {SOME(10)}",
    f"x DB_PASSWORD={SOME(12)} y",
    f'"token":"{SOME(16)}"',
    f"?token={SOME(40, 'abcdefghijkl')}",
    "A" + SOME(28, UPPER),
    json.dumps({"m": f"- name: X_TOKEN\n  value: {SOME(30)}\n"}),
    "b: " + base64.b64encode(b"{'.runner': 1}" + MAKE.jwt().encode()).decode(),
]


@cache
def texts() -> list[str]:
    carried = [
        carrier(secret.name, secret.value)
        for carrier in CARRIERS.values()
        for secret in all_secrets(7)[::4]
    ]
    return SPECIMENS + carried


@cache
def whole() -> list[str]:
    return [Redactor().redact(text) for text in texts()]


def shows(redactor: Redactor) -> bool:
    return any(len(redactor.redact(text)) > len(full) + 5 for text, full in zip(texts(), whole()))


@pytest.mark.parametrize("index", range(len(PATTERNS)))
def test_every_pattern_is_needed(index: int) -> None:
    assert shows(Redactor(PATTERNS[:index] + PATTERNS[index + 1 :])), PATTERNS[index]


@pytest.mark.parametrize("index", range(len(CHAINS)))
def test_every_view_is_needed(index: int) -> None:
    assert shows(Redactor(chains=CHAINS[:index] + CHAINS[index + 1 :]))
