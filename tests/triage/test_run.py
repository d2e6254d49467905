"""A queue of real bundles, among them what is broken, ended half-way, or killed."""

from __future__ import annotations

import csv
import io
import multiprocessing
import secrets
from pathlib import Path
from threading import Timer

import pytest
from markdown_it import MarkdownIt

from arclogs.triage.reply import reply
from arclogs.triage.row import Row
from arclogs.triage.run import queue, redacted_row, triage
from arclogs.triage.store import Store
from arclogs.triage.tickets import Ticket, find_tickets
from arclogs.triage.work import judge
from arclogs.triage.workers import Workers
from arclogs.views.triage import render_csv, render_markdown, render_table

SAMPLES = Path(__file__).parents[2] / "samples"
HOSTILE = "=cmd|'/c calc'!A1 \x1b[31m<script>alert(1)</script> `x` | y"


@pytest.fixture(scope="module")
def tickets(tmp_path_factory):
    """Return the samples and two files that are no bundle."""
    broken = tmp_path_factory.mktemp("broken")
    (broken / "empty.log").write_bytes(b"")
    (broken / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    return find_tickets([SAMPLES, broken / "empty.log", broken / "picture.png"])


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store("rules", tmp_path_factory.mktemp("cache") / "triage")


@pytest.fixture(scope="module")
def judged(tickets, store):
    """Return the queue of a run that was ended after three tickets and then begun again."""
    ended: list[int] = []

    def end(done, _):
        ended.append(done)
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        triage(tickets, store=store, jobs=2, on_row=end)
    went_on: list[int] = []
    found = triage(tickets, store=store, jobs=2, on_row=lambda done, _: went_on.append(done))
    return found, went_on


def test_a_run_that_was_ended_goes_on_where_it_stopped(judged, tickets):
    found, went_on = judged
    assert went_on[0] >= 3
    assert went_on[-1] == len(tickets) == len(found.tickets)


def test_no_process_is_left_behind(judged):
    assert judged
    assert multiprocessing.active_children() == []


def test_each_ticket_has_its_line_and_what_is_broken_stops_nothing(judged):
    rows = {row.ticket: (row.status, row.cause) for row in judged[0].tickets}
    assert rows == {
        "account-lacks-role": ("answered", "sa-missing-permissions"),
        "founding-with-accounts": ("answered", "sa-token-rejected"),
        "policy-denies-pod": ("answered", "admission-policy-denied"),
        "founding-as-collected": ("open", "sa-token-rejected"),
        "first-mail": ("open", "sa-token-rejected"),
        "healthy": ("open", None),
        "empty.log": ("unreadable", None),
        "picture.png": ("unreadable", None),
    }


def test_the_reply_asks_for_the_command_that_decides(judged):
    row = next(row for row in judged[0].tickets if row.ticket == "founding-as-collected")
    assert [want.command for want in row.missing] == [
        "kubectl -n arc-runners get pods,sa,role,rolebinding -o yaml"
    ]
    assert "1. " in row.reply
    assert row.missing[0].command in row.reply


def test_the_two_founding_tickets_are_one_incident(judged):
    (incident,) = judged[0].incidents
    assert incident.tickets == ("founding-as-collected", "founding-with-accounts")
    assert incident.why == "scale set linux-k8s"


def test_the_store_notices_a_ticket_that_changed(tmp_path, store):
    ticket = Ticket("a.log", tmp_path / "a.log")
    ticket.path.write_text("one")
    store.put(ticket, Row(ticket="a.log", status="open"))
    assert store.get(Ticket("other name", ticket.path)) == Row(ticket="other name", status="open")
    ticket.path.write_text("another")
    assert store.get(ticket) is None


def test_a_broken_store_is_none(tmp_path):
    ticket = Ticket("a.log", tmp_path / "a.log")
    ticket.path.write_text("one")
    (tmp_path / "file").write_text("")
    Store("rules", tmp_path / "file").put(ticket, Row(ticket="a.log", status="open"))
    store = Store("rules", tmp_path / "cache")
    store.put(ticket, Row(ticket="a.log", status="open"))
    next((tmp_path / "cache").iterdir()).write_text('{"ticket": 1')
    assert store.get(ticket) is None


def kill_children():
    for child in multiprocessing.active_children():
        child.kill()


@pytest.fixture
def long_and_short(tmp_path):
    (tmp_path / "long.log").write_text("2026-03-02T10:04:19Z INFO nothing here\n" * 600_000)
    (tmp_path / "short.log").write_text("2026-03-02T10:04:19Z INFO nothing here\n")
    return [Ticket(name, tmp_path / name) for name in ("long.log", "short.log")]


def test_a_process_that_dies_costs_one_ticket(long_and_short):
    with Workers(1, (), seconds=60) as workers:
        Timer(0.3, kill_children).start()
        rows = [row for _, row in workers.judge(long_and_short)]
    assert [row.status for row in rows] == ["failed", "open"]
    assert "its process died" in rows[0].problem


def test_a_process_that_hangs_costs_one_ticket(long_and_short):
    with Workers(2, (), seconds=0.1) as workers:
        rows = [row for _, row in workers.judge(long_and_short[:1])]
    assert rows[0].problem == "took longer than 0.1 s (--timeout)"


def test_no_secret_leaves_by_the_name_of_a_ticket_or_what_is_said_of_it(tmp_path):
    token = "ghp_" + secrets.token_hex(18)
    (tmp_path / f"{token}.log").write_bytes(b"")
    found = triage(find_tickets([tmp_path / f"{token}.log"]), jobs=1)
    row = Row(ticket="t", status="failed", problem=f"cannot read https://user:{token}@host/x")
    assert token not in found.model_dump_json() + redacted_row(row).model_dump_json()


def test_a_bug_of_ours_costs_one_ticket_and_is_told():
    row = judge(None, "t", SAMPLES / "healthy")  # type: ignore[arg-type] # no rules at all: a bug
    assert row.status == "failed"
    assert row.problem.startswith("bug in arclogs: ")


def test_hostile_text_stays_text():
    row = Row(ticket=HOSTILE, status="open", first_error=HOSTILE, reply=HOSTILE, problem=HOSTILE)
    named = row.model_copy(update={"cause": "x", "title": HOSTILE, "component": HOSTILE})
    found = queue([row, named])
    assert "\x1b" not in render_table(found, 80) + render_markdown(found) + render_csv(found)
    assert "<script>" not in MarkdownIt("gfm-like").render(render_markdown(found))
    cells = [cell for line in csv.reader(io.StringIO(render_csv(found))) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_without_anything_to_ask_there_is_no_reply():
    assert reply(None, ()) == ""
