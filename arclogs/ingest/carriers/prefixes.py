"""Whatever carried a log to us: prefixes that tools put in front of every line.

    2026-11-23T02:06:24.214553000Z √ Connected to GitHub          kubectl logs --timestamps
    [pod/linux-k8s-x2f7d-runner-w9k4d/runner] Listening for Jobs  kubectl logs --prefix
    linux-k8s-x2f7d-runner-w9k4d runner Listening for Jobs        stern
    arc-runners/linux-k8s-x2f7d-runner-w9k4d[runner]: Listening … kail
    [linux-k8s-x2f7d-runner-w9k4d runner] Listening for Jobs      kubetail
    Nov 20 10:04:05 worker-3 kubelet[812]: E1120 10:04:05.223456  journalctl of a node, syslog

Also the tools of log stores (`store_lines`), k9s screens, log viewers that print their own local
stamp, GitHub's "show timestamps", and the files of container runtimes (`runtime_files`). Sources:
kubectl pkg/cmd/logs, stern's default template and its notes of containers that come and go (on
stderr, so in what was copied off a terminal), kail's writer.go, kubetail's script, systemd's
src/shared/logs-show.c.

The carrier is recognised once, from the head of the block, and then removed line by line; a line
that does not wear it (kubectl's own error between two logs) passes as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from arclogs.ingest.carriers import runtime_files
from arclogs.ingest.carriers.store_lines import is_store_line, store_lines
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.ingest.text.line import Line, Pods
from arclogs.ingest.text.origin import is_runner_pod
from arclogs.ingest.text.timestamps import ISO, RFC3339, parse_rfc1123, parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    import re
    from datetime import datetime

Numbered: TypeAlias = Iterable[tuple[int, str]]
Carrier: TypeAlias = Callable[[Numbered, Pods, Notebook], Iterator[Line]]

_CONTAINERS = frozenset(
    {
        "autoscaler",
        "dind",
        "dind-rootless",
        "docker",
        "github-webhook-server",
        "init-dind-externals",
        "job",
        "kube-rbac-proxy",
        "listener",
        "manager",
        "runner",
    }
)  # of ARC's pods: such a word between pod and message is a container's name

_TIMESTAMP = lazy_compile(rf"({RFC3339})(?: |$)")
_PREFIX = lazy_compile(r"\[pod/(?P<pod>[^/\]\s]+)/(?P<container>[^\]\s]+)\] ?")
_STERN = lazy_compile(r"(?:[a-z0-9-]+ )?([a-z0-9][a-z0-9.]*-[a-z0-9.-]*) ([a-z0-9-]{1,63}) ")
_STERN_NOTE = lazy_compile(r"[+-] [a-z0-9][a-z0-9./-]*(?: › [a-z0-9-]+)?\s*$")  # comes and goes
_KAIL = lazy_compile(
    r"(?P<namespace>[a-z0-9-]{1,63})/(?P<pod>[a-z0-9][a-z0-9.-]*)\[(?P<container>[a-z0-9-]{1,63})\]: ?"
)
_KUBETAIL = lazy_compile(
    r"\[(?P<pod>[a-z0-9][a-z0-9.]*-[a-z0-9.-]*)(?: (?P<container>[a-z0-9-]{1,63}))?\] ?"
)
_SYSLOG = lazy_compile(
    rf"(?:[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d|({ISO})) [\w.-]{{1,253}} "
    r"(?:[\w.@/-]{1,64}\[\d{1,10}\]|kernel): ?(?:\[ *\d+\.\d+\] )?"
)
_BOX = lazy_compile(r"\s*[│┃┌└╭╰┏┗] ?")
_BOX_TITLE = lazy_compile(r"[ ─━]*Logs?\(([^/\s)]+)/([^:\s)]+)(?::([^\s)]+))?\)")
_BORDER = lazy_compile(r"[ ─━┐┘╮╯┓┛]*$")
_SHIPPER = lazy_compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\t")
_WEB = lazy_compile(r"([A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT)(?: |$)")
_DUMP = lazy_compile(r"==== (START|END) logs for container (\S+) of pod ([^/\s]+)/(\S+) ====$")

_JOB_STAMP = lazy_compile(r".{19}\.\d{7}Z")
_LEVEL_NEXT = lazy_compile(r"\s*(?:DEBUG|INFO|WARN|ERROR)\s")  # the stamp is zap's own


def carrier_of(head: Sequence[str]) -> Carrier:
    """Return what carries most of the lines of a head."""
    return _carrier_of(tuple(head))


@lru_cache(maxsize=4)  # a head is asked for by whoever chooses its parser, and by the parser
def _carrier_of(head: tuple[str, ...]) -> Carrier:
    worn = [line for line in head if line and not line.isspace()]
    if any(_is_stern_note(line) for line in worn):
        said = [line for line in worn if not _is_stern_note(line)]
        if said and _share_of(said, _wears_stern, 0.8):
            return _stern
    if worn:
        for share, wears, carrier in _CARRIERS:
            if _share_of(worn, wears, share):
                return carrier
        if _wear_timestamps(worn):
            return timestamps
    return bare


def _share_of(lines: Sequence[str], fits: Callable[[str], bool], share: float) -> bool:
    """Tell whether a share of lines fits; no more are asked than it takes to know."""
    misses = len(lines) - len(lines) * share  # so many may miss
    for line in lines:
        if not fits(line):
            misses -= 1
            if misses < 0:
                return False
    return True


def bare(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
    """Yield lines that nothing carried, but for the markers of `kubectl cluster-info dump`."""
    origin = pods.base
    for number, raw in lines:
        if raw.startswith("==== "):
            match = _DUMP.match(raw)
            if match is not None:
                said = (match[4], match[2], match[3]) if match[1] == "START" else (None,)
                origin = pods.of(*said)
                continue
        yield Line(number, raw, strip_ansi(raw), None, origin)


def timestamps(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
    """Yield lines without the stamp that kubelet puts before each."""
    for number, raw in lines:
        match = _TIMESTAMP.match(raw)
        if match is None:
            yield Line(number, raw, strip_ansi(raw), None, pods.base)
        else:
            text = strip_ansi(raw[match.end() :])
            yield Line(number, raw, text, parse_timestamp(match[1]), pods.base)


def _labelled(label: re.Pattern[str]) -> Carrier:
    """Return the carrier of a label before each line, whose groups are namespace, pod and container."""

    def unlabelled(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
        for number, raw in lines:
            text = strip_ansi(raw)
            match = label.match(text)
            if match is None:
                yield Line(number, raw, text, None, pods.base)
            else:
                text, time = _stamped(text[match.end() :])
                yield Line(number, raw, text, time, pods.of(**match.groupdict()))

    return unlabelled


prefixed = _labelled(_PREFIX)
"""Of `kubectl logs --prefix`."""


def prefix_of(raw: str) -> str | None:
    """Return the `[pod/x/y] ` that `kubectl logs --prefix` has put before a line, or None."""
    match = _PREFIX.match(raw)
    return match[0] if match is not None else None


def origin_behind(raw: str, base: Mapping[str, str]) -> Mapping[str, str]:
    """Return the origin of a line that may have such a prefix in a member of origin `base`."""
    match = _PREFIX.match(raw)
    return Pods(base).of(match[1], match[2]) if match is not None else base


def _stern(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
    for number, raw in lines:
        text = strip_ansi(raw)
        match = _STERN.match(text)
        if _STERN_NOTE.match(text):
            continue
        if match is None or match[2] not in _CONTAINERS:
            yield Line(number, raw, text, None, pods.base)
        else:
            text, time = _stamped(text[match.end() :])
            yield Line(number, raw, text, time, pods.of(match[1], match[2]))


def _syslog(lines: Numbered, pods: Pods, book: Notebook) -> Iterator[Line]:
    """Lines of a node's journal; stamps in the old form have no year."""
    for number, raw in lines:
        match = _SYSLOG.match(raw)
        time = None
        if match is not None and match[1] is None:
            book.once(Code.TIME_NO_YEAR, f"no year in the journal (line {number}), time left open")
        elif match is not None:
            time = parse_timestamp(match[1])
        text = raw if match is None else raw[match.end() :]
        yield Line(number, raw, strip_ansi(text), time, pods.base)


