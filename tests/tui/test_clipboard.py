"""Copying: the desktop, tmux, the terminal, and always a word on what was done."""

from __future__ import annotations

import base64
import shutil
import stat
import subprocess

import pyperclip
import pytest

from arclogs.tui import clipboard
from arclogs.tui.clipboard import clip_file, copied, osc52

REMOTE = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}
PLAIN = "\x1b]52;c;" + base64.b64encode(b"kubectl get pods").decode() + "\a"


def refuse(text: str) -> None:
    raise pyperclip.PyperclipException("no clipboard here")


def test_on_a_desktop_its_clipboard_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", held.append)
    assert copied("kubectl get pods", {}) == clipboard.Copied("")
    assert held == ["kubectl get pods"]
    assert not clip_file().exists()


def test_over_ssh_the_terminal_is_asked_and_a_file_written_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pyperclip, "copy", lambda text: pytest.fail("that is the other machine"))
    done = copied("kubectl get pods", REMOTE)
    assert done.sequence == PLAIN
    assert done.how.startswith("by the terminal, also in ")
    assert clip_file().read_text() == "kubectl get pods"
    assert stat.S_IMODE(clip_file().stat().st_mode) == 0o600


def test_without_a_desktop_the_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyperclip, "copy", refuse)
    assert copied("kubectl get pods", {}).sequence == PLAIN


def test_what_is_too_long_for_terminals_goes_into_the_file_only() -> None:
    done = copied("x" * 80_000, REMOTE)
    assert done.sequence == ""
    assert done.how.startswith("in ")
    assert clip_file().stat().st_size == 80_000


def test_in_tmux_its_buffer_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[list[str], bytes]] = []

    def run(command: list[str], *, input: bytes, **_: object) -> None:
        ran.append((command, input))

    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", run)
    done = copied("kubectl get pods", {**REMOTE, "TMUX": "/tmp/tmux,1,0"})
    assert ran == [(["/usr/bin/tmux", "load-buffer", "-w", "-"], b"kubectl get pods")]
    assert done.how.startswith("by tmux, also in ")
    assert done.sequence == ""


def test_in_a_tmux_that_cannot_the_sequence_is_passed_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    done = copied("kubectl get pods", {**REMOTE, "TMUX": "/tmp/tmux,1,0"})
    inner = PLAIN.replace("\x1b", "\x1b\x1b")
    assert done.sequence == f"{PLAIN}\x1bPtmux;{inner}\x1b\\"


def test_in_screen_the_sequence_goes_in_pieces_that_screen_takes() -> None:
    sequence = osc52("kubectl get pods " * 50, {"STY": "1.pts"})
    pieces = sequence.split("\x1b\\")[:-1]
    assert len(pieces) > 1
    assert all(piece.startswith("\x1bP") and len(piece) < 256 for piece in pieces)
    inner = "".join(piece.removeprefix("\x1bP") for piece in pieces)
    assert base64.b64decode(inner[len("\x1b]52;c;") : -1]) == b"kubectl get pods " * 50


def test_a_cache_that_cannot_be_written_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "_write", lambda path, text: False)
    assert copied("x", REMOTE).how == "by the terminal"
