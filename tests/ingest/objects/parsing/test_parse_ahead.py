"""Large lists: whatever parses them, the parts are the same, and what is hostile costs itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from arclogs.ingest.objects.documents import Entry, Feed, Part, Problem
from arclogs.ingest.objects.elisions import marked, may_be_marked
from arclogs.ingest.objects.manifest import read_documents
from arclogs.ingest.objects.parsing import parse_ahead, parser_pool
from arclogs.model.coverage import Code
from tests.ingest.objects.shown import shown

DATA = Path(__file__).parents[2] / "data/objects"
pytest.importorskip("resource", reason="without it there is no pool")

LAUGHS = "\n".join(
    ["  a0: &a0 [x]", *(f"  a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10))]
)
NESTED = "\n".join(f"{' ' * (i + 2)}k:" for i in range(900))
KEYS = "\n".join(f"  k{i}: v" for i in range(100_000))
HOSTILE = {
    "an alias bomb": (f"- kind: Pod\n{LAUGHS}", Code.YAML_ALIAS_LIMIT),
    "100,000 brackets": (f"- kind: Pod\n  x: {'[' * 100_000}", Code.YAML_TOO_DEEP),
    "100,000 closed brackets": (f"- kind: Pod\n  x: {'[' * 100_000}{']' * 100_000}", Code.YAML_TOO_DEEP),
    "900 brackets": (f"- kind: Pod\n  x: {'[' * 900}{']' * 900}", Code.YAML_TOO_DEEP),
    "900 nested keys": (f"- kind: Pod\n{NESTED}", Code.YAML_TOO_DEEP),
    "a key twice": ("- kind: Pod\n  a: 1\n  a: 2", Code.YAML_SYNTAX),
    "what holds itself": ("- kind: Pod\n  a: &a\n    b: *a", Code.YAML_SYNTAX),
    "an alias of nothing": ("- kind: Pod\n  a: *b", Code.YAML_SYNTAX),
    "a quotation without end": ('- kind: Pod\n  a: "b', Code.YAML_SYNTAX),
    "a tag": ("- kind: Pod\n  a: !!python/object/apply:os.system [x]", None),
    "a huge scalar": (f"- kind: Pod\n  a: {'x' * 5_000_000}", None),
    "a huge key": (f"- kind: Pod\n  {'x' * 5_000_000}: a", None),
    "a long number": (f"- kind: Pod\n  a: {'9' * 100_000}", None),
    "a hundred thousand keys": (f"- kind: Pod\n{KEYS}", None),
    "keys that are no text": ("- kind: Pod\n  1: one\n  true: yes\n  null: no\n  [a]: b", None),
}  # fmt: skip


def healthy(number: int) -> str:
    return f"- kind: Pod\n  metadata:\n    name: healthy-{number}\n    uid: u"


def parts(text: str) -> list[Part]:
    return list(read_documents(Feed([text], 1, marked, may_be_marked)))


@pytest.fixture
def at_once(monkeypatch):
    """Start the pool with the second object, for batches of a few."""
    monkeypatch.setattr(parse_ahead, "LEAST_CHARS", 0)
    monkeypatch.setattr(parse_ahead, "_BATCH_CHARS", 100)


def dump(*items: str) -> str:
    return "\n".join(["apiVersion: v1", "items:", *items, "kind: List", ""])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_object_costs_itself_here_and_in_a_child_process(name, monkeypatch):
    item, code = HOSTILE[name]
    text = dump(*(healthy(n) for n in range(4)), item, *(healthy(n) for n in range(4, 9)))
    here = parts(text)
    monkeypatch.setattr(parse_ahead, "LEAST_CHARS", 0)
    monkeypatch.setattr(parse_ahead, "_BATCH_CHARS", 100)
    found = parts(text)
    assert list(map(shown, found)) == list(map(shown, here))
    names = [str(e.value.get("metadata", {}).get("name")) for e in found if isinstance(e, Entry)]
    assert [n for n in names if n != "None"] == [f"healthy-{n}" for n in range(9)]
    problems = [part.code for part in found if isinstance(part, Problem)]
    assert code is None or code in problems


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_pool_and_this_process_read_the_same(path, at_once):
    text = path.read_text("utf-8")
    pooled = list(map(shown, parts(text)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser_pool.ParserPool, "start", lambda: None)
        assert list(map(shown, parts(text))) == pooled


@pytest.fixture
def cursed(monkeypatch, at_once):
    monkeypatch.setattr(parser_pool, "_SCRIPT", Path(__file__).with_name("dying_child.py"))
    monkeypatch.setattr(parser_pool, "SECONDS", 0.3)


@pytest.mark.parametrize("how", ["DIE", "HANG", "BURN"])
def test_what_ends_the_process_is_noted_and_the_rest_is_read(how, cursed, monkeypatch):
    monkeypatch.setattr(parse_ahead, "_BATCH_CHARS", 100_000)
    items = [healthy(n) for n in range(9)]
    items[5] = f"- kind: Pod\n  metadata:\n    name: {how}"
    found = parts(dump(*items))
    names = [e.value["metadata"]["name"] for e in found if isinstance(e, Entry)]
    assert names == [f"healthy-{n}" for n in range(9) if n != 5]
    (lost,) = [part for part in found if isinstance(part, Problem)]
    assert (lost.line, lost.code) == (3 + 5 * 4, Code.WORKER_CRASHED)


def test_after_some_deaths_no_more_processes_are_started(cursed, monkeypatch):
    monkeypatch.setattr(parser_pool, "MOST_DEATHS", 2)
    found = parts(dump(healthy(0), *(f"- kind: Pod\n  x{n}: DIE" for n in range(40)), healthy(1)))
    lost = [part for part in found if isinstance(part, Problem)]
    assert {part.code for part in lost} == {Code.WORKER_CRASHED}
    assert len(lost) >= 40


def test_without_limits_or_processes_everything_is_parsed_here(at_once, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    found = parts(dump(*(healthy(n) for n in range(5))))
    assert len([part for part in found if isinstance(part, Entry)]) == 5


def test_a_child_process_cannot_write_open_or_take_all_memory():
    script = Path(parser_pool.__file__).with_name("parser_child.py")
    code = f"""
import runpy
child = runpy.run_path({str(script)!r})
child["limit"]()
try: open("/etc/hostname")
except OSError as error: print("no file")
try: bytearray(2 * child["MEMORY"])
except MemoryError: print("no memory")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:1] == ["no file"]
    assert sys.platform == "darwin" or "no memory" in run.stdout


def test_no_process_is_left_when_reading_stops_early(at_once):
    text = dump(*(healthy(n) for n in range(200)))
    before = children()
    reading: Any = read_documents(Feed([text], 1))
    for _ in range(20):
        next(reading)
    assert children() > before
    reading.close()
    assert children() == before


def children() -> int:
    listed = Path("/proc/self/task").glob("*/children")
    return sum(len(path.read_text().split()) for path in listed)
