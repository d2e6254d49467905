"""What bytes are: archives by their signature, logs by being none of the rest."""

from __future__ import annotations

import gzip
import os

import pytest

from arclogs.bundle.magic import Kind, foreign_archive, is_page, looks_binary, sniff
from tests.bundle.containers import CANARY

LINES = "2026-09-21T10:14:02Z [ERR  StepsRunner] ✗ Fehler: Verbindung abgelehnt\n" * 20


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"BZh1 is no bzip2\n",
        b"PK is a unit\n",
        b"070701 10:14:02 mysqld\n",
        b"\x1f\x8b\x00log\n",
    ],
)
def test_logs_that_begin_like_archives(text):
    assert sniff(text) is Kind.PLAIN
    assert foreign_archive(text) is None


@pytest.mark.parametrize(
    "encoded",
    [
        CANARY,
        LINES.encode(),
        LINES.encode("utf-16"),
        LINES.encode("utf-16-le"),
        LINES.encode("utf-16-be"),
        LINES.replace("✗", "x").encode("latin-1"),
        b"\x1b[31merror\x1b[0m\r\n" * 50,
        bytes(4096) + CANARY,
        CANARY + bytes(4096),
    ],
)
def test_logs_in_every_encoding_are_text(encoded):
    assert not looks_binary(encoded)


@pytest.mark.parametrize(
    "data", [os.urandom(5000), gzip.compress(os.urandom(5000)), b"\x7fELF\x02\x01\x01" + bytes(200)]
)
def test_binaries_are_not(data):
    assert looks_binary(data)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (b"<!DOCTYPE html>\n", True),
        (b"\xef\xbb\xbf\r\n <HTML lang=en>", True),
        (b"<?xml version='1.0'?>", False),
        (b"2026-09-21 GET / returned <!doctype html>", False),
    ],
)
def test_pages(text, page):
    assert is_page(text) is page
