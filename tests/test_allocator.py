"""Memory that was freed is kept, where the C library can be told to."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

_FAULTS = """
import resource, sys
from arclogs.allocator import keep_freed_memory
if sys.argv[1:]:
    keep_freed_memory()
def fill():
    return b"".join([bytes(500_000), bytes(600_000)])
fill()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    fill()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*arguments: str) -> int:
    asked = [sys.executable, "-c", _FAULTS, *arguments]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
def test_pages_are_not_taken_anew_for_every_chunk() -> None:
    if faults() > 1000:  # else this C library keeps memory by itself
        assert faults("keep") < 1000


_RESIDENT = """
from arclogs.allocator import give_back, keep_freed_memory
keep_freed_memory()
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
held = [bytes(100_000) for _ in range(300)]
held = held[::50]
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="glibc's"
)
def test_what_was_freed_between_other_things_is_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RESIDENT], check=True, capture_output=True, text=True
    )
    assert int(done.stdout) > 15_000_000
