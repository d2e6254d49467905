"""One command measured: its time, its processors' time, and the memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02
"""Seconds between looks at the memory of a command and what it has started."""


@dataclass(frozen=True)
class Run:
    wall: float
    cpu: float
    peak: float
    """MiB, of all processes at one moment; what they share counts for each of them."""


def measure(command: str | list[str], **environment: str) -> Run:
    """Run a command; end the run of the benchmarks if it fails."""
    # Where no compiled sources may be written, each run would compile them all.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, shell=isinstance(command, str), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={**inherited, **environment},
    )  # fmt: skip
    family = Family(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    family.over.set()
    process.returncode = os.waitstatus_to_exitcode(status)
    none_found = process.returncode == 1 and isinstance(command, str) and "rg " in command
    if process.returncode and not none_found:
        raise SystemExit(f"exit code {process.returncode}: {command}")
    return Run(wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss / 1024, family.peak))


class Family:
    """Looks at a process and what it has started as long as it is not `over`."""

    def __init__(self, pid: int) -> None:
        self.over = threading.Event()
        self.peak = 0.0
        """MiB; of one process the kernel knows it better."""
        threading.Thread(target=self._watch, args=(pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        while not self.over.wait(PAUSE):
            members = list(_family(pid))
            if len(members) > 1:
                self.peak = max(self.peak, sum(map(_resident, members)))


def _family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").glob("*/children"))
        below = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        below = []
    return [pid, *(member for child in below for member in _family(child))]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
