"""Field paths: how rules and code name a place inside a Kubernetes object.

    spec.serviceAccountName
    metadata.labels["actions.github.com/scale-set-name"]
    spec.containers[*].env[name=ACTIONS_RUNNER_CONTAINER_HOOKS].value

`[*]` is every item of a list, `[key=value]` the items whose key has that value, `[0]` one item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

Place: TypeAlias = tuple[str | int, ...]
"""Keys and indices of one value, as a locator wants them."""


class Each(Struct, frozen=True):
    """Every item of a list."""


class Having(Struct, frozen=True):
    """The items of a list whose `key` has `value`."""

    key: str
    value: str


Step: TypeAlias = str | int | Each | Having

_STEP = lazy_compile(
    r"""
    \.?(?P<key>[^.\[\]]+)                          # spec
    | \[\s*"(?P<quoted>[^"]*)"\s*\]                # ["app.kubernetes.io/name"]
    | \[(?P<each>\*)\]                             # [*]
    | \[(?P<index>\d{1,6})\]                       # [0]
    | \[(?P<having>[A-Za-z]\w*)=(?P<value>[^\]]*)\]  # [name=runner]
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def parse_path(text: str) -> tuple[Step, ...]:
    """Parse a path; raise ValueError with the place where it stops making sense."""
    steps: list[Step] = []
    position = 0
    while position < len(text):
        found = _STEP.match(text, position)
        if found is None:
            raise ValueError(f"cannot read field path {text!r} from {text[position:]!r}")
        position = found.end()
        if found["key"] is not None:
            steps.append(found["key"])
        elif found["quoted"] is not None:
            steps.append(found["quoted"])
        elif found["each"] is not None:
            steps.append(Each())
        elif found["index"] is not None:
            steps.append(int(found["index"]))
        else:
            steps.append(Having(found["having"], found["value"]))
    if not steps:
        raise ValueError("empty field path")
    return tuple(steps)


def spelled(steps: Sequence[Step]) -> str:
    """Return a path with every choice of list items written as `[]`."""
    text = ""
    for step in steps:
        if isinstance(step, str):
            text += f".{step}" if text else step
        else:
            text += "[]"
    return text


def walk(value: Any, steps: Sequence[Step], place: Place = ()) -> Iterator[tuple[Any, Place]]:
    """Yield every value that a path leads to, with its exact place."""
    if not steps:
        yield value, place
        return
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        if isinstance(value, Mapping) and step in value:
            yield from walk(value[step], rest, (*place, step))
        return
    if not _is_list(value):
        return
    for index, item in enumerate(value):
        chosen = (
            index == step if isinstance(step, int) else isinstance(step, Each) or _has(item, step)
        )
        if chosen:
            yield from walk(item, rest, (*place, index))


def reach(value: Any, steps: Sequence[Step]) -> list[Any]:
    """Return the values that `walk` yields, without their places."""
    level = [value]
    for step in steps:
        if isinstance(step, str):
            level = [at[step] for at in level if isinstance(at, dict | Mapping) and step in at]
        else:
            level = [item for at in level for item in chosen(at, step)]
        if not level:
            break
    return level


def chosen(holder: Any, step: int | Each | Having) -> Sequence[Any]:
    """Return the items of a list that a step leads to; none of what is no list."""
    if not _is_list(holder):
        return ()
    items: Sequence[Any] = holder
    if isinstance(step, Each):
        return items
    if isinstance(step, int):
        return items[step : step + 1]
    return [item for item in items if _has(item, step)]


def _is_list(value: Any) -> bool:
    if isinstance(value, list):
        return True
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _has(item: Any, step: Having) -> bool:
    if not isinstance(item, dict | Mapping):
        return False
    value = item.get(step.key)
    return (value if isinstance(value, str) else scalar_text(value)) == step.value


def scalar_text(value: Any) -> str:
    """Return a scalar as YAML spells it, so that `true` in a rule equals true in a dump."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
