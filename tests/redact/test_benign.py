"""What an analysis joins lines by stays: ids, digests, names, versions; made up anew each run."""

from __future__ import annotations

import random
import re
import uuid
from pathlib import Path

import pytest

from arclogs.redact.redactor import Redactor

SAMPLES = Path(__file__).parents[2] / "samples"
HEX = "0123456789abcdef"
LOWER = "bcdfghjklmnpqrstvwxz2456789"


def keys(rng: random.Random) -> list[str]:
    """Return correlation keys as Kubernetes and GitHub make them."""

    def some(length: int, alphabet: str = HEX) -> str:
        return "".join(rng.choice(alphabet) for _ in range(length))

    unique = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    return [
        unique,
        some(40),
        f"sha256:{some(64)}",
        some(64),
        f"linux-k8s-{some(5, LOWER)}-runner-{some(5, LOWER)}",
        f"arc-gha-rs-controller-{some(10, LOWER)}-{some(5, LOWER)}",
        str(rng.randrange(10**10, 10**11)),
        f"{rng.randrange(10**8)}",
        some(16),
        some(32),
        f"00-{some(32)}-{some(16)}-01",
        f"{some(4)}:{some(5)}:{some(7)}:{some(7)}:{some(8)}".upper(),
        f"pkg:0.12.{rng.randrange(9)}",
        f'W/"{some(40)}"',
        f"ip-10-0-{rng.randrange(255)}-{rng.randrange(255)}.ec2.internal",
        f"{unique}_Initialize_containers",
        f"{some(8, LOWER)}-workflow",
    ]


LINES = [
    "{}",
    "uid: {}",
    'resourceVersion: "{}"',
    '{{"pod":"{}","runnerId":12}}',
    "2026-03-02T10:04:20.114Z stdout F job {} completed",
    "[WORKER 2026-03-02 10:04:20Z INFO JobRunner] Job ID {}",
    "https://github.com/acme/app/actions/runs/{}/job/1",
    "https://pipelines.actions.githubusercontent.com/{}/_apis/distributedtask",
    "image: ghcr.io/actions/actions-runner@{}",
    "    pod-template-hash={}",
    "X-GitHub-Request-Id: {}",
    "traceparent: {}",
    "requestId={} status=401",
    "  secretName: {}",
    "serviceAccountName: {}",
    "githubConfigSecret: {}",
    "failed to get token for {}: 401 Unauthorized",
    "secret {} not found",
    "key {} of secret arc not found",
    "Container ID:  containerd://{}",
    "opid={} token expired",
]


def test_correlation_keys_stay() -> None:
    rng = random.SystemRandom()
    redact = Redactor().redact
    total, touched = 0, []
    for _ in range(6):
        for key in keys(random.Random(rng.getrandbits(32))):
            text = "\n".join(line.format(key) for line in LINES)
            out = redact(text)
            total += len(LINES)
            touched += [(a, b) for a, b in zip(text.split("\n"), out.split("\n")) if a != b]
    assert len(touched) <= total // 1000, touched[:5]


@pytest.mark.parametrize("sample", sorted(p.name for p in SAMPLES.iterdir() if p.is_dir()))
def test_samples_stay(sample: str) -> None:
    for path in sorted((SAMPLES / sample).rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            out = Redactor().redact(text)
            assert out == text or re.search(r"<[a-z-]+>", out)
            assert sum(a != b for a, b in zip(text.split("\n"), out.split("\n"))) <= 2
