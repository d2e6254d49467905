"""Copying that works on a desktop, over ssh and inside tmux, and says what it did.

OSC 52 (xterm's control sequences, "Manipulate Selection Data") puts text into the clipboard of the
terminal that shows it, however far away. No terminal answers whether it did, so the text is put
into a file as well.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_FOR_OSC52: Final = 74_994
"""Bytes of text that xterm's limit of 100,000 characters of base64 leaves room for."""
_SECONDS: Final = 2
_SCREEN_PIECE: Final = 240


class Copied(Struct, frozen=True):
    """How a text was copied, in words; `sequence` is to be written to the terminal."""

    how: str
    sequence: str = ""


def copied(text: str, environ: Mapping[str, str] = os.environ) -> Copied:
    """Copy a text by the best way there is."""
    if not _is_remote(environ) and _to_desktop(text):
        return Copied("")
    if "TMUX" in environ and _to_tmux(text):
        return Copied(_beside("by tmux", text))
    sequence = osc52(text, environ) if len(text.encode()) <= MOST_FOR_OSC52 else ""
    return Copied(_beside("by the terminal" if sequence else "", text), sequence)


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """Return what makes a terminal copy a text, wrapped for the multiplexer in between."""
    plain = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"
    if "TMUX" in environ:
        # tmux takes the first with `set-clipboard on`, the second with `allow-passthrough on`.
        return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if "STY" in environ:
        pieces = range(0, len(plain), _SCREEN_PIECE)
        return "".join(f"\x1bP{plain[at : at + _SCREEN_PIECE]}\x1b\\" for at in pieces)
    return plain


def _is_remote(environ: Mapping[str, str]) -> bool:
    return any(name in environ for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def _to_desktop(text: str) -> bool:
    import pyperclip  # looks for programs while it is imported

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def _to_tmux(text: str) -> bool:
    """Put a text into tmux's buffer; -w lets tmux pass it on to the terminal outside."""
    tmux = shutil.which("tmux")
    if tmux is None:
        return False
    try:
        subprocess.run(  # noqa: S603 - a fixed command; the text is its input
            [tmux, "load-buffer", "-w", "-"], input=text.encode(), check=True,
            capture_output=True, timeout=_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _beside(how: str, text: str) -> str:
    path = clip_file()
    written = _write(path, text)
    shown = str(path).replace(str(Path.home()), "~", 1)
    ways = [how, f"{'also ' if how else ''}in {shown}" if written else ""]
    return ", ".join(way for way in ways if way)


def clip_file() -> Path:
    """Return the file that holds the last text copied where no desktop is."""
    return Path(platformdirs.user_cache_dir("arclogs", appauthor=False)) / "clip.txt"


def _write(path: Path, text: str) -> bool:
    owner_only: Callable[[str, int], int] = lambda name, flags: os.open(name, flags, 0o600)  # noqa: E731
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(
            path, "w", encoding="utf-8", errors="backslashreplace", opener=owner_only
        ) as file:
            file.write(text)
    except OSError:
        return False
    return True
