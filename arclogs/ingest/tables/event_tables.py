"""Output of `kubectl get events` and `kubectl events`.

    LAST SEEN             TYPE      REASON   OBJECT      MESSAGE
    7m16s (x4 over 10m)   Normal    Pulling  Pod/w9k4d   Pulling image "registry.example.com/builder"
    100s                  Warning   Failed   pod/w9k4d   Error: ImagePullBackOff

`get events` is printed by the API server (Kubernetes `pkg/printers/internalversion/printers.go`: the
kind in small letters, no counts, `-o wide` with the message in the middle), `events` by kubectl
`pkg/cmd/events`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arclogs.ingest.tables.parser import read_tables, sniff_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.ingest.interface import Block, Head, Item


class EventTableParser:
    """Reads event tables, watched ones too; other tables in the same output are read as well."""

    @property
    def name(self) -> str:
        return "event tables"

    def sniff(self, head: Head) -> int:
        """Look for a header of columns in capitals with REASON and MESSAGE."""
        return sniff_tables(head, events=True)

    def parse(self, block: Block) -> Iterator[Item]:
        """Yield an event for each row; ages, for the table has no times."""
        yield from read_tables(block)
