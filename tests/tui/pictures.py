"""Draws the pictures and the table of keys for the README and `docs/`.

    python -m tests.tui.pictures docs/

The samples are read as a user's would be, with all rules.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Final

from arclogs.tui.bindings import KEYS, spelled
from arclogs.tui.screens.registry import PLACES
from tests.tui.driving import browsing, press

PICTURES: Final = {
    "findings": ("founding-with-accounts", "findings", []),
    "possible": ("founding-as-collected", "findings", []),
    "timeline": ("founding-with-accounts", "timeline", []),
    "records": ("founding-with-accounts", "records", ["e", "e", "e", "enter", "T"]),
    "objects": ("founding-with-accounts", "objects", ["down", "down", "down"]),
    "rule": ("founding-with-accounts", "rule", ["enter"]),
    "help": ("founding-with-accounts", "findings", ["question_mark"]),
}
SIZE: Final = (120, 36)
_SCOPES: Final = {"everywhere": "Everywhere", "moving": "Moving in any list or page",
                  "dialog": "In what opens over a screen"}  # fmt: skip


def keys_table() -> str:
    """Return all keys as Markdown, the id of each for a keymap."""
    names = [place.name for place in PLACES]
    parts = ["# Keys of `arclogs tui`", ""]
    for scope in ("everywhere", "moving", *names, "dialog"):
        parts += [f"## {_SCOPES.get(scope, f'On the screen {scope}')}", ""]
        parts += ["| keys | what they do | id for `[keys]` |", "|---|---|---|"]
        if scope == "everywhere":
            parts += [f"| `{p.key}` | screen {p.name} | |" for p in PLACES]
        for key in (k for k in KEYS if k.scope == scope):
            keys = " ".join(f"`{spelled(one)}`" for one in key.keys.split(","))
            parts.append(f"| {keys} | {key.help} | `{key.id}` |")
        parts.append("")
    return "\n".join(parts)


async def drawn(name: str) -> str:
    """Return one picture as SVG."""
    sample, screen, keys = PICTURES[name]
    async with browsing(sample, SIZE, screen=screen) as pilot:
        await press(pilot, *keys)
        return _without_fonts(pilot.app.export_screenshot(title=f"arclogs tui {sample}"))


def words_of(picture: str) -> list[str]:
    """Return the texts of a picture in their order, which no version of a library changes."""
    return re.findall(r">([^<>]+)</text>", picture)


def _without_fonts(picture: str) -> str:
    """Let the reader's own font do: a picture must load nothing from elsewhere."""
    return re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main(folder: Path) -> None:
    """Write all pictures and the table of keys."""
    (folder / "tui").mkdir(parents=True, exist_ok=True)
    (folder / "keys.md").write_text(keys_table(), encoding="utf-8")
    for name in PICTURES:
        picture = asyncio.run(drawn(name))
        (folder / "tui" / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
