"""Whatever the bytes are, reading them ends, raises nothing and repeats exactly."""

from __future__ import annotations

import gzip
import zipfile

from hypothesis import example, given, settings
from hypothesis import strategies as st

from arclogs.bundle import Limits
from tests.bundle.containers import CANARY, Pipe, mail, outlook, read, tar, zipped

FILES = {"a/x.log": CANARY, "b.log": b"b\n" * 400, "c.tgz": gzip.compress(tar({"d.log": b"d\n"}))}
WHOLE = [
    tar(FILES),
    gzip.compress(tar(FILES)),
    zipped(FILES),
    zipped(FILES, zipfile.ZIP_STORED),
    tar({"inner.zip": zipped(FILES)}),
    mail(FILES).as_bytes(),
    b"From a Thu Sep 17 12:10:41 2026\n" + mail(FILES).as_bytes(),
    outlook(FILES),
]
LIMITS = Limits(total_bytes=1 << 24, member_bytes=1 << 20, members=1000)

edits = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6)


@example(WHOLE[0], [(0.0, b"\xfd7zXZ\x00")], 0.0)
@given(st.sampled_from(WHOLE), edits, st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_damaged_containers(whole, edits, cut):
    data = bytearray(whole)
    for place, patch in edits:
        at = int(place * len(data))
        data[at : at + len(patch)] = patch
    data = data[: int(len(data) * (1 - cut * cut * cut))]
    by_pipe = read(Pipe(bytes(data), most=333), limits=LIMITS)
    again = read(bytes(data), limits=LIMITS)
    assert (by_pipe.members, by_pipe.notes) == (again.members, again.notes)
    assert by_pipe.bundle.sha256 == again.bundle.sha256


@given(st.sampled_from([b"", *(whole[:300] for whole in WHOLE)]), st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_noise(head, noise):
    outcome = read(head + noise, limits=LIMITS)
    assert outcome.members or outcome.lost
