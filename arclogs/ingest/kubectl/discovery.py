"""What kubectl tells of the cluster and of who asks: api-resources, whoami, can-i, cluster-info.

    NAME                    SHORTNAMES   APIVERSION                     NAMESPACED   KIND
    autoscalingrunnersets                actions.github.com/v1alpha1    true         AutoscalingRunnerSet
    ATTRIBUTE   VALUE
    Username    system:serviceaccount:arc-runners:linux-k8s-gha-rs-kube-mode

Written by kubectl `pkg/cmd/apiresources`, `pkg/cmd/auth/whoami.go`, `pkg/cmd/auth/cani.go` (`yes`, or
`no` with a reason) and `pkg/cmd/clusterinfo`.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.objects.object_text import KnownLines
from arclogs.ingest.tables.columns import read_header
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.lazy_regex import lazy_compile
from arclogs.model.observation import Collected, Observation, Trust
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.tables.columns import Header
    from arclogs.model.location import Location

_API = lazy_compile(r"NAME\s+SHORTNAMES\s+(?:APIVERSION|APIGROUP)\s+NAMESPACED\s+KIND")
_RESOURCE = lazy_compile(r"[a-z][a-z0-9./-]{0,252}")
_WHO = lazy_compile(r"ATTRIBUTE\s+VALUE\s*$")
_WHO_ROW = lazy_compile(r"(Username|UID|Groups|Extra: \S+)\s+(\S.*?)\s*$")
_CLUSTER = lazy_compile(
    r".{1,80} is running at https?://\S+|To further debug and diagnose cluster "
)
_ANSWER = lazy_compile(r"(yes|no)(?: - .{1,400})?\s*$")
_ASKED = lazy_compile(r"auth can-i (?P<verb>[a-z*]+) (?P<resource>[a-z*./-]+)")
_AS = lazy_compile(r"--as[= ]['\"]?([^\s'\"]+)")
_NAMESPACE = lazy_compile(r"\s(?:-n|--namespace)[= ]?([a-z0-9-]+)")
_SUBRESOURCE = lazy_compile(r"--subresource[= ]([a-z]+)")


_Line = tuple[int, str, str]
"""Index in the block, text without colours, the line as it is."""


def _answered(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are an answer: those in which kubectl speaks of itself are not."""
    for line in lines:
        text = strip_ansi(line)
        if text.strip() and not is_warning(text) and not is_error(text):
            yield text


class KubectlDiscovery:
    """Parser of small outputs about the cluster."""

    name = "kubectl-about"

    def sniff(self, head: Head) -> int:
        lines = _answered(head.lines)
        first = list(islice(lines, 3))
        if any(_API.match(text) or _WHO.match(text) for text in first):
            return 96
        if first and all(map(_CLUSTER.match, chain(first, lines))):
            return 90
        asked = head.command is not None and " can-i " in head.command
        alone = len(first) == 1 and (asked or len(head.lines) < 5)
        return 60 if alone and _ANSWER.match(first[0]) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        book = Notebook(block.member)
        lines: list[_Line] = []
        for index, raw in enumerate(block.lines):
            text = strip_ansi(raw)
            if is_error(text):
                yield read_error(text, block.at(index), book)
            elif text.strip() and not is_warning(text):
                lines.append((index, text, raw))
        if any(_API.match(text) for _, text, _ in lines[:3]):
            yield from _resources(lines, block)
        elif any(_WHO.match(text) for _, text, _ in lines[:3]):
            yield from _user(lines, block)
        else:
            yield from _words(lines, block)
        yield from book.notes()


def _resources(lines: list[_Line], block: Block) -> Iterator[Item]:
    """Yield the kinds that the cluster knows; one that is not listed has no CRD."""
    start: Location | None = None
    header: Header | None = None
    whole = True
    for index, text, raw in lines:
        place = block.at(index)
        if _API.match(text):
            whole = whole and start is None
            start, header = place, read_header(text)
            continue
        row = header.row(text) if header is not None else None
        cells = row.cells if row is not None else {}
        name, namespaced = cells.get("NAME", ""), cells.get("NAMESPACED")
        if _RESOURCE.fullmatch(name) is None or namespaced not in ("true", "false"):
            whole = False
            yield Unparsed(place, "no row of kubectl api-resources")
            continue
        fields: dict[str, Any] = {
            "metadata": {"name": name},
            "kind": cells.get("KIND", "").partition(" ")[0],
            "apiVersion": cells.get("APIVERSION", cells.get("APIGROUP", "")),
            "namespaced": namespaced == "true",
        }
        shown = KnownLines(
            {(key,): (place.line, raw) for key in ("metadata", "kind", "apiVersion")}
        )
        yield Observation("APIResource", name, None, fields, Trust.TABLE, place, locator=shown)
    piped = block.command is not None and "|" in block.command
    if start is not None and whole and not piped:
        yield Collected("APIResource", None, start, Trust.TABLE)


def _user(lines: list[_Line], block: Block) -> Iterator[Item]:
    """Yield who the API server takes the caller for, in the shape of a SelfSubjectReview."""
    info: dict[str, Any] = {}
    shown: dict[tuple[str | int, ...], tuple[int, str]] = {}
    for index, text, raw in lines:
        row = _WHO_ROW.match(text)
        if row is None:
            continue
        key = {"Username": "username", "UID": "uid", "Groups": "groups"}.get(row[1], row[1])
        info[key] = row[2].strip("[]").split() if key == "groups" else row[2]
        shown["status", "userInfo", key] = (block.at(index).line, raw)
    if "username" in info:
        fields = {"status": {"userInfo": info}}
        place = block.at(lines[0][0])
        yield Observation(
            "SelfSubjectReview", info["username"], None, fields, Trust.TABLE, place,
            locator=KnownLines(shown),
        )  # fmt: skip


def _words(lines: list[_Line], block: Block) -> Iterator[Item]:
    asked = _ASKED.search(block.command or "")
    for index, text, raw in lines:
        place, answer = block.at(index), _ANSWER.match(text)
        if asked is None or answer is None:
            yield Record(
                place.member, place.line, Source.KUBECTL, text.strip(), (raw,), level=Level.INFO
            )
            continue
        resource, _, sub = asked["resource"].partition("/")
        sub_option = _SUBRESOURCE.search(block.command or "")
        name, _, group = resource.partition(".")
        target = {"verb": asked["verb"], "resource": name, "group": group}
        if sub or sub_option is not None:
            target["subresource"] = sub or (sub_option[1] if sub_option is not None else "")
        namespace = _NAMESPACE.search(block.command or "")
        if namespace is not None:
            target["namespace"] = namespace[1]
        fields: dict[str, Any] = {
            "spec": {"resourceAttributes": target},
            "status": {"allowed": answer[1] == "yes"},
        }
        user = _AS.search(block.command or "")
        if user is not None:
            fields["spec"]["user"] = user[1]
        yield Observation(
            "SubjectAccessReview",
            f"{asked['verb']} {asked['resource']}",
            namespace[1] if namespace is not None else None,
            fields,
            Trust.TABLE,
            place,
            locator=KnownLines({("status", "allowed"): (place.line, raw)}),
        )
