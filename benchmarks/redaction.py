"""Measure redaction against what it costs to read the same text.

    python benchmarks/redaction.py [MEGABYTES]

Prints MB a second of one core (CPU time, median of five), of that the share of the 30 that are the target,
and the ratio to decoding and splitting the same bytes, for logs as an ARC installation writes them: without
secrets, with a secret in one line of two thousand, for text in which every tenth line speaks of tokens and
keys, and for text denser than any log: every 50th or tenth line holds a secret, one that stands nowhere
else or one that comes again. Then the same of whole copies, which learn, write and look again; their ratio
is to `gzip -6` of the text. Nothing that one run learned is left for the next.
"""

from __future__ import annotations

import random
import statistics
import string
import sys
import tempfile
import time
import zlib
from pathlib import Path

from generate import text_of

from arclogs.garbage import collect_rarely
from arclogs.masked import mask_bundle
from arclogs.redact import Redactor, sweep
from arclogs.redact.identity import Anonymizer, Level
from arclogs.redact.identity.pseudonyms import Pseudonyms

PROSE = (
    '2026-09-17T10:04:20Z\tINFO\tlistener\trefreshing token\t{"expiresAt": "2026-09-17T11:04:20Z"}',
    "    automountServiceAccountToken: true",
    "##[debug]Evaluating: secrets.GITHUB_TOKEN",
)


TARGET = 30


def cpu(work, text) -> float:  # noqa: ANN001 - a script
    times = []
    for _ in range(5):
        sweep._sweep.cache_clear()
        start = time.process_time()
        work(text)
        times.append(time.process_time() - start)
    return statistics.median(times)


def mixed(lines: list[str], every: int, make) -> str:  # noqa: ANN001 - a script
    out = list(lines)
    for at in range(every // 2, len(out), every):
        out[at] = make()
    return "\n".join(out)


def copy(text: str) -> tuple[float, float]:
    """Return CPU and wall time of a masked copy: learned from, written as .tar.gz, looked through."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "runner.log"
        source.write_text(text, encoding="utf-8")
        sweep._sweep.cache_clear()
        wall, start = time.perf_counter(), time.process_time()
        mask_bundle(source, Path(place) / "masked.tar.gz")
        return time.process_time() - start, time.perf_counter() - wall


def main() -> None:
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 8
    dice = random.Random(1)
    collect_rarely()  # as the command does
    data = b"".join(text_of(k, int(size * 1e6 / 3), dice) for k in ("controller", "runner", "job"))
    lines = data.decode().split("\n")
    letters = string.ascii_letters + string.digits

    def secret() -> str:
        return "clone with ghs_" + "".join(dice.choice(letters) for _ in range(36))

    def some(length: int) -> str:
        return "".join(dice.choice(letters) for _ in range(length))

    forms = (
        lambda: f"clone with ghs_{some(36)}",
        lambda: f"> Authorization: Bearer {some(40)}",
        lambda: f'2026-09-17T10:04:20Z\tINFO\tx\t{{"password": "{some(20)}", "n": 1}}',
        lambda: f"  DB_PASSWORD: {some(18)}",
        lambda: f"GET https://svc:{some(20)}@proxy.corp.example:3128/a",
        lambda: f"?sv=2024-01-01&se=2026&sig={some(40)}%3D",
        lambda: f"./config.sh --url https://github.com/acme --token A{some(28).upper()}",
    )

    def any_secret() -> str:
        return dice.choice(forms)()

    repeated = [any_secret() for _ in range(20)]
    texts = {
        "logs without secrets": "\n".join(lines),
        "a secret in 2,000 lines": mixed(lines, 2000, secret),
        "every tenth line speaks of tokens": mixed(lines, 10, lambda: dice.choice(PROSE)),
        "every 50th line holds a secret": mixed(
            lines, 50, lambda: dice.choice([any_secret, lambda: dice.choice(repeated)])()
        ),
        "every tenth line holds one of 20 secrets": mixed(lines, 10, lambda: dice.choice(repeated)),
        "every tenth line holds a new secret": mixed(lines, 10, any_secret),
    }
    redactor = Redactor()
    for name, text in texts.items():
        raw = text.encode()
        reading = cpu(lambda data: data.decode().split("\n"), raw)
        masking = cpu(redactor.redact, text)
        rate = len(raw) / masking / 1e6
        print(
            f"{name:42} {rate:6.0f} MB/s a core, {rate / TARGET:4.1f} x the target, "
            f"{masking / reading:5.1f} x reading it"
        )
    logs = texts["logs without secrets"]
    anonymizer = Anonymizer(Level.IDENTITY)
    learning = cpu(anonymizer.learn, logs)
    replacing = cpu(lambda text: anonymizer.replace(text, Pseudonyms(b"key")), logs)
    rate = len(logs.encode()) / 1e6
    print(
        f"{'names: learned, replaced':42} {rate / learning:6.0f}, {rate / replacing:.0f} MB/s a core"
    )
    for name, text in texts.items():
        raw = text.encode()
        times = [copy(text) for _ in range(3)]
        spent, wall = (statistics.median(column) for column in zip(*times))
        packing = cpu(lambda data: zlib.compress(data, 6), raw)
        rate = len(raw) / spent / 1e6
        print(
            f"{'copy: ' + name:48} {rate:6.0f} MB/s a core, {rate / TARGET:4.1f} x the target, "
            f"{len(raw) / wall / 1e6:.0f} by the clock, {spent / packing:4.1f} x gzip -6"
        )


if __name__ == "__main__":
    main()
