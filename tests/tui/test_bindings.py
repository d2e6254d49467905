"""The table of keys: complete, without clashes, and free of what multiplexers take."""

from __future__ import annotations

from collections import Counter

import pytest

from arclogs.cli.tui import SCREENS
from arclogs.tui.app import Browser
from arclogs.tui.bindings import KEYS
from arclogs.tui.screens.dialog import Dialog
from arclogs.tui.screens.registry import PLACES
from arclogs.tui.widgets.block_view import BlockView

MULTIPLEXERS = {"ctrl+a", "ctrl+b", "ctrl+j", "ctrl+s"}
OWNERS = {
    "moving": BlockView, "everywhere": Browser, "dialog": Dialog,
    **{place.name: place.screen for place in PLACES},
}  # fmt: skip


def test_the_command_line_knows_the_screens() -> None:
    assert tuple(place.name for place in PLACES) == SCREENS


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_a_key_is_explained_does_something_and_is_no_prefix_of_a_multiplexer(key) -> None:
    assert key.help
    assert not MULTIPLEXERS & set(key.keys.split(","))
    if key.name == "copy" and key.scope == "dialog":
        return  # not every dialog has something to copy
    action = key.action.split("(")[0].removeprefix("app.").removeprefix("screen.")
    owner = Browser if key.action.startswith("app.") else OWNERS[key.scope]
    assert hasattr(owner, f"action_{action}"), key.action


def test_ids_are_unique_and_no_screen_binds_a_key_twice() -> None:
    assert max(Counter(key.id for key in KEYS).values()) == 1
    for place in PLACES:
        scopes = (place.name, "everywhere")
        bound = [k for key in KEYS if key.scope in scopes for k in key.keys.split(",")]
        bound += [other.key for other in PLACES]
        assert max(Counter(bound).values()) == 1, Counter(bound).most_common(2)


def test_no_screen_takes_a_key_that_moves() -> None:
    moving = {k for key in KEYS if key.scope == "moving" for k in key.keys.split(",")}
    for key in KEYS:
        # on lanes, left and right are ways to move
        if key.scope not in ("moving", "dialog") and not key.action.startswith("screen.shift"):
            assert not moving & set(key.keys.split(",")), key.id
