"""Every parser there is, in the order that settles a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arclogs.ingest.describe.parser import DescribeParser
from arclogs.ingest.exports import azure, cloudwatch, datadog, elastic, entries, google, loki
from arclogs.ingest.helm.argocd import ArgoApplication
from arclogs.ingest.helm.output import HelmOutput
from arclogs.ingest.helm.parser import Helm
from arclogs.ingest.kubectl.discovery import KubectlDiscovery
from arclogs.ingest.kubectl.facts import KubectlFacts
from arclogs.ingest.kubectl.jsonpath import KubectlJsonPath
from arclogs.ingest.kubectl.progress import KubectlProgress
from arclogs.ingest.kubectl.top import KubectlTop
from arclogs.ingest.logs import dind, generic, hook, job_log, listener, runner, zap
from arclogs.ingest.objects.fragment import Fragment
from arclogs.ingest.objects.manifest import Manifest
from arclogs.ingest.tables.event_tables import EventTableParser
from arclogs.ingest.tables.fragments import TableFragment
from arclogs.ingest.tables.parser import TableParser

if TYPE_CHECKING:
    from arclogs.ingest.interface import Head, Parser

# State of the cluster before logs: its texts are the more particular ones.
_OF_STATE: tuple[Parser, ...] = (
    loki.PARSER,
    cloudwatch.PARSER,
    datadog.PARSER,
    elastic.PARSER,
    google.PARSER,
    google.YAML,
    azure.PARSER,
    entries.PARSER,
    Manifest(),
    Helm(),
    HelmOutput(),
    ArgoApplication(),
    KubectlFacts(),
    KubectlJsonPath(),
    KubectlTop(),
    KubectlDiscovery(),
    KubectlProgress(),
    DescribeParser(),
    EventTableParser(),
    TableParser(),
    TableFragment(),
    Fragment(),
)
_OF_LOGS: tuple[Parser, ...] = (
    zap.PARSER,
    listener.PARSER,
    runner.PARSER,
    job_log.PARSER,
    hook.PARSER,
    dind.PARSER,
    generic.PARSER,
)
PARSERS: tuple[Parser, ...] = (*_OF_STATE, *_OF_LOGS)

CERTAIN: Final = 100
SUREST_OF_A_LOG: Final = 95
"""No parser of logs claims a block with more: where another does, they are not asked."""

_BY_NAME = {parser.name: parser for parser in PARSERS}


def named(name: str | None) -> Parser | None:
    """Return the parser of a format, or None where none has the name."""
    return _BY_NAME.get(name) if name is not None else None


def choose(head: Head) -> Parser:
    """Return the parser that is surest of a block; the generic one takes what no other knows."""
    surest: Parser = generic.PARSER
    score = -1
    for parsers, enough in ((_OF_STATE, CERTAIN), (_OF_LOGS, SUREST_OF_A_LOG)):
        for parser in parsers:
            if score >= enough:
                return surest
            if (own := parser.sniff(head)) > score:
                surest, score = parser, own
    return surest
