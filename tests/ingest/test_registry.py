from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest.interface import Head
from arclogs.ingest.registry import PARSERS, choose

DATA = Path(__file__).parent / "data"


def chosen(path: Path) -> str:
    lines = path.read_text("utf-8", errors="replace").split("\n")[:200]
    return choose(Head(path.name, tuple(lines))).name


def test_parsers_have_names_of_their_own_and_the_generic_one_is_last():
    names = [parser.name for parser in PARSERS]
    assert len(set(names)) == len(names)
    nothing = Head("x", ("lorem ipsum dolor sit amet",))
    assert choose(nothing) is PARSERS[-1]
    assert 0 < PARSERS[-1].sniff(nothing) < 30


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("objects/*", "manifest"),
        ("helm/*", "helm"),
        ("facts/*", "kubectl"),
        ("kubectl/describe-*", "describe"),
        ("kubectl/get-events-*", "event tables"),
        ("kubectl/get-pods-*", "tables"),
    ],
)
def test_each_sample_is_read_by_the_parser_of_its_format(pattern, name):
    paths = sorted(DATA.glob(pattern))
    assert paths
    assert {path.name: chosen(path) for path in paths} == {path.name: name for path in paths}


def test_the_name_of_a_file_decides_nothing():
    lines = tuple((DATA / "objects/rbac-list.yaml").read_text("utf-8").split("\n"))
    for name in ("rbac.yaml", "runner.log", "describe.txt", "values.yaml", "x"):
        assert choose(Head(name, lines)).name == "manifest"
