"""Measure whole runs against yardsticks taken in the same minutes: `make bench`.

    python benchmarks/run.py [--large MB] [--yaml MB] [--only-dumps] [--rounds N]

Prints the targets and what was reached, as medians of paired runs: each command in turn, ratio by ratio.
Wall times of one machine mean little on another; ratios do. CPU ratios stay sound on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import peers
from measure import Run, measure


def made(script: str, megabytes: float, target: Path, *how: str) -> str:
    """Make an input in a process of its own: a peak that is measured begins with the parent's size."""
    command = [sys.executable, Path(__file__).with_name(script), str(megabytes), target, *how]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def generate(megabytes: float, target: Path) -> None:
    made("generate.py", megabytes, target)


def objects_in(megabytes: float, target: Path, *how: str) -> int:
    """Write a dump and return how many objects are in it."""
    return int(made("manifests.py", megabytes, target, *how))


def arclogs(path: Path, *how: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "arclogs",
        "analyze",
        str(path),
        "--format",
        "json",
        "--no-progress",
        *how,
    ]


class Bench:
    def __init__(self, rounds: int, cache: Path) -> None:
        self.rounds = rounds
        self.environment = {"XDG_CACHE_HOME": str(cache), "ARCLOGS_NO_CACHE": ""}

    def ours(self, path: Path, *how: str) -> Run:
        return measure(arclogs(path, *how), **self.environment)

    def pair(self, path: Path, peer: str | list[str]) -> tuple[list[Run], list[Run]]:
        """Run both in turn, once for nothing: caches are warm then."""
        self.ours(path), measure(peer)
        both = [(self.ours(path), measure(peer)) for _ in range(self.rounds)]
        return [a for a, _ in both], [b for _, b in both]

    def row(self, name: str, target: str, stretch: str, path: Path, peer: str | list[str]) -> None:
        ours, theirs = self.pair(path, peer)
        walls = [a.wall / b.wall for a, b in zip(ours, theirs)]
        cpus = [a.cpu / max(b.cpu, 1e-3) for a, b in zip(ours, theirs)]
        print(
            f"| {name} | {target} | {stretch} | {statistics.median(walls):.2f} "
            f"({min(walls):.2f}-{max(walls):.2f}) | {statistics.median(cpus):.2f} | "
            f"{middle(ours, 'wall'):.2f} s / {middle(theirs, 'wall'):.2f} s | {middle(ours, 'peak'):.0f} |",
            flush=True,
        )

    def alone(self, name: str, target: str, stretch: str, path: Path, *how: str) -> Run:
        self.ours(path, *how)
        runs = [self.ours(path, *how) for _ in range(self.rounds)]
        wall, cpu, peak = (middle(runs, what) for what in ("wall", "cpu", "peak"))
        print(
            f"| {name} | {target} | {stretch} | {wall:.2f} s | | cpu {cpu:.2f} s | {peak:.0f} |",
            flush=True,
        )
        return Run(wall, cpu, peak)


def middle(runs: list[Run], what: str) -> float:
    return statistics.median(getattr(run, what) for run in runs)


def objects(bench: Bench, folder: Path, megabytes: float) -> None:
    """Object dumps, against what only parses them."""
    pods, mixture, some = folder / "pods.json", folder / "mixture.json", folder / "some.json"
    more = folder / "more.yaml"
    number = objects_in(megabytes, pods)
    objects_in(megabytes, mixture, "varied")
    objects_in(megabytes / 4, some)
    name = f"{megabytes:.0f} MB of kubectl get -o yaml, {number:,} pods"
    targets = ("1.8 (3 s)", "1.2 (2 s)")
    for title, path, (target, stretch) in (
        (name, pods, targets),
        (
            f"{megabytes:.0f} MB of pods in all states, their owners, events and others",
            mixture,
            targets,
        ),
        (f"{megabytes / 4:.0f} MB of pods", some, ("", "")),
    ):
        yaml = path.with_suffix(".yaml")
        bench.row(f"{title} / ryaml by item", target, stretch, yaml, peers.parse(yaml))
        size = path.stat().st_size / 1e6
        bench.row(f"the same as {size:.0f} MB of -o json / json", "", "", path, peers.parse(path))
    objects_in(3 * megabytes, more)
    bench.alone(f"{3 * megabytes:.0f} MB of pods", "", "", more)


