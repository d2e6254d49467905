"""The checks, one by one: `cases/<check>.yaml` says on what each must fire, where, and on what not.

A case changes keys of `base.yaml` (`set`), may add `others` beside it, and names the key (`at`) and
words (`says`) of the problem.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from arclogs.authoring.lint import CHECKS, lint
from arclogs.rules.files.source import read_source

HERE = Path(__file__).parent
PACK = HERE / "pack"
BASE = yaml.safe_load((HERE / "base.yaml").read_text(encoding="utf-8"))
CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "cases").glob("*.yaml"))
}
FIRES = [(check, case) for check, both in CASES.items() for case in both["fires"]]
SILENT = [(check, case) for check, both in CASES.items() for case in both["silent"]]


def write(folder, case):
    for rule in (*case.get("others", []), {**BASE, **case["set"]}):
        text = yaml.safe_dump(rule, sort_keys=False, width=1000)
        (folder / f"{rule['id']}.yaml").write_text(text, encoding="utf-8")
    return folder / "linted.yaml"


def named(cases):
    return [f"{check}: {case['name']}" for check, case in cases]


def place_of(source, dotted):
    """Find the key path that a case spells with dots, which keys may hold, too."""
    spelled = {".".join(map(str, path)): path for path in source.places}
    while dotted not in spelled and "." in dotted:
        dotted = dotted.rpartition(".")[0]
    return source.position(spelled.get(dotted, ()))


@pytest.mark.parametrize(("check", "case"), FIRES, ids=named(FIRES))
def test_check_fires_with_place_and_words(check, case, tmp_path):
    path = write(tmp_path, case)
    found = [p for p in lint([path], [tmp_path], PACK).problems if p.check == check]
    assert len(found) == 1
    problem = found[0]
    assert case["says"] in str(problem)
    assert problem.mend
    assert problem.path == path
    assert (problem.line, problem.column) == place_of(read_source(path), case["at"])


@pytest.mark.parametrize(("check", "case"), SILENT, ids=named(SILENT))
def test_check_is_silent(check, case, tmp_path):
    path = write(tmp_path, case)
    problems = lint([path], [tmp_path], PACK).problems
    assert [str(p) for p in problems if p.check in (check, "schema", "syntax")] == []


def test_every_check_has_both_cases():
    assert CASES.keys() == {check.name for check in CHECKS}


def test_every_check_says_what_it_finds():
    for check in CHECKS:
        assert (check.find.__doc__ or "").endswith("."), check.name


def test_the_base_is_clean():
    assert [
        str(p) for p in lint([HERE / "base.yaml"], [], PACK).problems if p.check != "file-name"
    ] == []
