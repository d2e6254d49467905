from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.ingest import registry
from arclogs.ingest.interface import Head
from arclogs.ingest.registry import CERTAIN, PARSERS, SUREST_OF_A_LOG, choose

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


def heads():
    """Yield the first lines of all data here, and parts of them as a ticket may quote them."""
    for path in sorted(p for p in DATA.rglob("*") if p.is_file()):
        lines = path.read_text("utf-8", errors="replace").split("\n")
        for first, count in ((0, 200), (0, 3), (2, 1), (5, 40)):
            yield path, tuple(lines[first : first + count])


def test_who_is_not_asked_would_not_have_been_chosen():
    seen = set()
    for path, lines in heads():
        head = Head(path.name, lines)
        scores = [parser.sniff(head) for parser in PARSERS]
        surest = PARSERS[scores.index(max(scores))]
        assert choose(head) is surest, path
        assert all(0 <= score <= CERTAIN for score in scores)
        assert all(s <= SUREST_OF_A_LOG for s, p in zip(scores, PARSERS) if p in registry._OF_LOGS)
        seen.add(surest.name)
    assert len(seen) > len(PARSERS) * 2 / 3
