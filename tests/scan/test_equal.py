"""The scan gives what a parser that reads every line gives: the naive engine is the reference."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from arclogs.bundle.member import Member
from arclogs.case.gather import Gathered, gather
from arclogs.case.records import store as records
from arclogs.case.records.store import KEPT_PER_TEMPLATE
from arclogs.ingest.text.lines import LineReader
from arclogs.rules import load_rules
from arclogs.rules.watch import probes, watch
from arclogs.scan import often
from arclogs.scan.often import OFTEN
from arclogs.scan.scanner import Scanner
from tests.scan.log_texts import FORMATS, text_of

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
CORPUS = ROOT.parent / "shared" / "corpus"
CARRIERS = ("bare", "timestamps", "cri", "prefix")
ENGINES = ("hyperscan", "polars")
WOUNDS = st.lists(
st.tuples(st.integers(0, 10**6), st.sampled_from(
    [b"\0", b"\xff", b"\r", b"\x1b[1m", b"\n", b"\n\n", b"\xc3", b"\\u0065", b'"', b"\xef\xbb\xbf",
     b"x" * 70_000, b"\t", b" Terminal] ", b'"version": "9"', b"\x1c", b" err=x", b"##["]
)),
max_size=12,
)  # fmt: skip


@cache
def rules() -> Any:
    return load_rules()


@cache
def scanner(engine: Any) -> Scanner:
    return Scanner(partial(probes, rules()), engine, least_bytes=0)


def facts(gathered: Gathered) -> dict[str, Any]:
    """Return all that later stages see."""
    store = gathered.evidence.store
    kept = store.kept()
    logs = {
        (member, source): (log.records, log.last_line, log.pods, log.spread.first, log.spread.last,
                           log.spread.gaps(), log.spread.scattered)
        for member, source, log in gathered.survey.each()
    }  # fmt: skip
    return {
        "kept": [asdict(record) for record in kept],
        "repeats": store.repeats(),
        "total": store.total,
        "sources": dict(store.sources),
        "span": (store.first, store.last),
        "notes": gathered.notes,
        "members": gathered.members,
        "logs": logs,
        "containers": gathered.survey.containers,
        "endings": gathered.survey.endings,
        "statements": gathered.evidence.statements,
        "events": gathered.evidence.events,
        "observations": gathered.evidence.observations,
    }


def read(data: bytes, name: str, quick: Scanner | None) -> dict[str, Any]:
    pieces = [data[at : at + 5000] for at in range(0, len(data), 5000)]
    return facts(gather([Member(name, len(data), None, iter(pieces))], watch(rules()), quick=quick))


def agree(data: bytes, name: str, engine: str, chunk_bytes: int) -> Scanner:
    quick = scanner(engine)
    quick.chunk_bytes = chunk_bytes
    naive, scanned = read(data, name, None), read(data, name, quick)
    for key, value in naive.items():
        assert scanned[key] == value, key
    return quick


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_log_of_every_format_and_carrier(form: str, carrier: str, engine: str) -> None:
    data = text_of(form, carrier, 1200, seed=len(form) + len(carrier))
    agree(data, f"pod_logs/{form}.log", engine, 12_000)


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let floods reach the limits that they reach in large logs."""
    monkeypatch.setattr(records, "KEPT_PER_TEMPLATE", 8)
    monkeypatch.setattr(often, "OFTEN", 8)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(sorted(FORMATS)),
    carrier=st.sampled_from(CARRIERS),
    engine=st.sampled_from(ENGINES),
    seed=st.integers(0, 10**6),
    lines=st.integers(201, 1500),
    chunk_bytes=st.integers(300, 60_000),
    ends=st.sampled_from(["\n", "\n", "\r\n"]),
)
def test_any_log_in_any_chunks(
    form: str, carrier: str, engine: str, seed: int, lines: int, chunk_bytes: int, ends: str
) -> None:
    data = text_of(form, carrier, lines, seed, ends)
    agree(data, f"{form}.log", engine, chunk_bytes)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(sorted(FORMATS)),
    engine=st.sampled_from(ENGINES),
    seed=st.integers(0, 10**6),
    wounds=WOUNDS,
)
def test_damaged_logs(form: str, engine: str, seed: int, wounds: list[tuple[int, bytes]]) -> None:
    data = text_of(form, "bare", 900, seed)
    for place, wound in wounds:
        at = place % len(data)
        data = data[:at] + wound + data[at:]
    agree(data, f"{form}.log", engine, 9000)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "wound",
    [
        pytest.param(lambda line: line.replace(b',"version"', b', Terminal] "version"'), id="json no more"),
        pytest.param(lambda line: line.replace(b'"Ephemeral', b'"\xffEphemeral'), id="a name is no UTF-8"),
        pytest.param(lambda line: line.replace(b'arc-runners', b'\xff'), id="a value is no UTF-8"),
        pytest.param(lambda line: line.replace(b'Creating', b'\xff'), id="a message is no UTF-8"),
        pytest.param(lambda line: line.replace(b'"version":', b'"message":"no","v":'), id="two messages"),
        pytest.param(lambda line: line.replace(b'"version":', b'"severity":"error","v":'), id="two levels"),
        pytest.param(lambda line: line.replace(b'"version":', b'"ts":"2020-01-01","v":'), id="two times"),
        pytest.param(lambda line: line.replace(b'\t{"version"', b'\t{"version" it is'), id="no fields"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("every", [2, 37])
@pytest.mark.parametrize("form", ["controller", "controller_json"])
def test_lines_that_begin_well_and_end_badly(
    form: str, every: int, wound: Any, engine: str
) -> None:
    lines = text_of(form, "bare", 900, 3).split(b"\n")
    data = b"\n".join(line if n % every else wound(line) for n, line in enumerate(lines))
    agree(data, f"{form}.log", engine, 9000)


def test_broken_lines_of_json_that_would_be_whole_together() -> None:
    head = (
        b'{"severity":"info","ts":"2026-09-01T00:00:01Z","logger":"EphemeralRunner",'
        b'"message":"Deleting resources"'
    )
    lines = [head + b"}"] * 400
    # Between commas these are three objects, too, and all begin alike.
    lines[300:303] = [head + b',"a":[{}', head + b"}]}", head + b"}," + head + b"}"]
    agree(b"\n".join(lines), "controller.log", "hyperscan", 1_000_000)


@pytest.mark.parametrize("engine", ENGINES)
def test_split_lines_of_both_streams_among_each_other(engine: str) -> None:
    agree(text_of("job", "cri", 595, 825), "job.log", engine, 300)


def test_a_version_that_a_broken_line_is_the_first_to_state() -> None:
    data = b"\xff" + text_of("controller", "bare", 900, 0)
    agree(data, "controller.log", "hyperscan", 9000)


OWN_RULE = """
id: team-quota
kind: cause
title: The team's quota is used up
area: node
severity: low
signals:
  said: {{says: the job says so, log: [job], {looks}}}
confidence: {{likely: {{all: [said]}}}}
explain: It is so.
"""
STAMP = "2026-11-23T02:06:24.2145530Z "


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("looks", "said"),
    [
        pytest.param(
            "match: '\u00dfe \u00fcb|[\u2018`]zu'",
            [
                "\x1b[36mGr\u00f6\u00dfe \u00fcberschritten\x1b[0m",
                "Gr\u00f6\u00dfe \u2018zu gro\u00df\u2019",
            ],
            id="text that is not ASCII",
        ),
        pytest.param(
            "match: '(?<a>\\w+) is (?P=a) again', contains: ' again'",
            ["red is red again", "\x1b[36mblue is blue again\x1b[0m"],
            id="a backreference, which no engine takes",
        ),
        pytest.param(
            "match: 'quota(?! is fine)', contains: quota",
            ["quota is used up", "the quota"],
            id="look-around",
        ),
    ],
)
def test_a_rule_of_a_users_own(engine: Any, looks: str, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "team-quota.yaml").write_text(OWN_RULE.format(looks=looks), "utf-8")
    own = load_rules([tmp_path])
    lines = [f"{STAMP}step {i} is done" for i in range(900)]
    lines[500], lines[700] = (STAMP + text for text in said)
    data = "\n".join(lines).encode()
    quick = Scanner(partial(probes, own), engine, least_bytes=0)
    both = [
        facts(gather([Member("0_build.txt", len(data), None, iter([data]))], watch(own), quick=how))
        for how in (None, quick)
    ]
    assert both[0] == both[1]
    assert {record["line"] for record in both[0]["kept"]} == {501, 701}
    assert quick.sift("job-log", lines[:200], [], LineReader(1000)) is not None


def real_logs(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".log", ".txt")
        and path.is_file()
        and 300 < path.stat().st_size < 400_000
    ]


@pytest.mark.parametrize("path", real_logs(SAMPLES), ids=lambda path: path.name)
def test_real_logs_over_and_over(path: Path) -> None:
    data = path.read_bytes()
    agree(data * (1 + 60_000 // len(data)), path.name, "hyperscan", 16_000)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_logs_of_the_corpus_over_and_over() -> None:
    for path in real_logs(CORPUS)[:: int(os.environ.get("ARCLOGS_EVERY", "23"))]:
        data = path.read_bytes()
        agree(data * (1 + 60_000 // len(data)), path.name, "hyperscan", 16_000)


def test_as_many_records_of_a_text_are_made_as_are_kept() -> None:
    assert OFTEN >= KEPT_PER_TEMPLATE
