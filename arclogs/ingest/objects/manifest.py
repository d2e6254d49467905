"""Kubernetes objects in YAML or JSON: one, a list, a typed list, or many documents.

    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: linux-k8s-gha-rs-kube-mode, namespace: arc-runners}

Written by `kubectl get -o yaml|json` (cli-runtime printers), `kubectl cluster-info dump`,
troubleshoot.sh and `oc adm inspect`; often with kubectl's own words before, between and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.interface import Unparsed
from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.kubectl.logs import is_kubectl
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.objects.documents import Aside, Entry, Feed, ListEnd, Part, Problem, joined
from arclogs.ingest.objects.elisions import marked, may_be_marked
from arclogs.ingest.objects.json.documents import read_json
from arclogs.ingest.objects.kube_objects import ListReader
from arclogs.ingest.objects.object_rows import Origin
from arclogs.ingest.objects.yaml.documents import read_yaml
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.interface import Block, Head, Item

_YAML_KEY = lazy_compile(r"\s*(?:- )*([A-Za-z][\w./-]*):(?:\s|$)")
_YAML_OBJECT = lazy_compile(r"\s*(?:- )?apiVersion:\s+\S|\s*(?:- )?kind:\s+[A-Z]\w+\s*$")
_JSON_OBJECT = lazy_compile(r'"(?:apiVersion|kind|items|metadata)"\s*:')
_JSON_LOG = lazy_compile(r'"(?:ts|time|level|severity|msg|log)"\s*:')
_BETWEEN = lazy_compile(r"\s*(?:#|---(?:\s|$)|\.\.\.\s*$|$)")
_NOTHING = ("null", "[]", "{}")
_EXTENSION = lazy_compile(r"\.(?:ya?ml|json)(?:\.gz)?$")
# Aliases and deep nesting: no dump of kubectl's, but not to be read as a log without a word either.
_ODD = lazy_compile(r"(?:^|[\s\[{,:-])\*\w|(?:[\[{]\s?){20}")
_JSON_START = lazy_compile(r"\s*(?:\{\s*(?:\"|\}|$)|\[\s*(?:[\[{\"\]\d]|true|false|null|$))")
_AS_YAML = {Code.JSON_SYNTAX: Code.YAML_SYNTAX, Code.JSON_TOO_DEEP: Code.YAML_TOO_DEEP}


class Manifest:
    """Parser of object dumps."""

    name = "manifest"
    long_lines = True

    def sniff(self, head: Head) -> int:
        lines = [x for x in head.lines if not _BETWEEN.match(x) and not is_aside(x)]
        if not lines:
            return 0
        first = lines[0].strip()
        if first in _NOTHING:
            return 60
        some = 30 if _EXTENSION.search(head.name) and any(map(_ODD.search, lines)) else 0
        if first[0] in "{[":
            if first.endswith("}") and _JSON_LOG.search(first):
                return 0
            return 90 if any(map(_JSON_OBJECT.search, lines)) else some
        if any(map(_YAML_OBJECT.match, lines)):
            return 95 if _YAML_KEY.match(first) else 40
        return some if _YAML_KEY.match(first) else 0

    def parse(self, block: Block) -> Iterator[Item]:
        origin = Origin(block.member, command=block.command)
        yield from read_objects(block.lines, block.first_line, origin)


def read_objects(lines: Iterable[str], first_line: int, origin: Origin) -> Iterator[Item]:
    """Yield the objects of a text, what they prove collected, and what could not be read."""
    book = Notebook(origin.member)
    reader = ListReader(origin)
    yaml_file = origin.member.endswith((".yaml", ".yml"))
    for part in read_documents(Feed(joined(lines), first_line, marked, may_be_marked)):
        match part:
            case Entry():
                yield from reader.entry(part)
            case ListEnd():
                yield from reader.end(part)
            case Problem():
                code = _AS_YAML.get(part.code, part.code) if yaml_file else part.code
                book.each(code, f"line {part.line}: {part.detail}")
                yield Unparsed(Location(origin.member, part.line), part.detail)
            case Aside():
                if is_error(part.text):
                    yield read_error(part.text, Location(origin.member, part.line), book)
    yield from book.notes()


def read_documents(feed: Feed) -> Iterator[Part]:
    """Yield the parts of all documents, YAML and JSON in any mixture."""
    while (line := feed.next()) is not None:
        if _BETWEEN.match(line):
            continue
        if is_aside(line):
            yield Aside(feed.number, line)
            continue
        feed.back()
        if _JSON_START.match(line):
            yield from read_json(feed)
        else:
            yield from read_yaml(feed, is_aside)


def is_aside(line: str) -> bool:
    """Tell a line in which kubectl speaks of itself."""
    return line[:1] not in " -\t" and (is_error(line) or is_warning(line) or is_kubectl(line))
