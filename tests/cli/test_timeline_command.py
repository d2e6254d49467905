"""`arclogs timeline` on real inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "founding-with-accounts"
RULES = Path(__file__).parent / "data" / "rules"


def test_a_picture_of_characters(arclogs: Callable[..., CompletedProcess[str]], log: Path) -> None:
    run = arclogs("timeline", log, "--rules", RULES)
    assert run.returncode == 0
    assert "not in the bundle" in run.stdout
    assert "1  2026-03-02 10:04:20.114  the line that tests look for  job.log:2" in run.stdout


def test_svg_and_json_show_the_same_slices(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    svg = tmp_path / "t.svg"
    drawn = arclogs("timeline", SAMPLE, "--svg", svg)
    told = json.loads(arclogs("timeline", SAMPLE, "--format", "json").stdout)
    assert (drawn.returncode, drawn.stdout, drawn.stderr) == (0, "", f"written to {svg}\n")
    root = ET.parse(svg).getroot()
    assert svg.stat().st_mode & 0o777 == 0o600
    names = [t.text for t in root.iter("{http://www.w3.org/2000/svg}title")]
    for lane in told["lanes"]:
        for bucket in lane["buckets"]:
            count = bucket["error"] + bucket["warning"] + bucket["other"]
            assert any((name or "").startswith(f"{count:,} records") for name in names)
    assert told["bucket_seconds"] == 120


def test_secrets_are_replaced(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    token = "ghp_" + "a1B2" * 9
    (tmp_path / "job.log").write_text(f"2026-03-02T10:04:20Z ##[error]my own words {token}\n")
    for options in ([], ["--format", "json"], ["--svg", "-"]):
        shown = arclogs("timeline", tmp_path, "--rules", RULES, *options).stdout
        assert "my own words" in shown
        assert token not in shown


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--per", "soon"], "'soon' is no width such as 500ms"),
        (["--per", "0s"], "'0s' is no width"),
        (["--since", "later"], "'later' is no time such as"),
        (
            ["--since", "2026-03-02T10:00", "--until", "2026-03-02T09:00"],
            "--since is after --until",
        ),
        (["--per", "70ms"], "--per 70ms: use a multiple of 100ms"),
    ],
)
def test_wrong_use(
    arclogs: Callable[..., CompletedProcess[str]], log: Path, options: list[str], message: str
) -> None:
    run = arclogs("timeline", log, *options)
    assert run.returncode == 2
    assert message in run.stderr


def test_lost_evidence_is_told(
    arclogs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_text("2026-03-02T10:04:20Z ##[error]x\n")
    (tmp_path / "b.log").symlink_to("/etc/hostname")
    run = arclogs("timeline", tmp_path)
    assert run.returncode == 3
    assert "member.link_skipped" in run.stderr
