from __future__ import annotations

import io
import tarfile
from pathlib import Path

from arclogs.analyze import analyze
from arclogs.browse.excerpts import AROUND, LONGEST_LINE, places_of, read_excerpts
from arclogs.redact import Redactor

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "founding-with-accounts"
REDACT = Redactor().redact


def lines(count, width=1):
    return "".join(f"{'x' * (width - 1)}{number}\n" for number in range(1, count + 1))


def test_the_lines_around_a_line(tmp_path):
    (tmp_path / "a.log").write_text(lines(100))
    (tmp_path / "b.log").write_text(lines(100))
    (found,) = read_excerpts([tmp_path], [("a.log", 50)], REDACT)
    assert (found.first, found.line) == (50 - AROUND, 50)
    assert found.lines == tuple(str(n) for n in range(50 - AROUND, 50 + AROUND + 1))


def test_at_the_ends_of_a_file(tmp_path):
    (tmp_path / "a.log").write_text(lines(5))
    first, last = read_excerpts([tmp_path], [("a.log", 1), ("a.log", 5), ("a.log", 99)], REDACT)
    assert (first.first, first.lines) == (1, ("1", "2", "3", "4", "5"))
    assert (last.line, last.first) == (5, 1)


def test_a_key_that_began_above_is_replaced(tmp_path):
    body = "".join(f"{'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC' * 2}\n" for _ in range(30))
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{body}-----END RSA PRIVATE KEY-----\nafter\n"
    (tmp_path / "a.log").write_text(text)
    (found,) = read_excerpts([tmp_path], [("a.log", 29)], REDACT)
    assert not any("MIIEvQ" in line for line in found.lines)
    (raw,) = read_excerpts([tmp_path], [("a.log", 29)], None)
    assert any("MIIEvQ" in line for line in raw.lines)


def test_endless_lines_are_cut(tmp_path):
    (tmp_path / "a.log").write_text(f"{'ab ' * 100_000}\nshort\n")
    (found,) = read_excerpts([tmp_path], [("a.log", 1)], REDACT)
    assert len(found.lines[0]) == LONGEST_LINE + 2


def test_every_place_of_a_real_report_is_found():
    places = places_of(analyze([SAMPLE]))
    found = read_excerpts([SAMPLE], places, REDACT)
    assert sorted((e.member, e.line) for e in found) == sorted(places)
    assert len(places) > 3


def test_an_archive_is_read_again_and_a_pipe_is_not(tmp_path):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        data = lines(20).encode()
        member = tarfile.TarInfo("x/a.log")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    held.read()
    (found,) = read_excerpts([held], [("x/a.log", 10)], REDACT)
    assert "10" in found.lines

    class Pipe(io.BytesIO):
        def seek(self, *_):
            raise io.UnsupportedOperation

    assert read_excerpts([Pipe()], [("x/a.log", 10)], REDACT) == ()
