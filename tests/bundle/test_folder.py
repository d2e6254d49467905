"""Folders: nothing but files is opened, nothing outside is read, every change is told."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from arclogs.bundle import Bundle, Limits, Member
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, folder, read


def test_links_are_not_followed(tmp_path):
    root = folder({"pods/canary.log": CANARY}, tmp_path / "bundle")
    (tmp_path / "secret.log").write_bytes(b"secret\n")
    (root / "out.log").symlink_to(tmp_path / "secret.log")
    (root / "zero.log").symlink_to("/dev/zero")
    (root / "loop").symlink_to(".")
    (root / "up").symlink_to("..")
    (root / "self").symlink_to("self")
    outcome = read(root)
    assert outcome.members == {"pods/canary.log": CANARY}
    assert outcome.codes == {Code.MEMBER_LINK_SKIPPED}
    assert [note.member for note in outcome.notes] == ["loop", "out.log", "self", "up", "zero.log"]


def test_links_to_members_hide_nothing(tmp_path):
    root = folder({"pods/a/0.log": CANARY}, tmp_path)
    (root / "containers").mkdir()
    (root / "containers" / "a.log").symlink_to("../pods/a/0.log")
    (root / "latest").symlink_to("pods/a", target_is_directory=True)
    outcome = read(root)
    assert outcome.members == {"pods/a/0.log": CANARY}
    assert outcome.codes == {Code.MEMBER_DUPLICATE}


def test_what_is_no_file_is_not_opened(tmp_path):
    root = folder({"canary.log": CANARY}, tmp_path)
    os.mkfifo(root / "fifo.log")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(root / "s"))
        outcome = read(root)
    assert outcome.members == {"canary.log": CANARY}
    assert [(note.member, note.code) for note in outcome.notes] == [
        ("fifo.log", Code.MEMBER_SPECIAL_SKIPPED),
        ("s", Code.MEMBER_SPECIAL_SKIPPED),
    ]


def test_sparse_file_is_cut_at_the_limit(tmp_path):
    root = folder({"z-canary.log": CANARY}, tmp_path)
    with (root / "sparse.log").open("wb") as file:
        file.truncate(1 << 40)
    outcome = read(root, limits=Limits(member_bytes=1 << 20))
    assert outcome.members["z-canary.log"] == CANARY
    assert len(outcome.members["sparse.log"]) == 1 << 20
    (note,) = outcome.notes
    assert (note.member, note.code) == ("sparse.log", Code.LIMIT_MEMBER_BYTES)
    assert str(1 << 40) in note.detail


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_folders_are_told(tmp_path):
    root = folder({"a.log": b"a\n", "d/b.log": b"b\n", "z.log": CANARY}, tmp_path)
    (root / "a.log").chmod(0)
    (root / "d").chmod(0)
    outcome = read(root)
    (root / "d").chmod(0o700)
    assert outcome.members == {"z.log": CANARY}
    assert [(note.member, note.code) for note in outcome.notes] == [
        ("d", Code.IO_PERMISSION),
        ("a.log", Code.IO_PERMISSION),
    ]


def append(root: Path) -> None:
    with (root / "a.log").open("ab") as file:
        file.write(b"more\n")


def truncate(root: Path) -> None:
    os.truncate(root / "a.log", 2)


def delete(root: Path) -> None:
    (root / "b.log").unlink()


def replace_by_fifo(root: Path) -> None:
    delete(root)
    os.mkfifo(root / "b.log")


def replace_by_link(root: Path) -> None:
    delete(root)
    (root / "b.log").symlink_to("c.log")


@pytest.mark.parametrize("change", [append, truncate, delete, replace_by_fifo, replace_by_link])
def test_changes_while_reading_are_told(tmp_path, change):
    root = folder({"a.log": b"a\n" * 500_000, "b.log": b"b\n", "c.log": CANARY}, tmp_path)
    members, codes = {}, set()
    for item in Bundle([root]):
        if not isinstance(item, Member):
            codes.add(item.code)
            continue
        members[item.name] = next(item.chunks)
        if item.name == "a.log":
            change(root)
    assert members["c.log"] == CANARY
    assert codes & {Code.IO_CHANGED, Code.IO_ERROR}


def test_folders_nested_too_deep_are_not_entered(tmp_path):
    root = folder({"/".join("d" * 10) + "/a.log": b"a\n", "b/c.log": CANARY}, tmp_path)
    outcome = read(root, limits=Limits(path_parts=8))
    assert outcome.members == {"b/c.log": CANARY}
    assert outcome.codes == {Code.LIMIT_PATH_LEN}


def test_too_many_files_are_cut(tmp_path):
    root = folder({f"{at:03}.log": b"x\n" for at in range(50)}, tmp_path)
    outcome = read(root, limits=Limits(members=10))
    assert len(outcome.members) == 10
    assert outcome.codes == {Code.LIMIT_MEMBERS}


def test_empty_folder_is_told(tmp_path):
    (tmp_path / "pods").mkdir()
    assert read(tmp_path).codes == {Code.ARCHIVE_EMPTY}


def test_names_that_are_not_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.log"
    Path(os.fsdecode(path)).write_bytes(CANARY)
    outcome = read(tmp_path)
    assert outcome.members == {"caf\\xe9.log": CANARY}
    assert outcome.codes == {Code.TEXT_ENCODING_REPLACED}
    assert len(outcome.bundle.sha256) == 64


def test_current_folder_has_a_name(tmp_path, monkeypatch):
    (tmp_path / "must-gather").mkdir()
    monkeypatch.chdir(tmp_path / "must-gather")
    assert Bundle([Path()]).name == "must-gather"
    assert Bundle([Path("..")]).name == tmp_path.name
