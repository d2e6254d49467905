"""A bundle in which every name and text wants to be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = (
    "[@click=app.quit()]press me[/]",
    "[bold red]loud[/bold red] [/] [link=https://evil.example]x[/link]",
    "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[31mred",
    "\u009b31m\u0090 eight bit",
    "right\u202eto left\u202c \u2066isolate\u2069",
    "zero\u200bwidth \U000e0041tag",
    "tab\there and a cr\rthere",
    "wide 漢字 emoji 🚀 combining e\u0301",
)


def hostile_bundle(folder: Path) -> Path:
    """Write the bundle and return its folder."""
    for number, attack in enumerate(ATTACKS):
        name = "".join(c for c in attack if c.isprintable() and c != "/")[:40]
        lines = [
            "2026-03-02T10:04:19.0000000Z Current runner version: '2.331.0'",
            f"2026-03-02T10:04:20.1140000Z ##[error]Error: HttpError: HTTP request failed {attack}",
            f"2026-03-02T10:04:21.{number}000000Z ##[error]{attack} is what nobody knows",
        ]
        path = folder / f"{number} {name}.log"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
