"""Which parser reads which file: `data/claims.txt` for the data beside, else by `data/claims.yaml`.

After a wanted change: ARCLOGS_UPDATE_GOLDEN=1 pytest tests/ingest/test_claims.py, and read the diff.
"""

from __future__ import annotations

import fnmatch
import os
import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.bundle.member import Member
from arclogs.ingest.interface import Unparsed
from arclogs.ingest.read import read_member
from arclogs.model.coverage import MemberCoverage

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
TABLE = DATA / "claims.txt"
CORPUS = ROOT.parent / "shared" / "corpus"
OURS = sorted(
    path
    for path in DATA.rglob("*")
    if path.is_file() and path.parent != DATA and path.suffix != ".items"
)
SAMPLES = ROOT / "samples"
MOST_UNPARSED = 0.005
"""Of the lines of logs."""
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout"
)


def read(name, data):
    *items, covered = read_member(Member(name, len(data), None, iter([data])))
    assert isinstance(covered, MemberCoverage)
    unparsed = [item for item in items if isinstance(item, Unparsed)]
    assert len(unparsed) == covered.unparsed
    assert all(item.reason for item in unparsed)
    return covered


def test_every_sample_is_read_by_the_parser_of_its_format():
    claims = "".join(
        f"{path.relative_to(DATA)}\t{read(path.name, path.read_bytes()).parser}\n" for path in OURS
    )
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        TABLE.write_text(claims)
    assert claims == TABLE.read_text()


def read_all(folder, *below):
    """Return for each file its path below the folder, its lines and how it was read."""
    return [
        (str(path.relative_to(folder)), data.count(b"\n"), read(path.name, data))
        for part in below
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and path.name not in ("case.yaml", "scenario.yaml")
        for data in [path.read_bytes()]
    ]


def wrongly_read(files):
    """Return the files that another parser read than the longest pattern says that fits them."""
    table = [
        (pattern, parser)
        for parser, patterns in yaml.safe_load((DATA / "claims.yaml").read_text()).items()
        for pattern in patterns
    ]
    wrong = []
    for name, _, covered in files:
        fits = [claim for claim in table if fnmatch.fnmatchcase(f"/{name}", claim[0])]
        parser = max(fits, key=lambda claim: len(claim[0]), default=("", "no pattern"))[1]
        if covered.parser not in (parser, "empty"):
            wrong.append(f"{name}: {covered.parser}, not {parser}")
    return wrong


def test_every_file_of_a_sample_bundle_is_read_by_the_parser_of_its_format():
    files = read_all(SAMPLES, ".")
    assert len(files) > 50
    assert wrongly_read(files) == []


@pytest.mark.corpus
@needs_corpus
def test_every_file_of_the_corpus_is_read_by_the_parser_of_its_format():
    files = read_all(CORPUS, "cases", "real", "formats")
    assert wrongly_read(files) == []
    lines = sum(lines for _, lines, _ in files)
    assert lines > 50_000
    assert sum(covered.unparsed for _, _, covered in files) / lines < MOST_UNPARSED


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(OURS), st.floats(0, 1), st.binary(max_size=4))
def test_a_sample_cut_anywhere_is_read(path, share, tail):
    data = path.read_bytes()
    read(path.name, data[: int(len(data) * share)] + tail)


@pytest.mark.corpus
@needs_corpus
def test_a_file_of_the_corpus_cut_anywhere_is_read():
    at = random.Random(3)
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    for path in at.sample(files, 250):
        data = path.read_bytes()
        cut = at.randrange(len(data) + 1)
        read(path.name, data[:cut])
        read(path.name, data[cut:])
