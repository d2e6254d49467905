"""Settings: which value wins, where it came from, and what is said of a broken file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "samples" / "policy-denies-pod"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return the folder of the user's own settings, empty; the working folder is another."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr("arclogs.settings.user_file", lambda: folder / "config.toml")
    monkeypatch.setattr("arclogs.cli.config.user_file", lambda: folder / "config.toml")
    for name in [name for name in os.environ if name.startswith("ARCLOGS_")]:
        monkeypatch.delenv(name)
    return folder


def test_the_order_is_flag_environment_folder_user(arclogs, home):
    def first_line(*args, **env):
        return arclogs("analyze", SAMPLE, "-q", *args, **env).stdout.splitlines()[0]

    (home / "config.toml").write_text('[analyze]\nformat = "jsonl"\n')
    assert first_line().startswith('{"message"')
    Path(".arclogs.toml").write_text('[analyze]\nformat = "markdown"\n')
    assert first_line().startswith("### arclogs")
    assert first_line(ARCLOGS_FORMAT="json") == "{"
    assert first_line("--format", "plain", ARCLOGS_FORMAT="json") == "Bundle:"


def test_what_is_set_for_one_command_wins_over_what_is_set_for_all(arclogs, home):
    (home / "config.toml").write_text('format = "jsonl"\n[analyze]\nformat = "markdown"\n')
    assert arclogs("analyze", SAMPLE, "-q").stdout.startswith("### arclogs")
    Path(".arclogs.toml").write_text('format = "json"\n')  # nearer, and for all
    assert arclogs("analyze", SAMPLE, "-q").stdout.startswith("{")


def test_a_command_below_rules_has_a_table_of_its_own(arclogs, home):
    (home / "config.toml").write_text('[rules.list]\narea = "job"\n')
    shown = arclogs("rules", "list").stdout
    assert "user-step-failed" in shown
    assert "sa-token-rejected" not in shown


def test_show_names_the_origin_of_each_value_and_what_is_outweighed(arclogs, home):
    (home / "config.toml").write_text('color = "never"\n[keys]\n"findings.copy" = "c"\n')
    Path(".arclogs.toml").write_text('color = "always"\n')
    assert arclogs("config", "show").stdout.splitlines() == [
        'color = "always"  # .arclogs.toml',
        f'color = "never"  # {home / "config.toml"}  (outweighed)',
        f'keys.findings.copy = "c"  # {home / "config.toml"}',
    ]


def test_without_settings_nothing_is_set(arclogs, home):
    assert home
    assert arclogs("config", "show").stdout == "nothing is set: every option has its default\n"


def test_folders_of_rules_are_those_beside_the_file(arclogs, home):
    rules = home / "mine"
    rules.mkdir()
    (home / "config.toml").write_text('rules = ["mine"]\n')
    (rules / "mine.yaml").write_text("id: other\n")
    done = arclogs("analyze", SAMPLE)
    assert done.returncode == 2
    assert str(rules) in done.stderr


FAULTS = {
    'colr = "never"': ".arclogs.toml: colr: there is no such option (did you mean 'color'?)",
    "[analyse]": ".arclogs.toml: there is no table [analyse] (did you mean 'analyze'?)",
    "color = 3": ".arclogs.toml: color: 3 is not one of 'auto', 'always', 'never'",
    '[analyze]\nformat = "pdf"': ".arclogs.toml: [analyze] format: 'pdf' is not one of 'text'",
    'color = ["never"]': ".arclogs.toml: color: a single value is wanted",
    "a = [": ".arclogs.toml: Invalid value",
    "no_redact = true": ".arclogs.toml: no_redact: a file in the working folder may not set this",
    'rules = "x"': ".arclogs.toml: rules: a file in the working folder may not set this",
    '[analyze]\noutput = "x"': "a file in the working folder may not set this",
    '[timeline]\nsvg = "x.svg"': "a file in the working folder may not set this",
    '[redact]\nreport = "x.json"': "a file in the working folder may not set this",
    '[redact]\nanonymize = "secrets"': "a file in the working folder may not set this",
    '[redact]\nkeep = ["corp.example"]': "a file in the working folder may not set this",
    '[redact]\nkey-file = "x"': "a file in the working folder may not set this",
    '[rules.new]\noutput = "x"': "a file in the working folder may not set this",
    'out = "html=x.html"': "a file in the working folder may not set this",
    "serve = true": "a file in the working folder may not set this",
    "[collect]\nrun = true": "a file in the working folder may not set this",
    "[rules.tset]": ".arclogs.toml: there is no table [rules.tset] (did you mean 'rules test'?)",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_named_with_its_place(text, arclogs, home, log):
    assert home
    Path(".arclogs.toml").write_text(text)
    done = arclogs("analyze", log)
    assert done.returncode == 2
    assert FAULTS[text] in done.stderr
    assert arclogs("--no-config", "analyze", log, "-q").returncode == 0


def test_a_file_that_is_named_replaces_both(arclogs, home, tmp_path):
    (home / "config.toml").write_text("nonsense = 1\n")
    (tmp_path / "mine.toml").write_text('[analyze]\nformat = "markdown"\n')
    done = arclogs("--config", "mine.toml", "analyze", SAMPLE, "-q")
    assert done.stdout.startswith("### arclogs")
    assert arclogs("analyze", SAMPLE, "-q", ARCLOGS_CONFIG="mine.toml").stdout == done.stdout
    gone = arclogs("analyze", SAMPLE, ARCLOGS_CONFIG="gone.toml")
    assert (gone.returncode, gone.stderr) == (2, "error: there is no settings file gone.toml\n")


def test_doctor_finds_a_healthy_installation(arclogs, home):
    assert home
    done = arclogs("doctor")
    assert done.returncode == 0
    assert "ok     arclogs: " in done.stdout
    assert "BROKEN" not in done.stdout


def test_doctor_names_what_is_broken(arclogs, home):
    assert home
    Path(".arclogs.toml").write_text("a = [")
    done = arclogs("doctor")
    assert done.returncode == 1
    assert "BROKEN settings: .arclogs.toml: Invalid value" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell, arclogs):
    done = arclogs("completion", shell)
    assert done.returncode == 0
    assert "_ARCLOGS_COMPLETE" in done.stdout


def test_rule_ids_are_completed():
    import click

    from arclogs.cli.completion import complete_rule_id
    from arclogs.cli.group import cli

    ctx = click.Context(cli)
    found = [item.value for item in complete_rule_id(ctx, cli.params[0], "sa-token")]
    assert found == ["sa-token-not-mounted", "sa-token-rejected"]
