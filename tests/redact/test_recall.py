"""No kind of secret shows in any carrier, in any spelling; made up anew each run."""

from __future__ import annotations

import base64
import binascii
import html
import random
import re
from urllib.parse import unquote

import pytest

from arclogs.redact.redactor import Redactor
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import Secret, all_secrets

SEED = random.SystemRandom().randrange(1 << 32)
SECRETS = all_secrets(SEED)
RUN = re.compile(r"[A-Za-z0-9+/_-]{8,}")


def readings(text: str) -> list[str]:
    """Return a text as somebody could read it: as it is, decoded, joined."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    joined = re.sub(r"\n\S+ stdout [PF] ", "", plain)
    out = [plain, joined, plain.replace("\n", ""), unquote(unquote(plain)), html.unescape(plain),
           plain.replace("\\", "")]  # fmt: skip
    for run in RUN.findall(joined):
        for shift in range(4):
            body = run[shift:].replace("-", "+").replace("_", "/")
            body = body[: len(body) // 4 * 4]
            try:
                data = base64.b64decode(body)
            except binascii.Error:
                continue
            out += [data.decode("latin-1"), data.decode("utf-16-le", "replace")]
    return out


def leaked(secret: Secret, text: str) -> list[str]:
    """Return what of a secret can be read: eight characters in a row, of a key's body only."""
    lines = secret.value.split("\n")
    bodies = [line for line in lines if not line.startswith("-----")]
    pieces = {body[i : i + 8] for body in bodies for i in range(len(body) - 7)}
    return [piece for reading in readings(text) for piece in pieces if piece in reading]


def test_there_are_enough_of_both() -> None:
    assert len({secret.kind for secret in SECRETS}) >= 40
    assert len(CARRIERS) >= 20


@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_secret_can_be_read(carrier: str) -> None:
    redact = Redactor().redact
    wrong = []
    for secret in SECRETS:
        text = CARRIERS[carrier](secret.name, secret.value)
        assert leaked(secret, text), (carrier, secret.kind)  # the test could fail
        out = redact(text)
        if leaked(secret, out):
            wrong.append((secret.kind, text, out))
        assert out.count("\n") == text.count("\n")
        assert redact(out) == out, (SEED, secret.kind)
    assert not wrong, (SEED, len(wrong), wrong[:3])
