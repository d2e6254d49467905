"""Which files and folders are a ticket each."""

from __future__ import annotations

import pytest

from arclogs.errors import UsageError
from arclogs.triage.tickets import find_tickets

# what is below the folder that is named -> the tickets in it
FOLDERS = {
    "archives": (["a.tgz", "b.zip", "c.md"], ["a.tgz", "b.zip", "c.md"]),
    "folders": (["one/x.log", "two/y.log"], ["one", "two"]),
    "hidden files beside": (["one/x.log", "two/y.log", ".DS_Store"], ["one", "two"]),
    "a log among tickets": (["a.md", "b.eml", "c/x.log", "d.log"], ["a.md", "b.eml", "c", "d.log"]),
    "a screenshot beside": (["a.md", "b.md", "shot.PNG"], ["a.md", "b.md"]),
    "folders and a screenshot": (["one/x.log", "two/y.log", "shot.png"], ["one", "two"]),
    "notes in a bundle": (["a.md", "b.md", "x.log", "y.log", "z.log"], ["queue"]),
    "an archive in a bundle": (["old.tgz", "logs-1/x.log", "runner.log"], ["queue"]),
    "an unpacked bundle": (["pod_logs/x.log", "helm-info/y.yaml"], ["queue"]),
    "logs that lie loose": (["runner.log", "events.txt", "more/x.log"], ["queue"]),
    "a single folder in it": (["arc/x.log"], ["queue"]),
    "nothing": ([], ["queue"]),
}


@pytest.mark.parametrize("case", FOLDERS)
def test_a_folder_is_a_queue_or_one_ticket(case, tmp_path):
    files, expected = FOLDERS[case]
    queue = tmp_path / "queue"
    queue.mkdir()
    for name in files:
        (queue / name).parent.mkdir(exist_ok=True, parents=True)
        (queue / name).write_text("x")
    assert [ticket.name for ticket in find_tickets([queue])] == expected


def test_the_same_name_twice_gets_its_folder_in_front(tmp_path):
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bundle.tgz").write_text("x")
    named = [tmp_path / "monday" / "bundle.tgz", tmp_path / "tuesday" / "bundle.tgz"]
    assert [t.name for t in find_tickets(named)] == ["monday/bundle.tgz", "tuesday/bundle.tgz"]


def test_what_is_named_twice_is_one_ticket(tmp_path):
    (tmp_path / "a.log").write_text("x")
    assert len(find_tickets([tmp_path / "a.log", tmp_path / "." / "a.log"])) == 1


def test_what_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        find_tickets([tmp_path / "missing"])
