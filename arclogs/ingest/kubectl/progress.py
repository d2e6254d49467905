"""What kubectl says of changes while they happen: rollout status, apply, delete, wait.

    Waiting for deployment "arc-gha-rs-controller" rollout to finish: 0 of 1 updated replicas are …
    error: deployment "arc-gha-rs-controller" exceeded its progress deadline
    serviceaccount/linux-k8s-gha-rs-kube-mode configured

Written by kubectl `pkg/polymorphichelpers/rollout_status.go` and cli-runtime `printers.NamePrinter`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.kubectl.errors import is_error, is_warning, read_error
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.text.ansi import strip_ansi
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item

_KIND = r"[a-z]+(?:\.[a-z0-9.-]+)?"
_SAID = lazy_compile(
    r"Waiting for (?:deployment|daemon set|statefulset|\d+ pods)\b|Waiting for \S+ spec update to be "
    r"|(?:deployment|daemon set|statefulset) \"\S+\" successfully rolled out"
    r"|statefulset rolling update complete|partitioned roll out complete: "
    rf"|{_KIND}/\S+ (?:created|configured|unchanged|patched|restarted|scaled|labeled|annotated|edited"
    r"|deleted|replaced|condition met|serverside-applied|image updated|paused|resumed)\b"
    rf"|{_KIND} \"\S+\" (?:force )?deleted\b"
)


class KubectlProgress:
    """Parser of what kubectl says of changes."""

    name = "kubectl-progress"

    def sniff(self, head: Head) -> int:
        lines = [text for line in head.lines if (text := strip_ansi(line)).strip()]
        said = sum(_SAID.match(text) is not None for text in lines)
        others = sum(is_error(text) or is_warning(text) for text in lines) if said else 0
        return 80 if said and (said + others) * 5 >= len(lines) * 4 else 0

    def parse(self, block: Block) -> Iterator[Item]:
        book = Notebook(block.member)
        for index, raw in enumerate(block.lines):
            text = strip_ansi(raw).strip()
            if not text:
                continue
            if is_error(text):
                yield read_error(text, block.at(index), book)
                continue
            level = Level.WARNING if is_warning(text) else Level.INFO
            place = block.at(index)
            yield Record(place.member, place.line, Source.KUBECTL, text, (raw,), level=level)
        yield from book.notes()
