from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle.member import Member
from arclogs.ingest.read import WHOLE_BYTES, read_member
from arclogs.model.coverage import Code, MemberCoverage, Note
from arclogs.model.event import Event
from arclogs.model.observation import Collected, Observation
from arclogs.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
SAMPLES = [
    path
    for folder in ("objects", "helm", "facts", "blocks", "kubectl")
    for path in sorted((DATA / folder).iterdir())
]


def member(data: bytes, name: str = "x.txt", size: int = 1 << 16) -> Member:
    chunks: Iterator[bytes] = (data[i : i + size] for i in range(0, len(data), size))
    return Member(name, len(data), None, chunks)


def read(data: bytes | str, name: str = "x.txt", size: int = 1 << 16) -> list[object]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_member(member(data, name, size)))


def coverage(items: list[object]) -> MemberCoverage:
    assert isinstance(items[-1], MemberCoverage)
    assert not any(isinstance(item, MemberCoverage) for item in items[:-1])
    return items[-1]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_is_covered_and_counted(path):
    items = read(path.read_bytes(), f"bundle/{path.name}")
    said = coverage(items)
    counted = [item for item in items if isinstance(item, Record | Event | Observation)]
    assert said.records == len(counted)
    assert said.skipped is None
    assert said.parser not in ("empty", "none")


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_how_the_bytes_come_in_changes_nothing(size):
    for name in ("objects/rbac-list.yaml", "blocks/bundle.md", "blocks/transcript.txt"):
        data = (DATA / name).read_bytes()
        assert repr(read(data, name, size)) == repr(read(data, name))


def test_parsers_are_named_in_the_order_of_their_use():
    said = coverage(read((DATA / "blocks/transcript.txt").read_bytes()))
    assert said.parser.split("+")[0] == "text"
    assert {"manifest", "helm"} <= set(said.parser.split("+"))


def test_a_transcript_proves_what_its_commands_asked_for():
    items = read((DATA / "blocks/transcript.txt").read_bytes())
    proofs = {(item.kind, item.namespace) for item in items if isinstance(item, Collected)}
    assert {("ServiceAccount", "ci-runners"), ("Role", "ci-runners")} <= proofs


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_member(data):
    assert read(data) == [MemberCoverage("x.txt", "empty", 0, 0)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x7fELF" + bytes(range(256)) * 40, Code.TEXT_BINARY_SKIPPED),
        (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", Code.ARCHIVE_UNSUPPORTED),
        (b"\xef\xbb\xbf\n  <html lang='en'>", Code.ARCHIVE_UNSUPPORTED),
    ],
)
def test_what_is_no_log_is_skipped_with_a_reason(data, code):
    note, said = read(data, "runner.log")
    assert isinstance(note, Note)
    assert (note.member, note.code) == ("runner.log", code)
    assert isinstance(said, MemberCoverage)
    assert (said.parser, said.records) == ("none", 0)
    assert said.skipped


def test_the_page_that_repeats_a_must_gathers_events_is_no_loss():
    items = read(b"<!DOCTYPE html>\n<html>", "must-gather/event-filter.html")
    assert [type(item) for item in items] == [MemberCoverage]
    assert coverage(items).skipped


def test_what_the_path_proves_of_a_log_reaches_its_records():
    path = "namespaces/ci/pods/builders-7hx2q-runner-w9k4d/runner/runner/logs/current.log"
    (record, _) = read("2026-03-02T08:00:00.000000000Z √ Connected to GitHub\n", path)
    assert isinstance(record, Record)
    assert record.fields["pod"] == "builders-7hx2q-runner-w9k4d"
    assert record.fields["namespace"] == "ci"


def test_notes_of_the_decoder_come_with_the_member():
    items = read(b"2026-03-02 08:00:00Z: Listening for Jobs \xff\xfe\xfd\n" * 3, "r.log")
    assert Code.TEXT_ENCODING_REPLACED in {i.code for i in items if isinstance(i, Note)}


def test_an_object_dump_may_have_long_lines_and_a_log_may_not():
    annotation = "x" * 200_000
    dump = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "uid": "u", "annotations": {"big": annotation}},
    }
    (found, said) = read(json.dumps(dump), "cm.json")
    assert isinstance(found, Observation)
    assert found.fields["metadata"]["annotations"]["big"] == annotation
    assert isinstance(said, MemberCoverage)
    items = read("2026-03-02 08:00:00Z: " + annotation + "\nkind: Pod\n", "runner.log")
    records = [item for item in items if isinstance(item, Record)]
    assert max(len(record.text) for record in records) <= 64 * 1024


def test_a_member_beyond_the_budget_is_read_as_one_stream():
    line = b'2026-03-02T08:00:00Z\tINFO\tsetup\tstarting manager\t{"n": 1}\n'
    count = WHOLE_BYTES // len(line) + 20_000
    lengths: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield b"$ kubectl logs deploy/arc\n"
        for _ in range(count // 1000):
            lengths.append(1)
            yield line * 1000

    records = 0
    first_record_after = None
    for item in read_member(Member("c.log", None, None, chunks())):
        if isinstance(item, Record):
            records += 1
            first_record_after = first_record_after or len(lengths)
    assert records >= count // 1000 * 1000
    assert first_record_after is not None
    assert first_record_after < len(lengths)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(0, 1), st.binary(max_size=20))
def test_no_bytes_make_it_raise(path, share, scribble):
    data = path.read_bytes()
    at = int(len(data) * share)
    for broken in (data[:at], data[:at] + scribble + data[at:]):
        coverage(read(broken, path.name, 100))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.log", "b.yaml", "c.md", "d.json"]))
def test_any_bytes_at_all(data, name):
    coverage(read(data, name))


CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize("folder", ["real", "formats/layouts"])
def test_every_real_file_is_read(folder, capfd):
    objects = lines = 0
    for path in sorted((CORPUS / folder).rglob("*")):
        if not path.is_file() or path.name == "case.yaml":
            continue
        data = path.read_bytes()
        source = data.decode("utf-8", "replace").split("\n")
        items = read(data, path.relative_to(CORPUS).as_posix())
        assert coverage(items).unparsed == 0, path
        for item in items:
            if isinstance(item, Observation) and item.locator is not None:
                objects += 1
                found = item.locator.find(("metadata", "name"))
                if found is not None:
                    lines += 1
                    assert source[found[0] - 1] == found[1], path
                    assert str(item.name) in found[1], path
    assert objects > 100
    assert lines > objects // 2
    assert capfd.readouterr() == ("", "")
