"""Measure whole runs against yardsticks taken in the same minutes: `make bench`.

Prints the median of five runs each, taken in turn, and ratios. Wall times of this machine mean little
elsewhere; ratios do.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

ROUNDS = 5
UNPACK = "import isal.igzip as g, sys\nf = g.open(sys.argv[1])\nwhile f.read(1 << 20): pass"
NAIVE = """
import re, sys, tarfile
from arclogs.rules import load_rules
patterns = [s.match for r in load_rules().rules for s in r.signals.values() if getattr(s, 'match', None)]
one = re.compile('|'.join(f'(?:{re.sub(r"[(][?]<([a-z_]+)>", "(?:", p)})' for p in patterns), re.M)
with tarfile.open(sys.argv[1]) as archive:
    for member in archive:
        for line in archive.extractfile(member):
            one.search(line.decode('utf-8', 'replace'))
"""


def measure(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak MiB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def compare(bundle: Path, *, naive: bool) -> None:
    commands = {
        "arclogs analyze": [
            sys.executable,
            "-m",
            "arclogs",
            "analyze",
            str(bundle),
            "--format",
            "json",
        ],
        "igzip, decompress only": [sys.executable, "-c", UNPACK, str(bundle)],
    }
    if naive:
        commands["tarfile + re, line by line"] = [sys.executable, "-c", NAIVE, str(bundle)]
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(ROUNDS):
        for name, command in commands.items():
            if turn == 0 or not name.startswith("tarfile"):  # the naive script takes minutes
                taken[name].append(measure(command))
    ours = statistics.median(t for t, _ in taken["arclogs analyze"])
    for name, runs in taken.items():
        wall = statistics.median(t for t, _ in runs)
        peak = statistics.median(p for _, p in runs)
        print(f"| {name} | {wall:.2f} | {ours / wall:.2f} | {peak:.0f} | {len(runs)} |")


def main() -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}, {ROUNDS} rounds, medians\n")
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in (0.3, 10, 50):
            bundle = Path(folder) / f"{megabytes}.tar.gz"
            size = generate(megabytes, bundle)
            print(
                f"### {size / 1e6:.1f} MB of logs, {bundle.stat().st_size / 1e6:.1f} MB as tar.gz\n"
            )
            print("| what | wall s | arclogs / this | peak MiB | runs |\n|---|---|---|---|---|")
            compare(bundle, naive=megabytes == 10)
            print()
    print(
        f"peak of this script: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


if __name__ == "__main__":
    main()
