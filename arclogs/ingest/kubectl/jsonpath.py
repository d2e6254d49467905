r"""One field of one object, as `-o jsonpath` prints it: the command above says what it is.

    $ kubectl -n arc-runners get pod ci-7hx2q-runner-w9k4d -o jsonpath='{.spec.serviceAccountName}'
    default

Simple paths only: `{.a.b}`, `{.metadata.labels.app\.kubernetes\.io/name}`, `{.a['b']}`. An empty answer
leaves no line to read. (Kubernetes client-go util/jsonpath)
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from arclogs.ingest.kubectl.errors import is_error
from arclogs.ingest.kubectl.options import Asked, asked
from arclogs.ingest.objects.object_text import REDACTED, KnownLines, Path
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Observation, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.ingest.interface import Block, Head, Item

_OUTPUT: Final = lazy_compile(r"jsonpath=\{(\.[^{}]+)\}(?:\{\"?\\n\"?\})?\s*$")
_PART: Final = lazy_compile(r"\.((?:[\w/-]|\\\.)+)|\[[\"']([^\"'\]]+)[\"']\]")
_WORDS: Final = {"true": True, "false": False}


class KubectlJsonPath:
    """Parser of the answer to `kubectl get KIND NAME -o jsonpath`."""

    name = "kubectl-jsonpath"

    def sniff(self, head: Head) -> int:
        """Look at the command: the answer itself could be anything."""
        command = asked(head.command)
        if command is None or not _path(command) or _target(command) is None:
            return 0
        lines = _shown(head.lines)
        return 99 if len(lines) == 1 and not is_error(lines[0][1]) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        command = asked(block.command)
        target = _target(command) if command is not None else None
        lines = _shown(list(block.lines))
        if command is None or target is None or not lines:
            return
        kind, name = target
        index, text = lines[0]
        path = _path(command)
        place = block.at(index)
        fields: dict[str, Any] = {}
        _put(fields, ("metadata", "name"), name)
        if command.namespace:
            _put(fields, ("metadata", "namespace"), command.namespace)
        secret = kind == "Secret" and path[0] != "metadata"
        _put(fields, path, REDACTED if secret else _value(text))
        shown = f"(a value of Secret {name})" if secret else text
        yield Observation(
            kind, name, command.namespace, fields, Trust.LIVE, place,
            locator=KnownLines({path: (place.line, shown)}),
        )  # fmt: skip


def _shown(lines: Sequence[str]) -> list[tuple[int, str]]:
    return [(index, line) for index, line in enumerate(lines) if line.strip()]


def _target(command: Asked) -> tuple[str, str] | None:
    """Return kind and name of the one object that was asked for."""
    if command.verb != "get" or command.kind is None or len(command.names) != 1:
        return None
    return command.kind, command.names[0]


def _path(command: Asked) -> Path:
    """Return the path of a simple expression, or an empty one."""
    match = _OUTPUT.match(command.output)
    if match is None or _PART.sub("", match[1]):
        return ()
    return tuple((bare or quoted).replace("\\.", ".") for bare, quoted in _PART.findall(match[1]))


def _value(text: str) -> Any:
    text = text.strip()
    if text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return _WORDS.get(text, text)


def _put(fields: dict[str, Any], path: Path, value: Any) -> None:
    *above, last = path
    for part in above:
        below = fields.setdefault(str(part), {})
        if not isinstance(below, dict):
            return
        fields = below
    fields[str(last)] = value
