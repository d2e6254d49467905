"""The commands of a group by name, each imported when it is asked for: a run uses one of two dozen."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click


class Commands(MutableMapping[str, "click.Command"]):
    """What click takes for a dictionary of commands; knows their names without importing them."""

    def __init__(self, places: Mapping[str, str]) -> None:
        """Take `module:name` of each command."""
        self._places = dict(places)
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            module, _, command = self._places[name].partition(":")
            self._loaded[name] = getattr(import_module(module), command)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._places[name] = ""
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._loaded.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
