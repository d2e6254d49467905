"""Output of a container hook as the hook itself prints it, before the runner rewrites it.

    ::debug::Job pod created, waiting for it to come online linux-k8s-x2f7d-runner-w9k4d-workflow
    ::error::Error: failed to create job pod: HttpError: HTTP request failed
    ::error::TypeError: Converting circular structure to JSON%0A    --> starting at object …

Sources: actions/runner-container-hooks packages/k8s/src, @actions/core command.ts (escapes), and
node's own report of an uncaught error on stderr.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.kubectl.logs import read_kubectl
from arclogs.ingest.logs.api_status import unwrap_status
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.logs.hook_stages import staged
from arclogs.ingest.text.levels import level_of
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line

__all__ = ["PARSER", "HookOutput", "container_mode", "read_command", "unwrap_status"]

_COMMAND = lazy_compile(r"::(debug|notice|warning|error)(?: [^:]*)?::(.*)", re.DOTALL)
_NODE = lazy_compile(r"node:internal/|node:events|Node\.js v\d+|UnhandledPromiseRejection")
_THROWN = lazy_compile(r"(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception|Rejection)\b[^:]{0,80}:")
_PATH = lazy_compile(r"/(k8s|k8s-novolume)/index\.js$")
_ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))


class HookOutput:
    """Parser of a hook's raw stdout and stderr."""

    name = "hook"

    def sniff(self, head: Head) -> int:
        texts = head_texts(head)
        commands = sum(_COMMAND.match(t) is not None for t in texts)
        crash = bool(texts) and _NODE.match(texts[0]) is not None
        # The output of the command that the hook runs stands between the hook's own lines.
        return 80 if crash or commands * 3 >= len(texts) > 0 else confidence(commands, len(texts))

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)

        def bare(line: Line) -> Draft:
            level = Level.ERROR if _THROWN.match(line.text) else None
            own = Draft(line, Source.HOOK, line.text, line.timestamp, level)
            return read_kubectl(line, desk.book, block.command) or own

        def stack(line: Line) -> str | None:
            return line.text if line.text[:1].isspace() or line.text == "}" else None

        lines = unwrap(block, desk.book)
        yield from staged(assemble(desk, lines, read_command, stack, bare))


def read_command(line: Line) -> Draft | None:
    """Return the draft of a workflow command that carries a message, or None."""
    if not line.text.startswith("::"):
        return None
    match = _COMMAND.match(line.text)
    if match is None:
        return None
    text, said = unwrap_status(_unescape(match[2]))
    fields = {**line.origin, **said} if said else None
    level = level_of(match[1])
    return Draft(line, Source.HOOK, text, line.timestamp, level, None, fields)


def container_mode(hook: str) -> str | None:
    """Return the container mode whose hook lies at a path in the runner image, or None."""
    match = _PATH.search(hook)
    if match is None:
        return None
    return "kubernetes" if match[1] == "k8s" else "kubernetes-novolume"


def _unescape(data: str) -> str:
    if "%" not in data:
        return data
    for escape, character in _ESCAPES:
        data = data.replace(escape, character)
    return data.replace("\r\n", "\n").rstrip("\n")


PARSER = HookOutput()