def containers(bench: Bench, folder: Path, megabytes: float) -> None:
    """The same members in other containers, against ours of the tar.gz."""
    usual = folder / "small.tar.gz"
    packed, plain = folder / "small.zip", folder / "small.tar"
    generate(megabytes, packed)
    generate(megabytes, plain)
    kinds = [packed, plain]
    for program, suffix in (("zstd", "zst"), ("xz", "xz"), ("bzip2", "bz2")):
        if not peers.installed(program):
            kinds.append(peers.compressed(plain, program, suffix))
    for kind in kinds:
        name = f"{megabytes:.0f} MB {kind.name.removeprefix('small.')} / the same as tar.gz"
        bench.row(name, "", "", kind, arclogs(usual))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--large", type=float, default=1000)
    options.add_argument("--yaml", type=float, default=45)
    options.add_argument("--only-dumps", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    missing = peers.installed("igzip", "rg", "lnav")
    names = ("polars", "hyperscan", "isal", "ryaml", "pydantic")
    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
          f"Python {platform.python_version()}, {', '.join(f'{n} {version(n)}' for n in names)}")  # fmt: skip
    print(
        f"medians of {asked.rounds} paired runs; not installed: {', '.join(missing) or 'nothing'}\n"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        bench = Bench(asked.rounds, folder / "cache")
        wanted = folder / "patterns"
        print(
            f"L = igzip -dc bundle.tar.gz | rg -a --no-unicode -c -f PATTERNS ({peers.patterns(wanted)} patterns)\n"
        )
        print(
            "| case | target | stretch | wall | cpu ratio | ours / theirs | peak MiB |\n|---|---|---|---|---|---|---|"
        )
        if asked.only_dumps:
            objects(bench, folder, asked.yaml)
            return
        large, small, tiny = (folder / f"{name}.tar.gz" for name in ("large", "small", "tiny"))
        generate(asked.large / 10, small)
        generate(0.3, tiny)
        generate(asked.large, large)
        title = f"{asked.large:.0f} MB"
        if not missing:
            bench.row(
                f"{asked.large / 10:.0f} MB tar.gz / L",
                "1.2",
                "0.8",
                small,
                peers.unpack_and_search(small, wanted),
            )
            bench.row(
                f"{title} tar.gz / L", "0.9", "0.65", large, peers.unpack_and_search(large, wanted)
            )
            bench.row(f"{title} tar.gz / igzip alone", "3.5", "2.5", large, peers.unpack(large))
        one = bench.alone(f"{asked.large / 10:.0f} MB tar.gz", "", "", small)
        bench.alone(f"{title} tar.gz, all cores", "200 MiB", "100", large)
        ten = bench.alone(f"{title} tar.gz, one process", "200 MiB", "100", large, "--jobs", "1")
        print(
            f"| ten times larger: time, peak | 10.5, 1.2 | | {ten.wall / one.wall:.1f}, {ten.peak / one.peak:.2f} | {ten.cpu / one.cpu:.1f} | | |"
        )
        containers(bench, folder, asked.large / 10)
        bench.alone("0.3 MB, warm caches", "0.30 s", "0.12 s", tiny)
        if "rg" not in missing:
            unpacked = folder / "unpacked"
            generate(asked.large, unpacked)
            bench.row(
                f"{title} folder / rg, 2 threads",
                "1.5",
                "1.0",
                unpacked,
                peers.search(unpacked, wanted),
            )
            if "lnav" not in missing:
                bench.row(
                    f"{title} folder / lnav -n (loads and indexes)",
                    "",
                    "",
                    unpacked,
                    peers.view(unpacked),
                )
        objects(bench, folder, asked.yaml)
        ten_mb = folder / "ten.tar.gz"
        generate(10, ten_mb)
        bench.rounds = 1
        bench.row("10 MB / tarfile + re, line by line", "", "", ten_mb, peers.naive(ten_mb, wanted))


if __name__ == "__main__":
    main()
