"""From an unknown failure to a rule, as CONTRIBUTING shows it: run and compared."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from arclogs.cli import main

ROOT = Path(__file__).parents[2]
LOOP = Path(__file__).parent / "loop"
SHOWN = re.search(
    r"<!-- loop -->\n```console\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.DOTALL
)
ELISION = "…"


def turns():
    """Return each command of the example with the lines that it is shown to print."""
    assert SHOWN
    first, *rest = re.split(r"^\$ ", SHOWN[1], flags=re.MULTILINE)
    assert first == ""
    for turn in rest:
        command, _, output = turn.partition("\n")
        yield command, output.splitlines()


def as_shown(printed, shown):
    """Put an elision where the example has one: the printed lines between its neighbours."""
    parts = "\n".join(shown).split(ELISION)
    return re.fullmatch(".*".join(map(re.escape, parts)), printed.rstrip("\n"), re.DOTALL)


def test_the_example_of_contributing_is_what_happens(tmp_path, monkeypatch, capsys):
    shutil.copytree(LOOP / "ticket", tmp_path / "ticket")
    monkeypatch.chdir(tmp_path)
    edited = []
    for command, shown in turns():
        words = shlex.split(command)
        if words[0] == "$EDITOR":
            shutil.copy(LOOP / words[1], tmp_path)
            edited.append(words[1])
            continue
        with pytest.raises(SystemExit):
            main(words[1:])
        out, err = capsys.readouterr()
        assert as_shown(out + err, shown), out + err
    assert edited == ["lattice-epoch-over.yaml"]
