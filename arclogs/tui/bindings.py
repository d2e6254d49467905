"""Every key of the terminal UI: one table for bindings, key line, help, README and keymaps.

No key is a prefix of tmux, screen or wezterm (ctrl+b, ctrl+a, ctrl+s, ctrl+j).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct
from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from collections.abc import Iterable

Scope: TypeAlias = Literal[
    "everywhere", "moving", "findings", "timeline", "records", "objects", "rule", "dialog"
]


class Key(Struct, frozen=True):
    """One action and the keys that do it."""

    scope: Scope
    """Where it works; the first part of its id."""
    name: str
    keys: str
    """As textual spells them, separated by commas; the first is shown."""
    action: str
    help: str
    brief: str = ""
    """Words for the key line; empty: it stands in the help only."""
    shown: str = ""
    """How the keys are written, where the first key alone would mislead."""

    @property
    def id(self) -> str:
        """Return the name by which a keymap of the configuration calls it."""
        return f"{self.scope}.{self.name}"

    @property
    def label(self) -> str:
        """Return how the keys are written for people."""
        return self.shown or spelled(self.keys.split(",")[0])


KEYS: Final = (
    Key("moving", "down", "down,j", "move(1)", "down", "move", "↑↓"),
    Key("moving", "up", "up,k", "move(-1)", "up", "", "↑ k"),
    Key("moving", "page-down", "pagedown,space", "page(0.9)", "a page down", "", "PgDn space"),
    Key("moving", "page-up", "pageup,b", "page(-0.9)", "a page up", "", "PgUp b"),
    Key("moving", "half-down", "ctrl+d", "page(0.5)", "half a page down"),
    Key("moving", "half-up", "ctrl+u", "page(-0.5)", "half a page up"),
    Key("moving", "top", "home,g", "edge(False)", "to the top", "", "Home g"),
    Key("moving", "end", "end,G", "edge(True)", "to the end", "", "End G"),
    Key("moving", "open", "enter,right,l", "open", "open what the cursor is on", "open"),
    Key("findings", "copy", "y", "copy", "copy the command or line under the cursor, or the fix",
        "copy"),
    Key("findings", "ticket", "Y", "ticket", "copy the summary for a ticket, as Markdown",
        "copy ticket"),
    Key("findings", "rule", "r", "rule", "show the rule behind it", "rule"),
    Key("findings", "next", "right_square_bracket", "step(1)", "next finding", "", "]"),
    Key("findings", "previous", "left_square_bracket", "step(-1)", "previous finding", "", "["),
    Key("findings", "filter", "slash", "filter", "show only entries with a text", "filter"),
    Key("timeline", "later", "right,l", "screen.shift(1)", "a column later", "move", "←→"),
    Key("timeline", "earlier", "left,h", "screen.shift(-1)", "a column earlier", "", "← h"),
    Key("timeline", "in", "plus,equals_sign", "screen.zoom(2)", "half the time, twice as sharp",
        "zoom", "+/-"),
    Key("timeline", "out", "minus", "screen.zoom(0.5)", "twice the time"),
    Key("timeline", "fit", "0", "screen.fit", "all of the time", "fit"),
    Key("timeline", "next", "n", "screen.mark(1)", "next finding or warning event", "finding", "n/N"),
    Key("timeline", "previous", "N", "screen.mark(-1)", "previous finding or warning event"),
    Key("timeline", "error", "e", "screen.error(1)", "next column with errors", "error", "e/E"),
    Key("timeline", "error-back", "E", "screen.error(-1)", "previous column with errors"),
    Key("timeline", "zone", "z", "app.zone", "times in UTC, or in this machine's zone"),
    Key("timeline", "lanes", "L", "screen.lanes", "a lane for each pod, job or file", "lanes"),
    Key("records", "filter", "slash", "filter", "show only rows that fit, as `records --where` does",
        "filter"),
    Key("records", "exclude", "exclamation_mark", "filter(' -')", "leave out rows with a text",
        "exclude"),
    Key("records", "field", "ampersand", "field", "show only rows of the same pod, job or program",
        "same pod"),
    Key("records", "toggle", "ctrl+f", "filters", "filters off and on, the cursor stays on its row",
        "filters off/on"),
    Key("records", "error", "e", "level(40, 1)", "next error", "error", "e/E"),
    Key("records", "error-back", "E", "level(40, -1)", "previous error"),
    Key("records", "warning", "w", "level(30, 1)", "next warning", "", "w/W"),
    Key("records", "warning-back", "W", "level(30, -1)", "previous warning"),
    Key("records", "match", "n", "match(1)", "next row that fits, with filters off", "", "n/N"),
    Key("records", "match-back", "N", "match(-1)", "previous row that fits"),
    Key("records", "mark", "m", "mark", "mark the row, or no longer", "mark"),
    Key("records", "marked", "u", "marked(1)", "next mark", "", "u/U"),
    Key("records", "marked-back", "U", "marked(-1)", "previous mark"),
    Key("records", "time", "at", "time", "go to a time", "time"),
    Key("records", "timeline", "t", "timeline", "show the timeline at this row"),
    Key("records", "zone", "z", "app.zone", "times in UTC, or in this machine's zone", "", "z"),
    Key("records", "delta", "T", "delta", "show the time since the row above", "Δ"),
    Key("records", "wrap", "ctrl+w", "wrap", "show all lines of each message, wrapped", "wrap"),
    Key("records", "pretty", "p", "shape",
        "all of the row: as a message, with JSON laid out, as it is written in the file"),
    Key("records", "copy", "y", "copy", "copy the row, or the line of the detail pane", "copy"),
    Key("records", "export", "x", "export", "write the rows that are shown to a file", "export"),
    Key("records", "close", "left,h", "close", "close the detail pane, as esc does"),
    Key("objects", "copy", "y", "copy", "copy the name, line or message under the cursor", "copy"),
    Key("objects", "yaml", "Y", "yaml", "copy all fields as YAML, each with its source",
        "copy YAML"),
    Key("objects", "owner", "J", "owner", "go to the owner", "owner"),
    Key("objects", "filter", "slash", "filter",
        "show only objects whose kind, name or state has a text", "filter"),
    Key("objects", "uses", "u", "section('Used by')", "go to what uses it", "used by"),
    Key("objects", "describe", "d", "section('')", "go to what is known of it: state, owners, sources"),
    Key("objects", "fields", "f", "section('Fields')", "go to its fields", "fields"),
    Key("rule", "edit", "e", "edit", "edit the rule, or a copy of a shipped one, in $EDITOR", "edit"),
    Key("rule", "again", "R", "again", "load all rules anew and judge the bundle again",
        "run again"),
    Key("rule", "copy", "y", "copy", "copy the line, the reference or the name of the rule", "copy"),
    Key("rule", "filter", "slash", "filter", "show only rules with a text", "filter"),
    Key("dialog", "close", "escape,q", "close", "close it"),
    Key("dialog", "copy", "y", "copy", "copy the line under the cursor"),
    Key("everywhere", "pane", "tab", "app.focus_next", "next pane"),
    Key("everywhere", "pane-back", "shift+tab", "app.focus_previous", "previous pane"),
    Key("everywhere", "back", "escape", "app.back", "back; while it is read: read no further"),
    Key("everywhere", "help", "question_mark,f1", "app.help", "keys, words, this bundle", "help"),
    Key("everywhere", "palette", "ctrl+p,colon", "app.command_palette",
        "every action, rule and file by name", "", ": ctrl+p"),
    Key("everywhere", "quit", "q", "app.leave", "back, and quit where there is none", "quit"),
)  # fmt: skip
"""The order is that of the help; within a scope that of the key line."""

_NAMES: Final = {
    "slash": "/", "question_mark": "?", "colon": ":", "exclamation_mark": "!", "plus": "+",
    "equals_sign": "=", "minus": "-", "ampersand": "&", "at": "@", "escape": "esc", "pagedown": "PgDn",
    "pageup": "PgUp", "right_square_bracket": "]", "left_square_bracket": "[", "left": "←", "right": "→",
    "up": "↑", "down": "↓",
}  # fmt: skip


def spelled(key: str) -> str:
    """Return a key as people write it."""
    lead, plus, last = key.strip().rpartition("+")
    return f"{lead}{plus}{_NAMES.get(last, last)}"


def keys_of(*scopes: str) -> Iterable[Key]:
    """Return the keys of some scopes, in the order of the table."""
    return (key for key in KEYS if key.scope in scopes)


def bindings_of(scope: Scope) -> list[BindingType]:
    """Return the bindings of a scope for a screen, a widget or the app."""
    return [
        Binding(
            key.keys, key.action, key.brief or key.help, show=bool(key.brief), tooltip=key.help,
            id=key.id,
        )
        for key in keys_of(scope)
    ]  # fmt: skip
