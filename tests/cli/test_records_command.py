"""`arclogs records` on real inputs: what it prints, where, and how it exits."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "founding-as-collected"
CORPUS = ROOT.parent / "shared" / "corpus"
ARCLOGS = [sys.executable, "-m", "arclogs"]


def test_rows_to_stdout_and_counts_to_stderr(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    run = arclogs("records", log)
    assert run.returncode == 0
    assert run.stdout.splitlines()[1] == (
        "2026-03-02 10:04:20.114  E  job         cli-test-cause of everything  job.log:2"
    )
    assert run.stderr == "3 of 3 rows: 3 log records and 0 events\n"
    assert arclogs("records", log, "--quiet").stderr == ""


def test_where(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    run = arclogs("records", log, "--where", "level>=W -orphan", "--format", "jsonl")
    assert [json.loads(line)["line"] for line in run.stdout.splitlines()] == [2]
    assert run.stderr.startswith("1 of 3 rows: ")
    none = arclogs("records", log, "--where", "zebra")
    assert (none.returncode, none.stdout) == (0, "")


def test_a_mistake_in_the_filter_is_pointed_at(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    run = arclogs("records", log, "--where", "src:jobs level:E")
    assert (run.returncode, run.stdout) == (2, "")
    what, text, mark, mend = run.stderr.splitlines()
    assert what == "error: filter: there is no source 'jobs'"
    assert text[mark.index("^") :].startswith("jobs")
    assert "did you mean 'job'?" in mend


def test_both_orders_hold_the_same_rows(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    by_time = arclogs("records", SAMPLE, "--format", "jsonl").stdout.splitlines()
    by_member = arclogs("records", SAMPLE, "--format", "jsonl", "--order", "member").stdout
    assert sorted(by_time) == sorted(by_member.splitlines())
    rows = [json.loads(line) for line in by_member.splitlines()]
    members = [row["member"] for row in rows if row["source"] != "events"]
    assert members == sorted(members)
    assert [row["source"] for row in rows[-2:]] == ["events", "events"]


def test_files_by_suffix(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    for name in ("rows.csv", "rows.jsonl", "rows.log", "rows.txt", "rows.parquet"):
        run = arclogs("records", log, "-o", name)
        assert (run.returncode, run.stdout) == (0, "")
        assert run.stderr.endswith(f"written to {name}\n")
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert (tmp_path / "rows.csv").read_text().startswith('"time",')
    assert json.loads((tmp_path / "rows.jsonl").read_text().splitlines()[0])["line"] == 1
    assert (tmp_path / "rows.log").read_text() == log.read_text()
    assert pl.read_parquet(tmp_path / "rows.parquet").height == 3


def test_a_file_is_whole_or_not_there(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text("before")
    assert arclogs("records", tmp_path / "missing", "-o", "rows.csv").returncode == 2
    assert (tmp_path / "rows.csv").read_text() == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["job.log", "rows.csv"]
    refused = arclogs("records", log, "-o", "no/such/rows.csv")
    assert refused.returncode == 5
    assert "cannot write no/such/rows.csv" in refused.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--format", "parquet"], "-o rows.parquet"),
        (["--order", "member", "--once"], "use --order time"),
        (["--order", "member", "-o", "x.parquet"], "use --order time"),
        (["--format", "xml"], "xml"),
    ],
)
def test_wrong_use(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, args: list[str], says: str
) -> None:
    run = arclogs("records", log, *args)
    assert (run.returncode, run.stdout) == (2, "")
    assert says in run.stderr


def test_secrets_are_replaced_in_every_format(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    token = "ghp_" + "a1B2c3" * 6
    path = tmp_path / "job.log"
    path.write_text(f"2026-03-02T10:04:20.1140000Z pushing with {token}\n")
    for form in ("table", "jsonl", "csv", "log"):
        run = arclogs("records", path, "--format", form)
        assert token not in run.stdout
        assert "<github-token>" in run.stdout
    arclogs("records", path, "-o", "rows.parquet")
    assert pl.read_parquet(tmp_path / "rows.parquet")["text"][0] == "pushing with <github-token>"
    bare = arclogs("records", path, "--no-redact")
    assert token in bare.stdout
    assert "secrets are shown" in bare.stderr


def test_lost_evidence_is_told(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    with tarfile.open(tmp_path / "whole.tar", "w") as tar:
        tar.add(log, "job.log")
        tar.add(__file__, "rest.log")
    packed = gzip.compress((tmp_path / "whole.tar").read_bytes(), 0)
    (tmp_path / "cut.tgz").write_bytes(packed[: len(packed) - 9_000])
    run = arclogs("records", "cut.tgz", "--where", "cli-test-cause")
    assert run.returncode == 3
    assert "cli-test-cause of everything" in run.stdout
    assert "archive.truncated" in run.stderr
    assert arclogs("records", "cut.tgz", "--allow-partial").returncode == 0


def test_nothing_readable(arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    (tmp_path / "x.log").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(2000))
    assert arclogs("records", "x.log").returncode == 4


def test_a_reader_that_goes_away_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "job.log"
    path.write_text("2026-03-02T10:04:20.1140000Z a line of a job\n" * 60_000)
    process = subprocess.Popen(
        [*ARCLOGS, "records", str(path), "--order", "member"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().endswith("job.log:1\n")
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside the checkout")
def test_corpus(arclogs: Callable[..., CompletedProcess[str]]) -> None:
    for folder in sorted((*CORPUS.glob("cases/*/input"), *CORPUS.glob("formats/layouts/*/*"))):
        run = arclogs("records", folder, "--format", "jsonl", "--allow-partial")
        assert run.returncode in (0, 4), run.stderr
        total = int(run.stderr.split(" of ")[1].split(" row")[0].replace(",", ""))
        assert len(run.stdout.splitlines()) == total
