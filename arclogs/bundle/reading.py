"""One pass over the input: what it may still cost, and what there is to tell about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from arclogs.bundle.names import numbered
from arclogs.model.coverage import Code, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.bundle.limits import Limits

_NOTES_PER_CODE = 1000  # a hundred thousand links are one fact, not a hundred thousand


class Damage(Exception):
    """The bytes end here, before their time. Never leaves the package: it becomes a note."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Reading:
    """Budget, notes and names of one pass.

    Once `stopped`, every loop ends and nothing more is noted: what follows is a consequence.
    """

    def __init__(self, limits: Limits, on_bytes: Callable[[int, int | None], None] | None) -> None:
        self.limits = limits
        self.stopped = False
        self.containers = 0
        self.noted = 0
        self.total: int | None = None
        """Bytes of the input on disk, for the progress bar."""
        self._on_bytes = on_bytes
        self._consumed = 0
        self._spent = 0
        self._entries = 0
        self._kept = 0
        self._full = False
        self._names: dict[str, int] = {}
        self._notes: list[Note] = []
        self._by_code: Counter[Code] = Counter()

    def note(self, member: str, code: Code, detail: str) -> None:
        if self.stopped:
            return
        self.noted += 1
        self._by_code[code] += 1
        if self._by_code[code] <= _NOTES_PER_CODE:
            self._notes.append(Note(member, code, detail))

    def notes(self) -> Iterator[Note]:
        """Hand over the notes taken since the last call."""
        notes, self._notes = self._notes, []
        yield from notes

    def unlisted(self, member: str) -> Iterator[Note]:
        """Yield one note on `member` for each code that came up too often to be listed in full."""
        for code, count in sorted(self._by_code.items()):
            if count > _NOTES_PER_CODE:
                yield Note(
                    member, code, f"{count - _NOTES_PER_CODE} more like these are not listed"
                )

    def stop(self, member: str, code: Code, detail: str) -> None:
        self.note(member, code, f"{detail}; the rest of the input was not read")
        self.stopped = True

    def consume(self, count: int) -> None:
        """Count bytes taken from disk or pipe."""
        self._consumed += count
        if self._on_bytes:
            # A zip is read twice in places.
            done = self._consumed if self.total is None else min(self._consumed, self.total)
            self._on_bytes(done, self.total)

    def spend(self, count: int, member: str) -> None:
        """Count bytes read or unpacked; stop the pass when there are too many."""
        self._spent += count
        if self._spent > self.limits.total_bytes:
            detail = f"more than {self.limits.total_bytes} bytes were read and unpacked"
            self.stop(member, Code.LIMIT_BYTES_TOTAL, detail)

    def admits(self, container: str) -> bool:
        """Count one more entry; false when there are too many or the pass has ended.

        What was admitted before is still read.
        """
        if self._full or self.stopped:
            return False
        self._entries += 1
        self._full = self._entries > self.limits.members or self._kept > self.limits.names_bytes
        if self._full:
            detail = f"more than {self._entries - 1} entries; those beyond are not read"
            self.note(container, Code.LIMIT_MEMBERS, detail)
        return not self._full

    def keep(self, text: str) -> str:
        """Count a name or link target that has to be remembered."""
        self._kept += len(text)
        return text

    def unique(self, name: str) -> str:
        """Return `name`, numbered when the bundle already has a member of that name."""
        free = numbered(name, self._names)
        if free != name:
            detail = f"the name occurs again; this one is read as {free}"
            self.note(name, Code.MEMBER_DUPLICATE, detail)
        return free
