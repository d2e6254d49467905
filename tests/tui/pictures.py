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

from arclogs.tui.app import Browser
from arclogs.tui.bindings import KEYS, spelled
from arclogs.tui.screens.registry import PLACES
from arclogs.tui.session.events import Order
from arclogs.tui.session.process import ReadingProcess
from arclogs.tui.session.session import Session

SAMPLES: Final = Path(__file__).parents[2] / "samples"
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


async def draw(name: str, folder: Path) -> None:
    """Write one picture."""
    sample, screen, keys = PICTURES[name]
    app = Browser(Session(Order((SAMPLES / sample,)), ReadingProcess()), screen)
    async with app.run_test(size=SIZE) as pilot:
        while app.session.reading:
            await pilot.pause(0.1)
        await pilot.pause(1.0)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.5)
        picture = app.export_screenshot(title=f"arclogs tui {sample}")
        (folder / f"{name}.svg").write_text(_without_fonts(picture), encoding="utf-8")


def _without_fonts(picture: str) -> str:
    """Let the reader's own font do: a picture must load nothing from elsewhere."""
    return re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)


def main(folder: Path) -> None:
    """Write all pictures and the table of keys."""
    (folder / "tui").mkdir(parents=True, exist_ok=True)
    (folder / "keys.md").write_text(keys_table(), encoding="utf-8")
    for name in PICTURES:
        asyncio.run(draw(name, folder / "tui"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
