"""A piece of YAML out of an object: indented, cut in front or in the middle, with things left out.

        name: linux-k8s-7hx2q-runner-w9k4d      metadata that lost its own line and the kind
      spec:
        serviceAccountName: default
        ...                                     somebody left something out

What it is a piece of: `object_fragments`. An object that shows its kind is `manifest`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.objects.manifest import read_objects
from arclogs.ingest.objects.object_rows import Origin
from arclogs.ingest.objects.pieces import METADATA_KEYS, POD_SPEC_KEYS
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from arclogs.ingest.interface import Block, Head, Item

_YAML = lazy_compile(
    r"\s*(?:- )*(?:[\w./\"'-]+:(?:\s|$)|- \S|[|>][+-]?$|[\]}],?$)|\s*(?:#|\.\.\.|…|---)"
)
_TELLING = lazy_compile(
    r"\s*(?:- )?(?:serviceAccountName|automountServiceAccountToken|containers|initContainers"
    r"|containerStatuses|roleRef|subjects|verbs|ownerReferences|deletionTimestamp|runnerScaleSetId"
    r"|runnerId|jobRequestId|ephemeralRunnerSpec|volumeMounts|imagePullSecrets):(?:\s|$)"
)
_KEY = lazy_compile(r"(\s*)(?:- )?([A-Za-z][\w./-]*):(?:\s|$)")
_SHARE = 0.8


class Fragment:
    """Parser of pieces of objects."""

    name = "fragment"
    long_lines = True

    def sniff(self, head: Head) -> int:
        lines = [line for line in head.lines if line and not line.isspace()]
        if not any(map(_TELLING.match, lines)):
            return 0
        yaml = sum(_YAML.match(line) is not None for line in lines)
        return 50 if yaml >= len(lines) * _SHARE else 0

    def parse(self, block: Block) -> Iterator[Item]:
        lines = list(block.lines)
        first, lines = _headed(lines, block.first_line)
        yield from read_objects(lines, first, Origin(block.member, command=block.command))


def _headed(lines: Sequence[str], first_line: int) -> tuple[int, list[str]]:
    """Return the lines with the key that the first of them have lost, and the number of the first.

    The lines of an object whose front is cut are indented below a key that is gone: it stood on the
    line before the first, and the next key at its column shows which column that was.
    """
    start = next((i for i, line in enumerate(lines) if _KEY.match(line)), None)
    match = _KEY.match(lines[start]) if start is not None else None
    if start is None or match is None or not match[1]:
        return first_line, list(lines)
    indent = len(match[1])
    keys: set[str] = set()
    column = None
    for line in lines[start:]:
        found = _KEY.match(line)
        if found is not None and len(found[1]) < indent:
            column = len(found[1])
            break
        if found is not None and len(found[1]) == indent:
            keys.add(found[2])
    if column is None or not keys:
        return first_line, list(lines)
    parent = "metadata" if keys <= METADATA_KEYS else "spec" if keys <= POD_SPEC_KEYS else None
    if parent is None:
        return first_line, list(lines)
    return first_line + start - 1, [f"{' ' * column}{parent}:", *lines[start:]]
