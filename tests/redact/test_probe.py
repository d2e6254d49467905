"""The second look finds each form of secret that it speaks of, and nothing in what was redacted."""

from __future__ import annotations

import random
import string

import pytest

from arclogs.redact.probe import leaks
from arclogs.redact.redactor import Redactor
from arclogs.redact.sweep import Sweep
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import UPPER, Forge, all_secrets

SEED = random.SystemRandom().randrange(1 << 32)
MAKE = Forge(SEED)
SOME = MAKE.some
MIXED = "aB3dEf6hIj9lMnOpQrSt" + SOME(8)
FORMS = {
    "ghp_" + SOME(36): "github-token",
    "ghs_" + SOME(36): "github-token",
    "github_pat_" + SOME(22) + "_" + SOME(59): "github-token",
    MAKE.pem("PRIVATE"): "private-key",
    MAKE.jwt(): "jwt",
    "AKIA7" + SOME(15, UPPER): "aws-key",
    "xox" + "b-1" + SOME(24): "slack-token",
    "glpat-" + SOME(24): "registry-token",
    "AIza" + SOME(35): "google-key",
    f"https://svc:{SOME(12)}@proxy.example:3128": "url-credentials",
    f"Password: {MIXED}": "secret",
    f'"TOKEN": "{MIXED}"': "secret",
    f"my_passwd={MIXED}": "secret",
}


@pytest.mark.parametrize("number", range(len(FORMS)))
def test_each_form_is_found_on_its_line(number: int) -> None:
    text = list(FORMS)[number]
    around = f"first line é\nbefore {text} after\nlast line"
    assert (2, FORMS[text]) in {(leak.line, leak.kind) for leak in leaks(around)}
    assert list(leaks(Redactor().redact(around))) == []


@pytest.mark.parametrize(
    "text",
    [
        "nginx://docker.io/library/nginx:1.25@sha256:" + "0" * 64,
        "automountServiceAccountToken: linux-k8s-gha-rs-kube-mode-account",
        "password: <secret:k3f9q2m7xa>",
        "token: " + "a" * 30,
    ],
)
def test_what_is_no_secret_is_none(text: str) -> None:
    assert list(leaks(text)) == []


def test_a_known_value_is_found_in_text_that_is_not_ascii() -> None:
    value = "pä5s" + SOME(12)
    sweep = Sweep([(value, "password")])
    text = f"ünbekannt \U0001f600\nund hier: {value}, {SOME(4)}\n"
    assert [leak.line for leak in leaks(text, sweep)] == [2]
    out = sweep.replace(text, lambda kind, _: f"<{kind}>", lambda *_: None)
    assert out == text.replace(value, "<password>")


def test_nothing_is_left_of_any_secret_in_any_carrier() -> None:
    redact = Redactor().redact
    for carrier in CARRIERS.values():
        for secret in all_secrets(SEED)[::7]:
            text = carrier(secret.name, secret.value)
            assert list(leaks(redact(text))) == [], (SEED, secret.kind, text)


def test_long_text_of_one_letter_takes_no_time() -> None:
    for letter in string.ascii_letters[:3] + ":/=":
        assert list(leaks(letter * 200_000)) == []
