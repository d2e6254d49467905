"""Which of the files and folders that are named are one ticket each.

A file is a ticket. A folder is one if it is a bundle by its looks: logs or dumps lie in it. A folder
that holds archives, mails, Markdown and other folders, and of other files fewer, is a queue: each of
them is a ticket, but for pictures and the like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from arclogs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_WHOLE: Final = (
    ".tar", ".tgz", ".tar.gz", ".tar.zst", ".tar.bz2", ".tar.xz", ".zip", ".md", ".markdown",
    ".eml", ".mbox", ".msg",
)  # fmt: skip
"""Files that hold a ticket by themselves."""
_SILENT: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".pdf", ".mp4", ".mov", ".webm")
"""Files that are left by a ticket and say nothing that could be read."""
# Folders that collectors make at the top of a bundle, so that their parent is the bundle.
_PARTS: Final = frozenset(
    {
        "pod_logs", "pod-logs", "logs", "helm-info", "helm_info", "cluster-resources", "cluster-info",
        "namespaces", "cluster-scoped-resources", "arc-bundle-logs", "runner-pod-logs", "_diag",
        "input", "cluster",
    }
)  # fmt: skip


class Ticket(Struct, frozen=True):
    """One thing to judge."""

    name: str
    """As it is shown: unique, relative to what was named."""
    path: Path


def find_tickets(named: Iterable[Path]) -> list[Ticket]:
    """Return the tickets of files and folders by name; raise UsageError for what is not there."""
    found: dict[Path, Ticket] = {}
    for path in named:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        for ticket in _in(path):
            found.setdefault(ticket.path.resolve(), ticket)
    tickets = sorted(found.values(), key=lambda t: (t.name, str(t.path)))
    return _distinct(tickets)


def _in(path: Path) -> Iterator[Ticket]:
    if not path.is_dir():
        yield Ticket(path.name, path)
        return
    inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    if is_queue(inside):
        yield from (Ticket(p.name, p) for p in inside if not p.name.lower().endswith(_SILENT))
    else:
        yield Ticket(path.resolve().name, path)


def is_queue(inside: list[Path]) -> bool:
    """Tell a folder of tickets from a bundle that was unpacked."""
    if not inside or any(p.is_dir() and p.name.lower() in _PARTS for p in inside):
        return False
    folders = [p for p in inside if p.is_dir()]
    files = [p.name.lower() for p in inside if not p.is_dir()]
    wholes = sum(name.endswith(_WHOLE) for name in files)
    loose = sum(not name.endswith((*_WHOLE, *_SILENT)) for name in files)
    tickets = len(folders) + wholes
    return tickets > 1 and (not loose or (wholes > 1 and loose < tickets))


def _distinct(tickets: list[Ticket]) -> list[Ticket]:
    """Give tickets of the same name their folder in front."""
    names = [ticket.name for ticket in tickets]
    return [
        Ticket(f"{t.path.resolve().parent.name}/{t.name}", t.path) if names.count(t.name) > 1 else t
        for t in tickets
    ]
