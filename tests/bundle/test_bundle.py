"""What a reader of bundles sees: names, digests, progress, errors of use."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import threading
from io import BytesIO
from pathlib import Path

import pytest
import zstandard

from arclogs.bundle import Bundle, Limits, Member
from arclogs.errors import UsageError
from arclogs.model.coverage import Code
from tests.bundle.containers import CANARY, FILES, Pipe, folder, read, tar, zipped

CONTAINERS = {
    "tar": tar(FILES),
    "tar.gz": gzip.compress(tar(FILES)),
    "tar.bz2": bz2.compress(tar(FILES)),
    "tar.xz": lzma.compress(tar(FILES)),
    "tar.zst": zstandard.compress(tar(FILES)),
    "zip": zipped(FILES),
}


@pytest.fixture(params=["pipe", "file"])
def give(request, tmp_path):
    """Hand bytes over as a pipe, or as a file whose name says nothing."""

    def hand_over(data: bytes, name: str = "download"):
        if request.param == "pipe":
            return data
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return hand_over


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("kind", CONTAINERS)
def test_every_container_gives_the_same_members_and_digest(kind, give):
    outcome = read(give(CONTAINERS[kind]))
    assert outcome.members == FILES
    assert outcome.notes == []
    listing = "".join(f"{sha256(FILES[name])}  {name}\n" for name in sorted(FILES))
    assert outcome.bundle.sha256 == sha256(listing.encode())
    assert outcome.bundle.member_count == len(FILES)
    assert outcome.bundle.bytes_read == sum(map(len, FILES.values()))


def test_folder_gives_the_same_members_and_digest(tmp_path):
    outcome = read(folder(FILES, tmp_path / "must-gather"))
    assert outcome.members == FILES
    assert outcome.notes == []
    assert outcome.bundle.name == "must-gather"
    assert outcome.bundle.sha256 == read(CONTAINERS["zip"]).bundle.sha256


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, zstandard.compress])
def test_single_file_has_its_own_digest(pack, give):
    outcome = read(give(pack(CANARY)))
    assert list(outcome.members.values()) == [CANARY]
    assert outcome.bundle.sha256 == sha256(CANARY)


def test_digest_does_not_depend_on_what_the_reader_reads():
    bundle = Bundle([BytesIO(CONTAINERS["tar.gz"])])
    for number, item in enumerate(bundle):
        if number % 2 and isinstance(item, Member):
            next(item.chunks, b"")
    assert bundle.sha256 == read(CONTAINERS["tar.gz"]).bundle.sha256
    assert bundle.bytes_read == sum(map(len, FILES.values()))


def test_digest_tells_contents_and_names_apart():
    other_content = read(tar({**FILES, "events.json": b"{}\n"}))
    other_name = read(tar({name.replace("canary", "x"): data for name, data in FILES.items()}))
    digests = {
        other_content.bundle.sha256,
        other_name.bundle.sha256,
        read(tar(FILES)).bundle.sha256,
    }
    assert len(digests) == 3


def test_members_that_were_passed_give_nothing_more():
    members = [item for item in Bundle([BytesIO(CONTAINERS["tar"])]) if isinstance(item, Member)]
    assert [list(member.chunks) for member in members] == [[]] * len(FILES)


def test_compressed_logs_lose_their_suffix():
    rotated = {
        "0.log": b"now\n",
        "0.log.20260921-100000.gz": gzip.compress(b"then\n"),
        "a/b.bz2": bz2.compress(b"b\n"),
        "c.XZ": lzma.compress(b"c\n"),
        "plain-in-spite-of.gz": b"text\n",
        "d/.gz": gzip.compress(b"d\n"),
    }
    assert read(tar(rotated)).members == {
        "0.log": b"now\n",
        "0.log.20260921-100000": b"then\n",
        "a/b": b"b\n",
        "c": b"c\n",
        "plain-in-spite-of.gz": b"text\n",
        "d/.gz": b"d\n",
    }


def test_nested_archives_are_opened_where_they_lie(tmp_path):
    inner = tar({"deep/x.log": b"x\n"})
    files = {
        "outer.tgz": gzip.compress(inner),
        "two.zip": zipped({"y.log": b"y\n", "three.tar": inner}),
        "log.txt": b"z\n",
    }
    expected = {
        "outer.tgz!/deep/x.log": b"x\n",
        "two.zip!/y.log": b"y\n",
        "two.zip!/three.tar!/deep/x.log": b"x\n",
        "log.txt": b"z\n",
    }
    for source in (gzip.compress(tar(files)), zipped(files), folder(files, tmp_path / "f")):
        outcome = read(source)
        assert (outcome.members, outcome.notes) == (expected, [])


def test_more_than_one_source_prefixes_the_names(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = tmp_path / "a" / "logs.tgz", tmp_path / "b" / "logs.tgz"
    first.write_bytes(gzip.compress(tar({"x.log": b"1\n"})))
    second.write_bytes(zipped({"x.log": b"2\n"}))
    (tmp_path / "listener.log").write_bytes(b"3\n")
    outcome = read(first, second, tmp_path / "listener.log", tmp_path / "a")
    assert outcome.members == {
        "logs.tgz/x.log": b"1\n",
        "logs.tgz#2/x.log": b"2\n",
        "listener.log": b"3\n",
        "a/logs.tgz!/x.log": b"1\n",
    }
    assert outcome.bundle.name == "logs.tgz, logs.tgz#2, listener.log, a"


def test_names_of_streams():
    assert read(CANARY).bundle.name == "stdin"
    assert list(read(CANARY).members) == ["stdin"]
    assert list(read(gzip.compress(CANARY), CANARY).members) == ["stdin", "stdin#2"]


def test_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": Pipe(CONTAINERS["tar.gz"])}))
    assert read(Path("-")).members == FILES


def test_named_pipe_given_as_a_source_is_read(tmp_path):
    pipe = tmp_path / "fd"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(CONTAINERS["tar.gz"],))
    writer.start()
    assert read(pipe).members == FILES
    writer.join()


def test_missing_source_is_an_error_of_use(tmp_path):
    with pytest.raises(UsageError, match="nowhere"):
        Bundle([tmp_path / "nowhere"])
    with pytest.raises(UsageError):
        Bundle([])
    with pytest.raises(UsageError, match="device"):
        Bundle([Path("/dev/null")])


def test_progress_ends_at_the_total(tmp_path):
    source = tmp_path / "b.tgz"
    source.write_bytes(CONTAINERS["tar.gz"])
    seen: list[tuple[int, int | None]] = []
    list(Bundle([source, folder(FILES, tmp_path / "f")], on_bytes=lambda *at: seen.append(at)))
    total = len(CONTAINERS["tar.gz"]) + sum(map(len, FILES.values()))
    assert seen == sorted(seen)
    assert seen[-1] == (total, total)


def test_progress_of_a_zip_stays_below_the_total(tmp_path):
    source = tmp_path / "b.zip"
    source.write_bytes(CONTAINERS["zip"])
    seen: list[tuple[int, int | None]] = []
    list(Bundle([source], on_bytes=lambda *at: seen.append(at)))
    assert seen == sorted(seen)
    assert seen[-1] == (len(CONTAINERS["zip"]), len(CONTAINERS["zip"]))


def test_progress_has_no_total_for_a_pipe():
    seen: list[tuple[int, int | None]] = []
    list(Bundle([Pipe(CANARY, most=100)], on_bytes=lambda *at: seen.append(at)))  # type: ignore[list-item]
    assert seen[-1] == (len(CANARY), None)
    assert len(seen) > 1


def test_modification_times_come_from_the_container():
    (member,) = (item for item in Bundle([BytesIO(tar({"a": b"a"}, mtime=1758445200))]))
    assert isinstance(member, Member)
    assert str(member.modified) == "2025-09-21 09:00:00+00:00"
    (member,) = (item for item in Bundle([BytesIO(tar({"a": b"a"}, mtime=0))]))
    assert isinstance(member, Member)
    assert member.modified is None


def test_member_beyond_the_limit_keeps_its_head():
    files = {"big.log": b"head" + bytes(100_000), "canary.log": CANARY}
    outcome = read(gzip.compress(tar(files)), limits=Limits(member_bytes=5000))
    assert outcome.members == {"big.log": files["big.log"][:5000], "canary.log": CANARY}
    assert [note.member for note in outcome.notes] == ["big.log"]
    assert outcome.codes == {Code.LIMIT_MEMBER_BYTES}


def test_member_of_exactly_the_limit_is_whole():
    outcome = read(tar({"a.log": b"x" * 5000}), limits=Limits(member_bytes=5000))
    assert outcome.members == {"a.log": b"x" * 5000}
    assert outcome.notes == []


def test_notes_of_one_code_are_listed_up_to_a_thousand():
    outcome = read(tar({f"../{number}": b"" for number in range(1500)}))
    assert len(outcome.members) == 1500
    assert len(outcome.notes) == 1001
    assert outcome.notes[-1].detail == "500 more like these are not listed"


class Faulty(Pipe):
    """Fails at the n-th read."""

    def __init__(self, data: bytes, good: int, error: BaseException) -> None:
        super().__init__(data, most=700)
        self._good, self._error = good, error

    def read(self, size: int = -1) -> bytes:
        self._good -= 1
        if self._good < 0:
            raise self._error
        return super().read(size)


class FaultyFile(BytesIO):
    """The same with random access."""

    def __init__(self, data: bytes, good: int, error: BaseException) -> None:
        super().__init__(data)
        self._good, self._error = good, error

    def read(self, size: int | None = -1) -> bytes:
        self._good -= 1
        if self._good < 0:
            raise self._error
        return super().read(min(size or 0, 700))


@pytest.mark.parametrize("kind", CONTAINERS)
@pytest.mark.parametrize("source", [Faulty, FaultyFile])
@pytest.mark.parametrize(
    ("error", "code"),
    [(OSError(5, "Input/output error"), Code.IO_ERROR), (MemoryError(), Code.LIMIT_MEMORY)],
)
def test_read_errors_become_notes(kind, source, error, code):
    for good in range(60):
        outcome = read(source(CONTAINERS[kind], good, error))
        if outcome.notes:
            assert code in outcome.codes
        else:
            assert outcome.members == FILES
            break
        for name, data in outcome.members.items():
            assert FILES.get(name, CONTAINERS[kind]).startswith(data)
    else:
        pytest.fail("never read to the end")


def test_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        read(Faulty(CONTAINERS["tar.gz"], 1, KeyboardInterrupt()))
