from __future__ import annotations

import re
from pathlib import Path

import pytest

from arclogs.ingest.interface import Block
from arclogs.ingest.logs.hook import PARSER, container_mode
from arclogs.ingest.logs.job_log import PARSER as JOB_LOG
from arclogs.model.record import Level, Record, Source

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "formats" / "hooks"


def records(text: str) -> list[Record]:
    items = PARSER.parse(Block("stdout.txt", 1, text.split("\n")))
    return [item for item in items if isinstance(item, Record)]


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("::error::Error: x", "Error: x", Level.ERROR),
        ("::debug::x", "x", Level.DEBUG),
        ("::warning::x", "x", Level.WARNING),
        ("::notice::x", "x", Level.INFO),
        ("::error file=a.ts,line=1::x", "x", Level.ERROR),
        ("::error::a%0Ab%0D%0Ac 100%25", "a\nb\nc 100%", Level.ERROR),
        ("::error::a%250Ab", "a%0Ab", Level.ERROR),
        ("::error::{}", "{}", Level.ERROR),
        ("::group::x", "::group::x", None),
        ("::error:: ", None, None),
        ("output of the step", "output of the step", None),
        ("Error: printed by the step", "Error: printed by the step", Level.ERROR),
    ],
)
def test_line(line: str, text: str | None, level: Level | None) -> None:
    read = records(line)
    assert [(r.text, r.level, r.source) for r in read] == (
        [] if text is None else [(text, level, Source.HOOK)]
    )


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("/home/runner/k8s/index.js", "kubernetes"),
        ("/home/runner/k8s-novolume/index.js", "kubernetes-novolume"),
        ("/home/runner/docker/index.js", None),
        ("/home/runner/k8s/index.js.bak", None),
        ("", None),
    ],
)
def test_container_mode(path: str, mode: str | None) -> None:
    assert container_mode(path) == mode


def off_the_web_page(log: str) -> str:
    """Return a downloaded job log as the web page shows it."""
    log = re.sub(r"^\S+Z (?:##\[endgroup\]\n)?", "", log, flags=re.MULTILINE)
    for marker, shown in (("error", "Error: "), ("warning", "Warning: "), ("group", "")):
        log = log.replace(f"##[{marker}]", shown)
    return log


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_what_a_hook_prints_reads_the_same_in_all_three_forms() -> None:
    runs = 0
    # The stage is told by debug lines, which a log without step debugging does not have.
    apart = ("hook", "step", "hook_stage")
    for stdout in CORPUS.glob("*/*/stdout.txt"):
        printed = records(stdout.read_text(encoding="utf-8"))
        wanted = [
            (r.text, {k: v for k, v in r.fields.items() if k not in apart})
            for r in printed
            if r.level is Level.ERROR
        ]
        log = stdout.with_name("job-log.txt").read_text(encoding="utf-8")
        for form in (log, off_the_web_page(log)):
            read = [
                (item.text, {k: v for k, v in item.fields.items() if k not in apart})
                for item in JOB_LOG.parse(Block("job-log.txt", 1, form.split("\n")))
                if isinstance(item, Record) and item.level is Level.ERROR
            ]
            for one in wanted:
                assert one in read, stdout
        runs += bool(wanted)
    assert runs > 50
