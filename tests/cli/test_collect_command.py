"""`arclogs collect`: what it prints, and what it says of wrong use."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "samples" / "founding-with-accounts"


def test_it_prints_a_script_and_runs_nothing(arclogs):
    done = arclogs("collect", "-n", "arc-runners")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("#!/bin/sh\n")
    assert "\nnamespaces=arc-runners\n" in done.stdout


def test_a_bundle_fills_in_its_names(arclogs):
    done = arclogs("collect", SAMPLE)
    assert "\nnamespaces=arc-runners\ncontroller=arc-systems\n" in done.stdout
    named = arclogs("collect", SAMPLE, "-n", "other")
    assert "\nnamespaces=other\ncontroller=arc-systems\n" in named.stdout


def test_it_goes_to_a_file(arclogs, tmp_path):
    done = arclogs("collect", "--format", "support-bundle", "-o", "arc.yaml")
    assert done.stdout == ""
    assert "written to arc.yaml" in done.stderr
    assert "kind: SupportBundle" in (tmp_path / "arc.yaml").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-n", "Arc_Runners"], "'Arc_Runners' is no name of a namespace"),
        (["-n", "a;reboot"], "'a;reboot' is no name of a namespace"),
        (["--since", "yesterday"], "--since yesterday: write a time such as 90m, 24h or 1h30m"),
        (["--run-id", "7"], "--run-id and --repo go together"),
        (["--run-id", "x", "--repo", "o/r"], "it is the number in the run's address"),
        (["--run-id", "7", "--repo", "o"], "--repo o: write OWNER/NAME"),
        (["--run", "--format", "commands"], "--run runs the script"),
    ],
)
def test_wrong_use_is_named(arclogs, words, says):
    done = arclogs("collect", *words)
    assert done.returncode == 2
    assert says in done.stderr
