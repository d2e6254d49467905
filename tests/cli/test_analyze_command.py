"""Exit codes and streams of `arclogs analyze`, on real inputs."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from arclogs.cli.analyze import LEVELS
from arclogs.model.report import SEVERITIES, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

RULES = Path(__file__).parent / "data" / "rules"
ARCLOGS = [sys.executable, "-m", "arclogs"]


@pytest.fixture
def cut(log: Path, tmp_path: Path) -> Path:
    """Return a bundle whose gzip stream ends early, after the log."""
    noise = tmp_path / "noise.log"
    noise.write_bytes(os.urandom(200_000).hex().encode())
    whole = tmp_path / "whole.tar"
    with tarfile.open(whole, "w") as tar:
        tar.add(log, "bundle/job.log")
        tar.add(noise, "bundle/noise.log")
    packed = gzip.compress(whole.read_bytes())
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(packed[: len(packed) // 2])
    return path


def test_levels_are_those_of_the_report() -> None:
    assert LEVELS == SEVERITIES == get_args(Severity)


def test_a_finding_is_no_error(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    run = arclogs("analyze", log, "--rules", RULES)
    assert run.returncode == 0
    assert run.stderr == ""
    assert "Root cause: The line that tests look for is there" in run.stdout
    assert "At: job.log:2" in run.stdout
    assert run.stdout.splitlines()[-1] == "Coverage: 1 of 1 file; no problems"


def test_analyze_is_the_default_command(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    whole = arclogs("analyze", log, "--rules", RULES).stdout
    assert whole == arclogs(log, "--rules", RULES).stdout
    assert whole == arclogs("--rules", RULES, log).stdout


def test_json_is_the_report_and_nothing_else(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    run = arclogs(log, "--rules", RULES, "--format", "json")
    report = json.loads(run.stdout)
    assert report["schema_version"] == "1"
    assert report["findings"][0]["rule"] == "cli-test-cause"
    assert report["findings"][0]["evidence"][0]["line"] == 2


def test_the_same_input_gives_the_same_bytes(log: Path) -> None:
    def report(**env: str) -> bytes:
        command = [*ARCLOGS, str(log), "--rules", str(RULES), "--format", "json"]
        done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **env})
        return done.stdout

    first = report(PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    assert first == report(PYTHONHASHSEED="2", LC_ALL="C", TZ="UTC")
    assert b"cli-test-cause" in first


def test_stdin_is_a_bundle_too(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    run = arclogs("-", "--rules", RULES, stdin=log.read_bytes())
    assert run.returncode == 0
    assert "Root cause: The line that tests look for is there" in run.stdout


@pytest.mark.parametrize(
    ("level", "code"), [("critical", 0), ("high", 1), ("medium", 1), ("low", 1), ("info", 1)]
)
def test_fail_on(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, level: str, code: int
) -> None:
    assert arclogs(log, "--rules", RULES, "--fail-on", level).returncode == code


def test_info_is_never_an_alarm(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    path = tmp_path / "info.log"
    path.write_text("2026-03-02T10:04:20.1140000Z cli-test-info of a step\n")
    run = arclogs(path, "--rules", RULES, "--fail-on", "info")
    assert "Nothing is wrong with runner or cluster" in run.stdout
    assert run.returncode == 0


def test_lost_evidence_wins(arclogs: Callable[..., CompletedProcess[str]], cut: Path) -> None:
    run = arclogs(cut, "--rules", RULES)
    assert run.returncode == 3
    assert "Root cause: The line that tests look for is there" in run.stdout
    assert run.stdout.splitlines()[-1].endswith("(exit 3)")
    assert arclogs(cut, "--rules", RULES, "--fail-on", "high").returncode == 3
    assert arclogs(cut, "--rules", RULES, "--fail-on", "high", "--allow-partial").returncode == 1
    assert arclogs(cut, "--rules", RULES, "--allow-partial").returncode == 0


def test_lost_evidence_is_told_beside_json(
    arclogs: Callable[..., CompletedProcess[str]], cut: Path
) -> None:
    run = arclogs(cut, "--format", "json")
    assert json.loads(run.stdout)["coverage"]["complete"] is False
    assert "archive.truncated" in run.stderr
    assert run.stderr.splitlines()[-1].startswith("Coverage: ")
    assert arclogs(cut, "--format", "json", "--quiet").stderr == ""


@pytest.mark.parametrize(
    "args",
    [
        ["missing.tar.gz"],
        ["analyze"],
        [],
        ["--format", "xml", "job.log"],
        ["job.log", "--fail-on", "often"],
        ["job.log", "--rules", "no-such-folder"],
        ["-", "-"],
        ["analyse"],
        ["rules", "show", "no-such-rule"],
    ],
    ids=" ".join,
)
def test_wrong_use(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, args: list[str]
) -> None:
    run = arclogs(*args, stdin=b"")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.stderr.startswith(("error: ", "Usage: "))


def test_a_bad_rule_file_is_named_with_its_place(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "bad.yaml").write_text("id: bad\nkind: cause\nsevrity: high\n")
    run = arclogs(log, "--rules", folder)
    assert run.returncode == 2
    assert "bad.yaml:" in run.stderr
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\x7fELF\x02\x01\x01" + bytes(2000)], ids=["empty", "elf"]
)
def test_nothing_to_analyze(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "nothing.log"
    path.write_bytes(content)
    run = arclogs(path)
    assert run.returncode == 4
    assert run.stderr.startswith("error: ")


def test_secrets_are_replaced_unless_asked_for(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    token = "ghp_" + "a1B2c3" * 6
    path = tmp_path / "job.log"
    path.write_text(f"2026-03-02T10:04:20.1140000Z cli-test-cause of {token}\n")
    for form in ("text", "plain", "json", "markdown"):
        run = arclogs(path, "--rules", RULES, "--format", form)
        assert token not in run.stdout
        assert "<github-token>" in run.stdout
    shown = arclogs(path, "--rules", RULES, "--no-redact")
    assert token in shown.stdout
    assert "secrets are shown" in shown.stderr


def test_report_goes_to_a_file(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, tmp_path: Path
) -> None:
    run = arclogs(log, "-o", "report.json")
    assert run.stdout == ""
    assert run.stderr == "report written to report.json\n"
    assert json.loads((tmp_path / "report.json").read_text())["schema_version"] == "1"
    assert arclogs(log, "-o", "report.md", "-q").stderr == ""
    assert (tmp_path / "report.md").read_text().startswith("### arclogs: ")


def test_unwritable_output(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    run = arclogs(log, "-o", "no/such/folder/report.json")
    assert run.returncode == 5
    assert run.stderr.startswith("error: cannot write no/such/folder/report.json")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_device(log: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*ARCLOGS, str(log)], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert done.returncode == 5
    assert done.stderr == "error: cannot write to stdout: No space left on device\n"


def test_a_reader_that_goes_away_is_no_error(log: Path) -> None:
    process = subprocess.Popen(
        [*ARCLOGS, str(log)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(number: signal.Signals, log: Path) -> None:
    process = subprocess.Popen(
        [*ARCLOGS, "-", "-o", str(log.with_name("report.json"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    # More than a pipe holds: once this is written, the analysis is reading, and waits for the rest.
    process.stdin.write(log.read_text() * 1_000)
    process.stdin.flush()
    process.send_signal(number)
    out, err = process.communicate(timeout=5)
    assert process.returncode == (130 if number == signal.SIGINT else 143)
    assert out == ""
    assert "Traceback" not in err
    assert [p.name for p in log.parent.iterdir()] == [log.name]


def test_ascii_terminal(log: Path) -> None:
    env = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "TERM": "dumb",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        [*ARCLOGS, str(log), "--format", "text"],
        capture_output=True,
        check=False,
        env=env,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0
    assert done.stdout.isascii()


def test_color_only_where_wanted(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    assert "\x1b[" not in arclogs(log, "--format", "text").stdout
    always = arclogs(log, "--rules", RULES, "--format", "text", "--color", "always").stdout
    assert "\x1b[31m" in always
    forced = arclogs(
        log, "--rules", RULES, "--format", "text", FORCE_COLOR="1", NO_COLOR="1"
    ).stdout
    assert "\x1b[1m" in forced
    assert "\x1b[31m" not in forced


def test_a_profile_goes_to_stderr_and_leaves_the_report_as_it_is(
    arclogs: Callable[..., CompletedProcess[str]], log: Path
) -> None:
    plain = arclogs("analyze", log, "--rules", RULES)
    run = arclogs("analyze", log, "--rules", RULES, "--profile")
    assert run.stdout == plain.stdout
    stages = [line.rsplit(maxsplit=2)[0] for line in run.stderr.split("\n\n")[0].splitlines()[1:-1]]
    assert stages[:2] == ["start up", "load rules"]
    assert {"judge", "parse and keep records", "wait for unpacking", "write"} <= set(stages)
    assert "lines and events looked at" in run.stderr
