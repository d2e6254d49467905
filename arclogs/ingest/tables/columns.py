"""Columns of the tables that kubectl prints.

    NAMESPACE     NAME                             READY   STATUS    RESTARTS       AGE
    arc-runners   linux-k8s-7hx2q-runner-m2v7c     1/1     Running   3 (5m2s ago)   48m
    arc-systems   linux-k8s-64e6f09e-listener      0/1     Error     0              2d5h

Written by k8s.io/cli-runtime `printers.TablePrinter` (three blanks between columns) and by kubectl's
`describe` and `events` (two). Cells may be empty, so the offsets of the header cut the rows; where
people have edited, tabbed or collapsed a table, the cells are counted instead.
"""

from __future__ import annotations

from msgspec import Struct

from arclogs.lazy_regex import lazy_compile

# Names of more than one word, for headers whose gaps were collapsed to a single blank.
_LONG_NAMES = (
    "AUTOSCALINGRUNNERSET NAMESPACE|AUTOSCALINGRUNNERSET NAME|GITHUB CONFIGURE URL"
    "|GITHUB CONFIG URL|(?:MINIMUM|MAXIMUM|CURRENT|PENDING|RUNNING|FINISHED|DELETING) RUNNERS"
    "|LAST SEEN|FIRST SEEN|ACCESS MODES|RECLAIM POLICY|NOMINATED NODE|READINESS GATES|CREATED AT"
)
_COLLAPSED_NAME = lazy_compile(rf"{_LONG_NAMES}|\S+")
_GAP = lazy_compile(r"(?: {2,}|\t) *")
_HEADER_CELL = lazy_compile(r"\S+(?: \S+)*")
# `3 (5m2s ago)`, `5m58s (x4 over 8m58s)` and `kubelet, node-1` are one cell with a blank in it.
_WORD = lazy_compile(r"(?:kubelet, )?\S+(?: \((?:x\d+ over [^()\s]+|[^()\s]+ ago)\))?")
_FIRST_COLUMNS = ("NAME", "LAST SEEN", "FIRST SEEN", "EVENT ")
_FREE_TEXT = frozenset({"MESSAGE", "LABELS", "JOBDISPLAYNAME", "DESCRIPTION"})


class Row(Struct, frozen=True):
    """The cells of one row by column name; empty cells are empty strings."""

    cells: dict[str, str]
    blank: frozenset[str] = frozenset()
    """Columns that are empty for certain: not where blanks were lost or the line was cut."""


class Header(Struct, frozen=True):
    """The column names of a table, in upper case, and where each starts."""

    names: tuple[str, ...]
    starts: tuple[int, ...]

    def row(self, line: str) -> Row | None:
        """Cut a line into cells; None where it cannot be a row of this table."""
        if "\t" in line and len(parts := line.split("\t")) == len(self.names):
            cells = dict(zip(self.names, [part.strip() for part in parts]))
            return Row(cells, frozenset(name for name, cell in cells.items() if not cell))
        aligned = self._slices(line)
        if aligned is not None:
            # A row is padded up to its last column: one that ends before another may be cut there.
            end = len(line) + (len(line) == self.starts[-1])
            reached = (name for name, start in zip(self.names, self.starts) if start < end)
            cells = dict(zip(self.names, aligned))
            return Row(cells, frozenset(name for name in reached if not cells[name]))
        loose = self._counted(line) or self._nearest(line)
        return Row(dict(zip(self.names, loose))) if loose else None

    def _slices(self, line: str) -> list[str] | None:
        """Cut at the offsets of the header, or None where a cell crosses one of them."""
        if "\t" in line or line[: self.starts[0]].strip():
            return None
        cells: list[str] = []
        last = len(self.names) - 1
        for index, start in enumerate(self.starts):
            end = len(line) if index == last else self.starts[index + 1]
            cell = line[start:end]
            text = cell.strip()
            if text:
                if cell[0] == " " or (index < last and len(line) > end and cell[-1] != " "):
                    return None
                if "  " in text and self.names[index] not in _FREE_TEXT:
                    return None
            cells.append(text)
        return cells if cells[0] else None

    def _counted(self, line: str) -> list[str] | None:
        """Split at gaps, then at single blanks: right where no cell is empty."""
        text, columns = line.strip(), len(self.names)
        free_last = self.names[-1] in _FREE_TEXT
        parts = _GAP.split(text, columns - 1 if free_last else 0)
        if len(parts) == columns:
            return parts
        words: list[str] = []
        end = 0
        for match in _WORD.finditer(text):
            if free_last and len(words) == columns - 1:
                words.append(text[match.start() :])
                break
            words.append(match.group())
            end = match.end()
            if len(words) > columns:
                return None
        return words if len(words) == columns and end <= len(text) else None

    def _nearest(self, line: str) -> list[str] | None:
        """Give each cell to the column that starts nearest to it, in order."""
        cells = [""] * len(self.names)
        column = -1
        for match in _HEADER_CELL.finditer(line.expandtabs()):
            following = range(column + 1, len(self.names))
            if not following:
                return None
            place = match.start()
            column = min(following, key=lambda index: abs(self.starts[index] - place))
            cells[column] = match.group()
        return cells if cells[0] and column > 0 else None


def read_header(line: str) -> Header | None:
    """Return the columns of a header line; None for a line of fewer than two columns."""
    if "\t" in line.strip():
        names = [cell.strip() for cell in line.strip().split("\t")]
        return _header(names, list(range(0, 8 * len(names), 8)))
    cells = list(_HEADER_CELL.finditer(line))
    if len(cells) == 1:
        cells = list(_COLLAPSED_NAME.finditer(line))
    return _header([cell.group() for cell in cells], [cell.start() for cell in cells])


def is_upper_case_header(line: str) -> bool:
    """Tell whether a line looks like the header of a `kubectl get` or `kubectl events` table."""
    text = line.strip()
    if not text.startswith(_FIRST_COLUMNS) or text != text.upper():
        return False
    return len(text) < 2000 and read_header(line) is not None


def _header(names: list[str], starts: list[int]) -> Header | None:
    upper = tuple(name.upper() for name in names)
    if len(upper) < 2 or len(set(upper)) != len(upper) or not all(upper):
        return None
    return Header(upper, tuple(starts))