def _box(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
    """Lines copied off a k9s screen, whose frame may tell the pod: `Logs(ns/pod:container)[tail]`."""
    whose = pods.base
    for number, raw in lines:
        text = strip_ansi(raw)
        match = _BOX.match(text)
        if match is None:
            yield Line(number, raw, text, None, pods.base)
            continue
        text = text[match.end() :].rstrip().removesuffix("│").removesuffix("┃").rstrip()
        title = _BOX_TITLE.match(text)
        if title is not None:
            whose = pods.of(title[2], title[3], title[1])
        if title is not None or _BORDER.match(text):
            continue
        container, blank, message = text.partition(" ")
        if blank and container in _CONTAINERS:
            yield Line(number, raw, message, None, pods.of(None, container))
        else:
            yield Line(number, raw, text, None, whose)


def _stamped(text: str) -> tuple[str, datetime | None]:
    """Return the text behind a kubelet stamp, and its time; a zap line keeps its own stamp."""
    match = _TIMESTAMP.match(text)
    if match is None or _LEVEL_NEXT.match(text, match.end()):
        return strip_ansi(text), None
    return strip_ansi(text[match.end() :]), parse_timestamp(match[1])


def _shipper(lines: Numbered, pods: Pods, book: Notebook) -> Iterator[Line]:
    """Lines with the local time of whoever looked at them, which tells nothing: no zone."""
    for number, raw in lines:
        match = _SHIPPER.match(raw)
        text = raw if match is None else raw[match.end() :]
        yield Line(number, raw, strip_ansi(text), None, pods.base)


def _web(lines: Numbered, pods: Pods, _book: Notebook) -> Iterator[Line]:
    for number, raw in lines:
        match = _WEB.match(raw)
        if match is None:
            yield Line(number, raw, strip_ansi(raw), None, pods.base)
        else:
            time = parse_rfc1123(match[1])
            yield Line(number, raw, strip_ansi(raw[match.end() :]), time, pods.base)


def _wear_timestamps(worn: Sequence[str]) -> bool:
    """Tell kubelet stamps from those that a job log or a zap line starts with by itself."""
    stamped = [(line, match) for line in worn if (match := _TIMESTAMP.match(line)) is not None]
    if len(stamped) * 10 < len(worn) * 6:
        return False
    own = sum(
        _JOB_STAMP.fullmatch(match[1]) is not None
        or _LEVEL_NEXT.match(line, match.end()) is not None
        for line, match in stamped
    )
    return own * 2 < len(stamped)


def _is_stern_note(line: str) -> bool:
    """Tell stern's own word that a container comes or goes: `+ x-listener › listener`."""
    return _STERN_NOTE.match(strip_ansi(line)) is not None


def _wears_stern(line: str) -> bool:
    match = _STERN.match(strip_ansi(line))
    return match is not None and match[2] in _CONTAINERS


def _wears_kubetail(line: str) -> bool:
    match = _KUBETAIL.match(strip_ansi(line))
    return match is not None and (match["container"] in _CONTAINERS or is_runner_pod(match["pod"]))


_CARRIERS: tuple[tuple[float, Callable[[str], bool], Carrier], ...] = (
    (0.6, runtime_files.is_docker, runtime_files.docker_lines),
    (0.6, runtime_files.is_cri, runtime_files.cri_lines),
    (0.6, is_store_line, store_lines),
    (0.6, lambda line: _PREFIX.match(line) is not None, prefixed),
    (0.8, _wears_stern, _stern),
    (0.8, lambda line: _KAIL.match(strip_ansi(line)) is not None, _labelled(_KAIL)),
    (0.8, _wears_kubetail, _labelled(_KUBETAIL)),
    (0.8, lambda line: _SYSLOG.match(line) is not None, _syslog),
    (0.8, lambda line: _BOX.match(line) is not None, _box),
    (0.8, lambda line: _SHIPPER.match(line) is not None, _shipper),
    (0.6, lambda line: _WEB.match(line) is not None, _web),
)
