"""Whoever reads a member, and whatever becomes of who reads it: the report is the same."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from arclogs import analyze as analyzing
from arclogs.analyze import Options, analyze
from arclogs.readers import link
from arclogs.readers.crew import Crew, readers_for
from tests.scan.log_texts import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAID = Path(__file__).parent / "data" / "readers.yaml"
CASES: dict[str, dict[str, Any]] = yaml.safe_load(SAID.read_text())
LOGS = ("controller", "job", "listener", "runner", "controller_json")
PATIENCE = 60

SCRIPT = """
import msgspec, sys
from arclogs.bundle.member import Member
from arclogs.ingest.read import read_member
from arclogs.readers.frames import *
from arclogs.readers.items import packed
from itertools import islice
from pathlib import Path
errand = msgspec.msgpack.decode(bytes.fromhex(sys.stdin.readline()), type=Errand)
give = sys.stdout.buffer
def frame(kind, content=b""):
    write_frame(give, kind, content)
def claim(*what):
    frame(Kind.CLAIM, msgspec.msgpack.encode(Claim(*what)))
    assert sys.stdin.read(1) == "1"
def first(count):
    path = sorted(Path(errand.sources[0]).iterdir())[1]
    member = Member(path.name, None, None, iter([path.read_bytes()]))
    return packed(islice(read_member(member), count))
"""


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of logs that readers may claim; they do not bring the dump and the flood."""
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "a.txt").write_bytes(b"nothing to see here\n" * 20_000)
    for number, form in enumerate(LOGS):
        (folder / f"{form}.log").write_bytes(text_of(form, "bare", 2600, number))
    flood = "".join(
        f"[2026-09-01 00:00:00Z ERR  X] {n} {n % 7 * 300 * 'x'}\n" for n in range(12_000)
    )
    (folder / "flood.log").write_text(flood)
    pods = "".join(f"- kind: Pod\n  metadata: {{name: p{n}}}\n" for n in range(8000))
    (folder / "pods.yaml").write_text(f"apiVersion: v1\nitems:\n{pods}kind: List\n")
    return folder


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a small folder, and the report of one process."""
    folder = tmp_path_factory.mktemp("few")
    for number, form in enumerate(LOGS[:3]):
        (folder / f"{form}.log").write_bytes(text_of(form, "bare", 300, number))
    return folder, analyze([folder]).model_dump_json()


class Patient:
    """Makes crews whose first process waits at the first member until others are claimed."""

    def __init__(self, claimed: int) -> None:
        self.claimed = claimed
        self.seen = 0

    def __call__(self, own: Callable[[Any], Iterator[Any]], count: int, errand: Any) -> Crew:
        begun: list[Any] = []

        def patient(member: Any) -> Iterator[Any]:
            until = time.monotonic() + PATIENCE
            while not begun and time.monotonic() < until and self.seen < self.claimed:
                self.seen = crew.claims.waiting
                time.sleep(0.01)
            begun.append(member)
            return own(member)

        crew = Crew(patient, count, errand, first_bytes=0)
        return crew


def test_readers_bring_what_one_process_finds(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = analyze([logs]).model_dump_json()
    patient = Patient(2)
    monkeypatch.setattr(analyzing, "Crew", patient)
    assert analyze([logs], Options(readers=2)).model_dump_json() == alone
    assert patient.seen >= 2


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_a_reader_does_not_bring_is_read_all_the_same(
    few: tuple[Path, str], case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, alone = few
    patient = Patient(case["claimed"])
    monkeypatch.setattr(analyzing, "Crew", patient)
    monkeypatch.setattr(link, "COMMAND", (sys.executable, "-c", SCRIPT + case["say"]))
    monkeypatch.setattr(link, "SECONDS", 1)
    assert analyze([folder], Options(readers=1)).model_dump_json() == alone
    assert patient.seen >= case["claimed"]


def test_a_reader_that_cannot_be_started_is_done_without(
    few: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, alone = few
    monkeypatch.setattr(analyzing, "Crew", Patient(0))
    monkeypatch.setattr(link, "COMMAND", (str(folder / "no such program"),))
    assert analyze([folder], Options(readers=2)).model_dump_json() == alone


def test_no_process_is_started_for_a_small_bundle(
    few: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, alone = few
    monkeypatch.setattr(link, "COMMAND", ("must not be run",))
    monkeypatch.setattr(link.Link, "__init__", lambda *_: pytest.fail("a process was started"))
    assert analyze([folder], Options(readers=2)).model_dump_json() == alone


@pytest.mark.parametrize(("jobs", "readers"), [(1, 0), (2, 1), (9, 8)])
def test_jobs_are_this_process_and_its_readers(jobs: int, readers: int) -> None:
    assert readers_for(jobs) == readers


def test_at_most_three_readers_are_started_unasked() -> None:
    assert 0 <= readers_for(None) <= 3


def test_a_reader_runs_nothing_of_the_folder_that_one_is_in(tmp_path: Path) -> None:
    for name in ("msgspec.py", "arclogs.py"):
        (tmp_path / name).write_text("open('run', 'w')")
    subprocess.run(
        link.COMMAND, cwd=tmp_path, input=b"no errand\n", capture_output=True, check=False
    )
    assert not (tmp_path / "run").exists()
