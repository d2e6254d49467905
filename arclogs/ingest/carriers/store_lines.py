"""Lines of the command line tools of log stores, which put stream or labels before each line.

    2026-11-23T02:06:24Z {container="runner", pod="linux-k8s-x2f7d-runner-w9k4d"} Exiting...     logcli
    2026-11-23T02:06:24.214000+00:00 ip-1-application.var.log.containers.<pod>_<ns>_<container>-<id> bye

Sources: loki pkg/logcli/output/default.go, aws-cli customizations/logs/tail.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.exports.labels import pod_of, pod_of_path
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.line import Line
from arclogs.ingest.text.timestamps import RFC3339, parse_timestamp
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from arclogs.ingest.logs.assemble import Notebook
    from arclogs.ingest.text.line import Pods

_LABEL = r'[A-Za-z_]\w*="(?:[^"\\]|\\.)*"'
_LOGCLI = lazy_compile(rf"({RFC3339}) (\{{(?:{_LABEL}(?:, ?)?)*\}})(?: |$)")
_TAIL = lazy_compile(rf"({RFC3339}) (\S*var\.log\.containers\.\S+)(?: |$)")
_PAIR = lazy_compile(r'([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"')


def is_store_line(line: str) -> bool:
    """Tell whether a line has one of the two forms."""
    return line[:1] == "2" and (_LOGCLI.match(line) or _TAIL.match(line)) is not None


def store_lines(lines: Iterable[tuple[int, str]], pods: Pods, _book: Notebook) -> Iterator[Line]:
    """Yield the lines without time and labels, which tell the pod."""
    for number, raw in lines:
        labelled = _LOGCLI.match(raw)
        match = labelled or _TAIL.match(raw)
        if match is None:
            yield Line(number, raw, strip_ansi(raw), None, pods.base)
            continue
        said = pod_of(dict(_PAIR.findall(match[2]))) if labelled else pod_of_path(match[2])
        origin = pods.of(said.pod, said.container, said.namespace)
        yield Line(number, raw, strip_ansi(raw[match.end() :]), parse_timestamp(match[1]), origin)
