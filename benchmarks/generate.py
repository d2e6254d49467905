"""Make a bundle as large as wanted: the mix of logs that an ARC installation leaves behind.

    python benchmarks/generate.py 100 bundle.tar.gz      about 100 MB of text, gzip level 6

The lines have the programs' real formats; one line in two thousand is an error that some rule knows.
"""

from __future__ import annotations

import io
import random
import sys
import tarfile
from pathlib import Path

SHARE = {"controller": 0.45, "runner": 0.35, "job": 0.20}
ERRORS = {
    "controller": "ERROR\tEphemeralRunner\tFailed to create a pod due to unrecoverable failure\t"
    '{{"version": "0.12.1", "ephemeralrunner": {{"name":"{pod}","namespace":"arc-runners"}}, "error": '
    '"pods \\"{pod}\\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, '
    'limited: pods=2"}}',
    "runner": "Executing the custom container implementation failed.",
    "job": "##[error]HttpError: HTTP request failed",
}


def controller(number: int, pod: str, error: str | None) -> str:
    stamp = f"2026-09-17T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z"
    if error:
        return f"{stamp}\t{error.format(pod=pod)}"
    return (
        f"{stamp}\tINFO\tEphemeralRunner\tWaiting for runner container status to be available\t"
        f'{{"version": "0.12.1", "ephemeralrunner": {{"name":"{pod}","namespace":"arc-runners"}}}}'
    )


def runner(number: int, pod: str, error: str | None) -> str:
    stamp = f"2026-09-17 {number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z"
    if error:
        return f"[WORKER {stamp} ERR  StepsRunner] {error}"
    queued = f"Try to append {number % 97} batches web console lines for {pod}"
    return f"[WORKER {stamp} INFO JobServerQueue] {queued}"


def job(number: int, pod: str, error: str | None) -> str:
    clock = f"{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
    text = error or f"[{number % 400}/400] Building CXX object src/{pod}/unit_{number}.o"
    return f"2026-09-17T{clock}.{number % 9999999:07d}Z {text}"


WRITERS = {"controller": controller, "runner": runner, "job": job}


def text_of(kind: str, size: int, dice: random.Random) -> bytes:
    """Return about `size` bytes of one program's log."""
    pod = f"linux-k8s-7hx2q-runner-{dice.randrange(36**5):05d}"
    out, total, number = [], 0, 0
    while total < size:
        error = ERRORS[kind] if dice.random() < 0.0005 else None
        out.append(WRITERS[kind](number, pod, error))
        total += len(out[-1]) + 1
        number += 1
    return ("\n".join(out) + "\n").encode()


def generate(megabytes: float, target: Path, seed: int = 1) -> int:
    """Write the bundle and return its decompressed bytes."""
    dice = random.Random(seed)
    total = 0
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        for kind, share in SHARE.items():
            left = int(megabytes * 1_000_000 * share)
            part = 0
            while left > 0:
                data = text_of(kind, min(left, 4_000_000), dice)
                info = tarfile.TarInfo(f"logs/{kind}-{part}.log")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
                total, left, part = total + len(data), left - len(data), part + 1
    return total


if __name__ == "__main__":
    generate(float(sys.argv[1]), Path(sys.argv[2]))
