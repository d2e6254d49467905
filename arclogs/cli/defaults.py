"""From settings to the defaults of options: checked, and each with its origin."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from arclogs.errors import UsageError
from arclogs.settings import settings_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from arclogs.settings import SettingsFile

# What a file that came with a bundle must not decide.
_ONLY_TRUSTED: Final = frozenset({"no-redact", "anonymize", "keep", "out", "run", "serve", "port"})
"""With all options that name a file or folder."""
_NO_SETTING: Final = frozenset({"help", "debug", "version", "config", "no_config"})
_PREFIX: Final = "ARCLOGS_"
_NO_OPTION: Final = frozenset({"ARCLOGS_NO_CACHE", "ARCLOGS_CONFIG"})
_OTHER_TABLES: Final = frozenset({"tui", "keys"})


class Default(Struct, frozen=True):
    """A value that a setting gives to an option."""

    command: str
    """`rules test`, or an empty text for all commands."""
    option: str
    value: Any
    origin: str


def defaults(group: click.Group, files: Sequence[SettingsFile]) -> list[Default]:
    """Return all values, the strongest first. Raise UsageError for what no option takes."""
    commands = dict(_commands(group))
    found = list(_from_environment(commands, os.environ))
    for file in files:
        found += _from_file(commands, file)
    return found


def default_map(group: click.Group, values: Sequence[Default]) -> dict[str, Any]:
    """Return the values as click wants them: tables by command, in them the options by parameter."""
    tables: dict[str, Any] = {}
    for name, command in _commands(group):
        chosen = {
            option.name: value.value
            for value in reversed(values)  # the strongest last
            if value.command in ("", name)
            and (option := _option(command, value.option))
            and not _fault(command, option, value.value)
        }
        if chosen:
            table = tables
            for word in name.split(" "):
                table = table.setdefault(word, {})
            table.update(chosen)
    return tables


def read_defaults(group: click.Group, config: Path | None, *, wanted: bool) -> dict[str, Any]:
    """Return the defaults that settings and environment give to the options of all commands."""
    files = settings_files(named=config) if wanted else []
    if not files and not any(map(_may_be_option, os.environ)):
        return {}  # nothing to look up, so that no command need be imported to know its options
    return default_map(group, defaults(group, files))


def _may_be_option(variable: str) -> bool:
    return variable.startswith(_PREFIX) and variable not in _NO_OPTION


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _option(command: click.Command, name: str) -> click.Option | None:
    """Return the option that a long name means: `no-progress`, `no_progress`."""
    flag = f"--{name.replace('_', '-')}"
    return next((p for p in command.params if isinstance(p, click.Option) and flag in p.opts), None)


def _from_environment(
    commands: Mapping[str, click.Command], environ: Mapping[str, str]
) -> Iterator[Default]:
    for name in sorted(_names(commands)):
        variable = f"{_PREFIX}{name.upper().replace('-', '_')}"
        text = environ.get(variable)
        if text:
            value = text.split(os.pathsep) if name == "rules" else text
            yield Default("", name, _checked(commands, name, value, variable), variable)


def _from_file(commands: Mapping[str, click.Command], file: SettingsFile) -> Iterator[Default]:
    """Yield the values of a file: what is for one command before, and so above, what is for all."""
    for table, values in _tables(file.tables):
        if table in _OTHER_TABLES:
            continue  # the terminal UI reads its own
        if table not in commands:
            shown = table.replace(" ", ".")
            raise UsageError(f"{file.path}: there is no table [{shown}]{_hint(table, commands)}")
        for name, value in values.items():
            yield _value({table: commands[table]}, table, name, value, file)
    for name, value in file.tables.items():
        if not isinstance(value, dict):
            yield _value(commands, "", name, value, file)


def _tables(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the tables by command; `[rules.test]` is that of `rules test`."""
    for name, table in tables.items():
        if name == "rules" and isinstance(table, dict):
            yield from ((f"rules {inner}", values) for inner, values in table.items())
        elif isinstance(table, dict):
            yield name, table


def _value(
    commands: Mapping[str, click.Command], command: str, name: str, value: Any, file: SettingsFile
) -> Default:
    key = name.replace("_", "-")
    known = _names(commands)
    where = f"{file.path}: {f'[{command}] ' if command else ''}{name}"
    if key not in known:
        raise UsageError(f"{where}: there is no such option{_hint(key, known)}")
    if not file.trusted and _reaches_out(commands, key):
        raise UsageError(
            f"{where}: a file in the working folder may not set this; it may have come with a "
            "bundle. Put it into your own settings (arclogs config path)"
        )
    if key == "rules":
        base = file.path.resolve().parent
        listed = value if isinstance(value, list) else [value]
        value = [str(base / Path(str(item)).expanduser()) for item in listed]
    return Default(command, key, _checked(commands, key, value, where), str(file.path))


def _reaches_out(commands: Mapping[str, click.Command], key: str) -> bool:
    """Tell an option that reads or writes files, shows secrets, runs something or opens a port."""
    options = [option for command in commands.values() if (option := _option(command, key))]
    return key in _ONLY_TRUSTED or any(isinstance(option.type, click.Path) for option in options)


def _checked(commands: Mapping[str, click.Command], name: str, value: Any, where: str) -> Any:
    """Return a value that an option of this name takes; raise UsageError with its place for others."""
    fault = ""
    for command in commands.values():
        option = _option(command, name)
        if option is None:
            continue
        given = [value] if option.multiple and not isinstance(value, list) else value
        fault = fault or _fault(command, option, given)
        if not _fault(command, option, given):
            return given
    raise UsageError(f"{where}: {fault}")


def _fault(command: click.Command, option: click.Option, value: Any) -> str:
    """Return what is wrong with a value, or nothing: `format = "csv"` is for some commands only."""
    if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
        return "a single value is wanted"
    try:
        option.type_cast_value(click.Context(command), value)
    except click.BadParameter as error:
        return error.message
    return ""


def _names(commands: Mapping[str, click.Command]) -> set[str]:
    names = {
        flag.removeprefix("--")
        for command in commands.values()
        for param in command.params
        if isinstance(param, click.Option)
        for flag in param.opts
        if flag.startswith("--")
    }
    return {name for name in names if name.replace("-", "_") not in _NO_SETTING}


def _hint(name: str, known: Any) -> str:
    import difflib

    close = difflib.get_close_matches(name, list(known), 1)
    return f" (did you mean {close[0]!r}?)" if close else ""
