"""What each command takes on a small bundle, and what of it is Python and imports: `make bench-startup`.

    python benchmarks/startup.py [--rounds N]

Prints medians of CPU seconds of whole processes, taken in turn in the same minutes, with warm caches
and compiled sources. `base` is `python -c pass`, `imports` is `python -c "import polars, pydantic"`:
what any program with these libraries takes before it does anything.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from generate import generate
from measure import Run, measure

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "founding-as-collected"
RULE = "sa-token-rejected"
PYTHON = [sys.executable]
ARCLOGS = [*PYTHON, "-m", "arclogs"]


def commands(folder: Path) -> dict[str, list[str]]:
    """Return what is measured; `folder` takes what it writes."""
    bundle, drafted, page = folder / "small.tar.gz", folder / "drafted.yaml", folder / "page.html"
    generate(0.3, bundle)
    sample = str(SAMPLE)
    return {
        "base": [*PYTHON, "-c", "pass"],
        "imports": [*PYTHON, "-c", "import polars, pydantic.main"],
        "--version": [*ARCLOGS, "--version"],
        "--help": [*ARCLOGS, "--help"],
        "analyze, 0.3 MB tar.gz": [*ARCLOGS, "analyze", str(bundle)],
        "analyze, sample": [*ARCLOGS, "analyze", sample],
        "analyze, sample, no cache": [*ARCLOGS, "analyze", "--no-cache", sample],
        "analyze, sample, HTML": [*ARCLOGS, "analyze", sample, "-o", str(page)],
        "info": [*ARCLOGS, "info", sample],
        "records": [*ARCLOGS, "records", sample],
        "objects": [*ARCLOGS, "objects", sample],
        "rules list": [*ARCLOGS, "rules", "list"],
        "rules lint": [*ARCLOGS, "rules", "lint", str(ROOT / "rules" / "rbac" / f"{RULE}.yaml")],
        "rules new": [
            *ARCLOGS, "rules", "new", "drafted", "--from", "job-log.txt:18", sample,
            "-o", str(drafted), "--force",
        ],
        "rules test": [*ARCLOGS, "rules", "test", RULE],
        "explain": [*ARCLOGS, "explain", RULE, sample],
    }  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        environment = {"XDG_CACHE_HOME": str(folder / "cache"), "ARCLOGS_NO_CACHE": ""}
        asked = commands(folder)
        taken: dict[str, list[Run]] = {name: [] for name in asked}
        for number in range(rounds + 1):
            for name, command in asked.items():
                run = measure(command, **environment)
                if number:  # the first one warms the caches
                    taken[name].append(run)
        middles = {n: statistics.median(run.cpu for run in runs) for n, runs in taken.items()}
        print(f"{rounds} rounds, load {os.getloadavg()[0]:.1f}\n")
        print("| command | cpu s | least | beyond base | to imports | peak MiB |")
        print("|---|---|---|---|---|---|")
        for name, cpu in middles.items():
            runs = taken[name]
            print(
                f"| {name} | {cpu:.2f} | {min(run.cpu for run in runs):.2f} "
                f"| {cpu - middles['base']:.2f} | {cpu / middles['imports']:.1f} "
                f"| {max(run.peak for run in runs):.0f} |"
            )


if __name__ == "__main__":
    main()
