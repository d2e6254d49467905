"""Logs of the docker-in-docker sidecar: dockerd and containerd, logrus text.

    time="2024-03-07T11:20:41.257025716Z" level=info msg="Starting up"
    time="2024-03-07T11:20:41.265Z" level=warning msg="…" error="…" module=libcontainerd
    failed to start daemon: Error initializing network controller: error obtaining controller…

Sources: sirupsen/logrus text_formatter.go, moby cmd/dockerd. The fatal error comes last, without a
stamp, and may go on in a line that starts with a blank (` (exit status 4)`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.carriers.transport import confidence, head_texts, unwrap
from arclogs.ingest.kubectl.logs import is_kubectl, read_kubectl
from arclogs.ingest.logs.assemble import Desk, Draft, assemble
from arclogs.ingest.text.levels import level_by_word, level_of
from arclogs.ingest.text.logfmt import read_pairs, with_error
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code
from arclogs.model.record import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item
    from arclogs.ingest.text.line import Line

_LOGRUS = lazy_compile(r'time="[^"]{10,40}" level=[a-z]+ msg=')
_BARE = (
    "Certificate request self-signature ok",
    "Generating RSA private key",
    "cat: can't open '/proc/net/",
    "failed to start daemon: ",
    "ip: can't find device ",
    "iptables v",
    "modprobe: can't change directory",
    "mount: permission denied",
)


class DindLog:
    """Parser of dockerd's log."""

    name = "dind"

    def sniff(self, head: Head) -> int:
        texts = [t for t in head_texts(head) if not (t[0].isspace() or is_kubectl(t))]
        hits = sum(_LOGRUS.match(t) is not None or t.startswith(_BARE) for t in texts)
        return confidence(hits, len(texts))

    def parse(self, block: Block) -> Iterator[Item]:
        desk = Desk(block)

        def start(line: Line) -> Draft | None:
            draft = read_dockerd(line)
            if draft is not None and draft.timestamp is None:
                desk.book.once(Code.TIME_OUT_OF_RANGE, f"line {line.number} has no possible time")
            return draft

        def bare(line: Line) -> Draft:
            own = Draft(line, Source.DIND, line.text, line.timestamp, level_by_word(line.text))
            return read_kubectl(line, desk.book, block.command) or own

        def indented(line: Line) -> str | None:
            return line.text if line.text[:1].isspace() else None

        yield from assemble(desk, unwrap(block, desk.book), start, indented, bare)


def read_dockerd(line: Line) -> Draft | None:
    """Return the draft of a logrus line, or None."""
    if _LOGRUS.match(line.text) is None:
        return None
    pairs = read_pairs(line.text)
    logger = pairs.get("module")
    return Draft(
        line,
        Source.DIND,
        with_error(pairs.get("msg", ""), pairs),
        parse_timestamp(pairs.get("time", "")) or line.timestamp,
        level_of(pairs.get("level", "")),
        logger,
    )


PARSER = DindLog()
