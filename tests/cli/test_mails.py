"""A mail is a bundle: analyze, info and triage read it as they read what was attached to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from arclogs.cli.group import cli
from tests.bundle.containers import mail, outlook, tar

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "policy-denies-pod"
FIRST_MAIL = (ROOT / "samples" / "first-mail" / "mail.md").read_text(encoding="utf-8")


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    files = {
        path.relative_to(SAMPLE).as_posix(): path.read_bytes()
        for path in sorted(SAMPLE.rglob("*"))
        if path.is_file()
    }
    (tmp_path / "bundle.eml").write_bytes(mail({"b.tar": tar(files)}, "Hello.\n").as_bytes())
    (tmp_path / "outlook.msg").write_bytes(outlook({"b.tar": tar(files)}, "Hello."))
    (tmp_path / "first.eml").write_bytes(mail({}, FIRST_MAIL).as_bytes())
    return tmp_path


def run(*args: object) -> str:
    done = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("name", ["bundle.eml", "outlook.msg"])
def test_analyze(mails: Path, name: str) -> None:
    def answer(source: Path) -> list[tuple[str, str]]:
        report = json.loads(run("analyze", source, "--format", "json", "-q", "--no-progress"))
        return [(f["rule"], f["confidence"]) for f in report["findings"]]

    assert answer(mails / name) == answer(SAMPLE) != []


def test_info_counts_what_was_attached(mails: Path) -> None:
    shown = run("info", mails / "bundle.eml", "--no-progress")
    attached = sum(path.is_file() for path in SAMPLE.rglob("*"))
    assert f"Files: {attached + 1}\n" in shown


def test_triage_takes_each_mail_as_a_ticket(mails: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(mails / "cache"))
    queue = json.loads(run("triage", *sorted(mails.glob("*.[em]*")), "--format", "json"))
    rows = {row["ticket"]: (row["status"], row["cause"]) for row in queue["tickets"]}
    assert rows == {
        "bundle.eml": ("answered", "admission-policy-denied"),
        "outlook.msg": ("answered", "admission-policy-denied"),
        "first.eml": ("open", "sa-token-rejected"),
    }
