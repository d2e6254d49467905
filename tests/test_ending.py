"""A process that is arclogs ends at once, after all others had their part in its end."""

from __future__ import annotations

import os
import subprocess
import sys

_SCRIPT = """
import atexit, sys, threading, time
from arclogs.ending import end, keep_to_the_end, leave_at_once
class Loud:
    def __del__(self):
        print("freed")
if "ours" in sys.argv:
    leave_at_once()
atexit.register(print, "others had their part")
def late():
    time.sleep(0.1)
    print("thread ended")
threading.Thread(target=late).start()
def work():
    keep_to_the_end(Loud())
work()
print("worked")
if "fails" in sys.argv:
    raise ValueError("a fault")
end(3)
"""


def ended(*how: str) -> tuple[int, list[str], str]:
    asked = [sys.executable, "-c", _SCRIPT, *how]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout.split("\n")[:-1], done.stderr


def test_nothing_is_freed_and_nothing_is_lost() -> None:
    out = ["worked", "thread ended", "others had their part"]
    assert ended("ours") == (3, out, "")


def test_in_a_process_of_others_nothing_is_kept() -> None:
    out = ["freed", "worked", "thread ended", "others had their part"]
    assert ended() == (3, out, "")


def test_what_fails_ends_as_ever() -> None:
    code, out, said = ended("ours", "fails")
    assert (code, out[-1]) == (1, "freed")
    assert said.endswith("ValueError: a fault\n")


def test_output_that_nobody_takes_is_told() -> None:
    buffered = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, "ours"], check=False, stdout=writes,
        stderr=subprocess.PIPE, text=True, env=buffered,
    )  # fmt: skip
    os.close(writes)
    assert done.returncode == 120
    assert "BrokenPipeError" in done.stderr
