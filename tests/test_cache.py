"""The cache keeps things between runs, and nothing that happens to it changes a result."""

from __future__ import annotations

import os
import shutil
import threading
from functools import cache
from typing import TYPE_CHECKING

import pytest

from arclogs.cache import NO_CACHE, Cache, user_cache
from arclogs.rules import load_rules
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.watch import probes
from arclogs.scan.engines.hyperscan_engine import HyperscanEngine
from arclogs.scan.formats.shapes import shape_of
from arclogs.scan.lines.lines import Lines
from arclogs.scan.lines.looks import Looks

if TYPE_CHECKING:
    from pathlib import Path

KEY = ("a", b"b")


def test_what_was_put_is_there_and_nothing_else(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "new" / "folder")
    assert kept.get("x", *KEY) is None
    kept.put("x", b"content\nof two lines", *KEY)
    assert kept.get("x", *KEY) == b"content\nof two lines"
    assert kept.get("y", *KEY) is None
    assert kept.get("x", "ab", b"") is None
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied", "folder", "writable", "grown"])
def test_a_damaged_or_foreign_file_is_as_if_it_were_not_there(tmp_path: Path, harm: str) -> None:
    kept = Cache(tmp_path)
    kept.put("x", b"content" * 100, *KEY)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(data[:-1])
        case "flipped":
            path.write_bytes(data[:-9] + b"C" + data[-8:])
        case "emptied":
            path.write_bytes(b"")
        case "folder":
            path.unlink()
            path.mkdir()
        case "writable":
            path.chmod(0o666)
        case "grown":
            path.write_bytes(data + b"x")
    assert kept.get("x", *KEY) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Cache(tmp_path / "file" / "below")
    kept.put("x", b"content", *KEY)
    assert kept.get("x", *KEY) is None


def test_runs_at_the_same_time_see_all_or_nothing(tmp_path: Path) -> None:
    kept, wrong = Cache(tmp_path), []

    def work(letter: bytes) -> None:
        for _ in range(60):
            kept.put("x", letter * 10_000, *KEY)
            found = kept.get("x", *KEY)
            if found is not None and len(set(found)) != 1:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(list(tmp_path.iterdir())) == 1


def test_old_files_go(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    for number in range(70):
        kept.put("x", b"content", str(number))
        os.utime(next(tmp_path.glob("x-*")))
    assert len(list(tmp_path.iterdir())) <= 64


def test_the_environment_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_cache().folder is None
    monkeypatch.delenv("ARCLOGS_NO_CACHE")
    assert user_cache().folder is not None
    assert user_cache(wanted=False).folder is None


@cache
def fresh():
    return load_rules()


def test_rules_from_the_cache_are_the_rules(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    for _ in range(2):
        loaded = load_rules((), kept)
        assert loaded.rules == fresh().rules
        assert loaded.hash == fresh().hash
    assert len(list(tmp_path.iterdir())) == 1


def test_a_changed_rule_is_read_again(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "cache")
    mine = tmp_path / "mine"
    mine.mkdir()
    shipped = next(
        p for p in sorted(pack_directory().rglob("*.yaml")) if p.stem == "runner-oomkilled"
    )
    shutil.copy(shipped, mine)
    load_rules((mine,), kept)
    path = mine / shipped.name
    path.write_text(path.read_text().replace("title: ", "title: Changed ", 1))
    rule = load_rules((mine,), kept).get("runner-oomkilled")
    assert rule is not None
    assert rule.title.startswith("Changed ")


def test_a_database_from_the_cache_finds_the_same(tmp_path: Path) -> None:
    pytest.importorskip("hyperscan")
    kept = Cache(tmp_path)
    head = ["2026-11-23T02:06:24Z\tINFO\tEphemeralRunner\tCreating new pod"]
    shape = shape_of("controller", head)
    assert shape is not None
    wanted = (*probes(fresh(), shape.layout.sources), *shape.layout.probes)
    lines = Lines(
        b"a\nWaiting for runner container status to be available\nfailed calling webhook\n",
        Looks(shape),
    )
    engines = [HyperscanEngine(wanted, each) for each in (NO_CACHE, kept, kept)]
    found = [engine.roles(lines).tolist() for engine in engines]
    assert found[0] == found[1] == found[2] != [0, 0, 0]
    (path,) = tmp_path.iterdir()
    content = kept.get("scan")
    assert content is None
    path.write_bytes(path.read_bytes()[:500])
    damaged = HyperscanEngine(wanted, kept)
    assert damaged.roles(lines).tolist() == found[0]
