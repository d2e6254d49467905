"""Every parser there is, in the order that settles a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest import (
    dind,
    export_azure,
    export_cloudwatch,
    export_datadog,
    export_elastic,
    export_google,
    export_loki,
    generic,
    hook,
    job_log,
    listener,
    runner,
    zap,
)
from arclogs.ingest.argocd import ArgoApplication
from arclogs.ingest.describe import DescribeParser
from arclogs.ingest.event_tables import EventTableParser
from arclogs.ingest.fragment import Fragment
from arclogs.ingest.helm import Helm
from arclogs.ingest.helm_output import HelmOutput
from arclogs.ingest.kubectl_discovery import KubectlDiscovery
from arclogs.ingest.kubectl_facts import KubectlFacts
from arclogs.ingest.kubectl_progress import KubectlProgress
from arclogs.ingest.kubectl_top import KubectlTop
from arclogs.ingest.manifest import Manifest
from arclogs.ingest.table_fragments import TableFragment
from arclogs.ingest.tables import TableParser

if TYPE_CHECKING:
    from arclogs.ingest.interface import Head, Parser

# State of the cluster before logs: its texts are the more particular ones.
PARSERS: tuple[Parser, ...] = (
    export_loki.PARSER,
    export_cloudwatch.PARSER,
    export_datadog.PARSER,
    export_elastic.PARSER,
    export_google.PARSER,
    export_google.YAML,
    export_azure.PARSER,
    Manifest(),
    Helm(),
    HelmOutput(),
    ArgoApplication(),
    KubectlFacts(),
    KubectlTop(),
    KubectlDiscovery(),
    KubectlProgress(),
    DescribeParser(),
    EventTableParser(),
    TableParser(),
    TableFragment(),
    Fragment(),
    zap.PARSER,
    listener.PARSER,
    runner.PARSER,
    job_log.PARSER,
    hook.PARSER,
    dind.PARSER,
    generic.PARSER,
)


def choose(head: Head) -> Parser:
    """Return the parser that is surest of a block; the generic one takes what no other knows."""
    return max(PARSERS, key=lambda parser: parser.sniff(head))
