"""Secrets of every kind, made up anew for each run: no scanner of this repository finds a token."""

from __future__ import annotations

import base64
import json
import random
import string
from dataclasses import dataclass

ALNUM = string.ascii_letters + string.digits
UPPER = string.ascii_uppercase + string.digits
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Secret:
    """A secret, and the name it goes by where nothing but a name gives it away."""

    kind: str
    value: str
    name: str = "thing"

    @property
    def told_by_name(self) -> bool:
        return self.name != "thing"


class Forge:
    """Makes random text that holds a digit and both cases where the alphabet has them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def some(self, length: int, alphabet: str = ALNUM) -> str:
        must = [
            self.rng.choice([c for c in group if c in alphabet])
            for group in (
                string.ascii_lowercase,
                string.ascii_uppercase,
                string.digits,
                string.digits,
            )
            if any(c in alphabet for c in group)
        ]
        rest = [self.rng.choice(alphabet) for _ in range(length - len(must))]
        self.rng.shuffle(must)
        return "".join([*rest[:3], *must, *rest[3:]])

    def jwt(self, claims: str = '{"sub":"system:serviceaccount:a:b","exp":1772445859}') -> str:
        head = '{"alg":"RS256","kid":"' + self.some(8) + '"}'
        parts = [base64.urlsafe_b64encode(p.encode()).decode().rstrip("=") for p in (head, claims)]
        return ".".join([*parts, self.some(86, ALNUM + "-_")])

    def pem(self, what: str) -> str:
        body = "\n".join(self.some(64, ALNUM + "+/") for _ in range(6))
        return f"-----BEGIN {what} {'KEY'}-----\n{body}\n-----END {what} {'KEY'}-----\n"

    def jit(self) -> str:
        inner = {".runner": "{}", ".credentials": "{}", ".credentials_rsaparams": self.some(300)}
        return b64(json.dumps({k: b64(v) for k, v in inner.items()}))


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def all_secrets(seed: int) -> list[Secret]:
    """Return one secret of each kind."""
    make = Forge(seed)
    some = make.some
    token = [
        Secret("pat", "ghp_" + some(36)),
        Secret("oauth", "gho_" + some(36)),
        Secret("user-to-server", "ghu_" + some(36)),
        Secret("refresh", "ghr_" + some(76)),
        Secret("installation-old", "ghs_" + some(36)),
        Secret("installation-long", f"ghs_{some(6, string.digits)}_" + make.jwt()),
        Secret("fine-grained", f"github_pat_{some(22)}_{some(59)}"),
        Secret("registration", "A" + some(28, UPPER)),
        Secret("jit", make.jit()),
        Secret("app-key", make.pem("RSA " + "PRIVATE")),
        Secret("pkcs8-key", make.pem("PRIVATE")),
        Secret("ec-key", make.pem("EC " + "PRIVATE")),
        Secret("openssh-key", make.pem("OPENSSH " + "PRIVATE")),
        Secret("service-account-jwt", make.jwt()),
        Secret("oidc-jwt", make.jwt('{"iss":"https://token.actions.githubusercontent.com"}')),
        Secret("aws-id", "AKIA" + some(16, UPPER)),
        Secret("aws-session-id", "ASIA" + some(16, UPPER)),
        Secret("google-key", "AIza" + some(35)),
        Secret("google-token", "ya29." + some(60)),
        Secret("azure-client", some(6)[:3] + "8Q~" + some(34)),
        Secret("slack", "xox" + "b-" + some(12, string.digits) + "-" + some(24)),
        Secret("gitlab", "glpat-" + some(20)),
        Secret("gitlab-runner", "glrt-" + some(20)),
        Secret("docker-pat", "dckr_pat_" + some(27)),
        Secret("npm", "npm_" + some(36)),
        Secret("pypi", "pypi-AgE" + some(60)),
        Secret("artifactory", b64("reftkn:01:" + some(40))),
        Secret("vault", "hvs." + some(24)),
        Secret("terraform", some(14) + ".atlasv1." + some(60)),
        Secret("digitalocean", "dop_v1_" + some(64, HEX)),
        Secret("stripe", "sk_" + "live_" + some(24)),
        Secret("sendgrid", "SG" + "." + some(22) + "." + some(43)),
        Secret("grafana", "glsa_" + some(32) + "_" + some(8, HEX)),
        Secret("sonar", "sqp_" + some(40, HEX)),
        Secret("sentry", "sntrys_" + some(60)),
        Secret("model-key", "sk-" + "proj-" + some(40)),
        Secret(
            "docker-config", b64(json.dumps({"auths": {"ghcr.io": {"auth": b64("u:" + some(20))}}}))
        ),
    ]
    named = [
        Secret("password", some(14), "DB_PASSWORD"),
        Secret("symbols", some(12) + "+/=x" + some(2), "db_password"),
        Secret("client-secret", some(32), "client_secret"),
        Secret("aws-secret", some(40, ALNUM + "+/"), "aws_secret_access_key"),
        Secret("account-key", some(86, ALNUM + "+/") + "==", "AccountKey"),
        Secret("webhook-secret", some(24), "webhook_secret"),
        Secret("api-key", some(32, HEX), "API_KEY"),
        Secret("registry-password", some(20), "REGISTRY_PASSWORD"),
        Secret("bootstrap-token", f"{some(6, HEX)}.{some(16, HEX)}", "bootstrap_auth_token"),
        Secret("deploy-key", some(30), "APP_SECRET"),
    ]
    return token + named
