"""Run by itself as a process (`parser_pool`): parse the YAML that comes in, under limits of its own.

    in:  size (8 bytes, little endian), marshal of a list of texts
    out: size, marshal of new shapes and of an answer for each text: (number of its shape, row) of a
         list that holds one object (`shapes`), (value,) of anything else, or why it has none

It imports the parser and nothing of arclogs, so that it starts in 20 ms, and it opens, writes and
connects to nothing: the limits see to that. What exceeds them ends this process and no other.
"""

from __future__ import annotations

import gc
import marshal
import resource
import sys

TYPE_CHECKING = False  # `typing` itself would be a third of what starting takes
if TYPE_CHECKING:
    from typing import Any

MEMORY = 1024**3
"""Bytes of address space; a batch of objects needs a few MiB."""
CPU_SECONDS = 600


def limit() -> None:
    """Give up what parsing does not need, for good."""
    wanted = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for what, most in wanted.items():
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # macOS knows no limit of address space
            continue


def flat(value: Any, row: list[Any]) -> tuple[object, ...] | None:
    """Return the shape of a value and put its scalars into `row`; raise TypeError for odd keys."""
    kind = value.__class__
    if kind is not dict and kind is not list:
        row.append(value)
        return None
    held = value.values() if kind is dict else value
    below = []
    for item in held:
        inner = item.__class__
        if inner is dict or inner is list:
            below.append(flat(item, row))
        else:
            row.append(item)
            below.append(None)
    if kind is list:
        return (tuple(below),)
    "".join(value)  # raises for a key that is no text
    return tuple(value), tuple(below)


def answer(
    value: Any, known: dict[tuple[object, ...] | None, int], new: list[object]
) -> tuple[object, ...]:
    """Return what stands for a value, and put its shape into `new` if it is the first of it."""
    if value.__class__ is not list or len(value) != 1 or value[0].__class__ is not dict:
        return (value,)
    row: list[object] = []
    try:
        shape = flat(value[0], row)
    except TypeError:
        return (value,)
    number = known.get(shape)
    if number is None:
        number = known[shape] = len(known)
        new.append(shape)
    return number, row


def main() -> None:
    """Answer until nothing more comes."""
    sys.path.append(sys.argv[1])
    from ryaml import loads  # type: ignore[attr-defined]  # re-exported without saying so

    limit()
    gc.disable()  # values are trees, and each batch is forgotten at once
    take, give = sys.stdin.buffer, sys.stdout.buffer
    known: dict[tuple[object, ...] | None, int] = {}
    while size := take.read(8):
        new: list[object] = []
        answers: list[tuple[object, ...] | str] = []
        for text in marshal.loads(take.read(int.from_bytes(size, "little"))):  # noqa: S302  # of our parent
            try:
                value = loads(text)
            except ValueError as error:
                answers.append(str(error))
            else:
                answers.append(answer(value, known, new))
        said = marshal.dumps((new, answers))
        give.write(len(said).to_bytes(8, "little") + said)
        give.flush()


if __name__ == "__main__":
    main()
