from __future__ import annotations

import pytest

from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.logs.assemble import Notebook
from arclogs.model.coverage import Code, Note
from arclogs.model.location import Location
from arclogs.model.record import Level, Source


@pytest.mark.parametrize(
    ("text", "error", "warning"),
    [
        ('Error from server (NotFound): pods "nope" not found', True, False),
        ("Error from server: etcdserver: request timed out", True, False),
        ('error: the server doesn\'t have a resource type "ars"', True, False),
        ("Unable to connect to the server: dial tcp: i/o timeout", True, False),
        ("The connection to the server localhost:8080 was refused - did you", True, False),
        ("WARNING: version difference between client (1.33) and server (1.36)", False, True),
        ("Warning: v1 Endpoints is deprecated in v1.33+", False, True),
        ("E1014 09:12:01.123456   12345 memcache.go:265] couldn't get", False, True),
        ("Events:  <none>", False, False),
        ("Error: ErrImagePull", False, False),
    ],
)
def test_lines(text: str, error: bool, warning: bool) -> None:
    assert (is_error(text), is_warning(text)) == (error, warning)


def test_an_error_is_evidence_and_a_note() -> None:
    book = Notebook("m")
    text = 'Error from server (Forbidden): roles is forbidden: User "u" cannot list'
    record = read_error(text, Location("m", 3), book)
    assert (record.line, record.source, record.level) == (3, Source.KUBECTL, Level.ERROR)
    assert record.at(0) == (Location("m", 3), text)
    assert list(book.notes()) == [Note("m", Code.KUBECTL_ERROR, text)]
