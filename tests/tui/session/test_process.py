"""The reading process itself: what it tells, how it stops, and what is said when it dies."""

from __future__ import annotations

import io
import os
import pickle
import queue
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

import arclogs.tui.session.process as process_module
from arclogs.tui.session.events import Failed, Order, Progress, Ready, Reply, Request, Rows, Stop
from arclogs.tui.session.process import DIED, ReadingProcess
from arclogs.tui.session.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.tui.session.events import Event

SAMPLE = Path(__file__).parents[3] / "samples" / "founding-with-accounts"


@pytest.fixture
def process() -> Iterator[ReadingProcess]:
    process = ReadingProcess()
    yield process
    process.close()


def until(told: queue.Queue[Event], kind: type) -> list[Event]:
    events: list[Event] = []
    while not events or not isinstance(events[-1], kind):
        events.append(told.get(timeout=60))
    return events


def test_a_bug_while_it_reads_is_said_and_not_hidden(process: ReadingProcess) -> None:
    told: queue.Queue[Event] = queue.Queue()
    process.start(Order((object(),)), None, told.put)  # type: ignore[arg-type]
    failed = until(told, Failed)[-1]
    assert isinstance(failed, Failed)
    assert "This is a bug in arclogs" in failed.why


def test_it_reads_answers_and_dies_aloud(process: ReadingProcess) -> None:
    told: queue.Queue[Event] = queue.Queue()
    process.start(Order((SAMPLE,)), None, told.put)
    events = until(told, Ready)
    assert any(isinstance(e, Progress) for e in events)
    assert sum(e.piece.height for e in events if isinstance(e, Rows) and e.piece) > 50
    ready = events[-1]
    assert isinstance(ready, Ready)
    assert ready.report.findings[0].rule == "sa-token-rejected"
    assert len(ready.rules) == ready.report.arclogs.rules

    process.send(Request(1, "trace", ("sa-token-rejected",)))
    process.send(Request(2, "lines", ("job-log.txt", 18)))
    process.send(Request(3, "lines", ("no-such-file", 1)))
    trace, lines, wrong = (until(told, Reply)[-1] for _ in range(3))
    assert isinstance(trace, Reply)
    assert trace.value.outcomes[0].confidence == "confirmed"
    assert isinstance(lines, Reply)
    assert "HttpError" in lines.value.lines[lines.value.meant - lines.value.first]
    assert wrong == Reply(3, error="no-such-file is not in the bundle any more")

    assert process._process is not None
    process._process.kill()
    assert until(told, Failed)[-1] == Failed(DIED)


def test_stopping_judges_what_was_read(process: ReadingProcess, tmp_path: Path) -> None:
    line = "2026-03-02T10:04:19.0000000Z still working on it, and nothing else to tell\n"
    (tmp_path / "a.log").write_text(line * 100_000)
    told: queue.Queue[Event] = queue.Queue()
    process.start(Order((tmp_path,)), None, told.put)
    until(told, Progress)
    process.send(Stop())
    stopped = time.monotonic()
    ready = until(told, Ready)[-1]
    assert isinstance(ready, Ready)
    assert [note.code for note in ready.report.coverage.notes] == ["read.stopped"]
    assert 0 < ready.report.bundle.records < 100_000
    assert time.monotonic() - stopped < 30


def test_what_cannot_be_analyzed_is_said_in_words(process: ReadingProcess, tmp_path: Path) -> None:
    (tmp_path / "empty.log").write_text("")
    told: queue.Queue[Event] = queue.Queue()
    process.start(Order((tmp_path / "empty.log",)), None, told.put)
    failed = until(told, Failed)[-1]
    assert isinstance(failed, Failed)
    assert failed.why
    assert "Traceback" not in failed.why


def test_a_bug_is_said_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what the process runs, in this one: the reading breaks."""
    asked, told = io.BytesIO(pickle.dumps((Order((SAMPLE,)), None))), io.BytesIO()
    monkeypatch.setattr(process_module, "_streams", lambda: (asked, told))
    monkeypatch.setattr(os, "nice", lambda _: 0)
    # what comes after the order is asked for on a thread, which would end this process at its end
    monkeypatch.setattr(process_module, "_Requests", Mock())

    def broken(*_: object) -> None:
        raise RuntimeError("no such thing")

    monkeypatch.setattr(Work, "analyze", broken)
    process_module.serve()
    failed = pickle.loads(told.getvalue())
    assert isinstance(failed, Failed)
    assert "RuntimeError('no such thing')" in failed.why


def test_an_answer_that_fails_leaves_the_others() -> None:
    class Half:
        def good(self, number: int) -> int:
            return number + 1

        def bad(self) -> None:
            raise KeyError

    assert process_module._answer(Half(), Request(1, "good", (2,))) == Reply(1, 3)
    assert process_module._answer(Half(), Request(2, "bad", ())) == Reply(2, error="KeyError")
