"""Documents of a YAML dump, lists cut into items before they are parsed.

    apiVersion: v1
    items:
    - apiVersion: v1
      kind: ServiceAccount
    kind: List

kubectl prints `items:` and then one dash per object at one column, which no line inside of an object
can start with: so a dump of any size is read object by object, and a bad one costs one. Written by
cli-runtime `printers.YAMLPrinter` (keys sorted, `---` between documents); hand-made dumps indent the
dashes, repeat `apiVersion:` without `---`, or are pasted with an indentation of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arclogs.ingest.objects import documents
from arclogs.ingest.objects.documents import Aside, Entry, Feed, ListEnd, Part, Problem
from arclogs.ingest.objects.managed_fields import without_managed_fields
from arclogs.ingest.objects.object_text import ObjectText, Path
from arclogs.ingest.objects.parsing.parse_ahead import Cut, parsed
from arclogs.ingest.objects.yaml.text import MAX_CHARS, Refusal, load_yaml, salvage_yaml
from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from arclogs.ingest.objects.templates.learned import Templates

_KEY = lazy_compile(r"([A-Za-z][\w./-]*):(?:\s|$)")
_MARKER = lazy_compile(r"(?:---|\.\.\.)(?:\s|$)")
_FIRST_KEYS = frozenset({"apiVersion", "kind", "metadata", "items"})


def yaml_templates(bullet: str) -> Templates:
    """Return what learns the items of a list."""
    from arclogs.ingest.objects.templates.learned import Templates  # 5 ms, for lists of many items
    from arclogs.ingest.objects.yaml.skeletons import YamlItems

    return Templates(YamlItems(bullet))


def read_yaml(feed: Feed, is_aside: Callable[[str], bool]) -> Iterator[Part]:
    """Yield the parts of the YAML document that starts at the next line of `feed`."""
    return _Document(feed, is_aside).parts()


class _Document:
    """One document while it is being read."""

    def __init__(self, feed: Feed, is_aside: Callable[[str], bool]) -> None:
        self.feed = feed
        self.is_aside = is_aside
        self.body: list[str] = []  # the document without the items of its list
        self.chars = 0
        self.keys: dict[str, None] = {}
        self.has_list = False
        self.lost = False  # an item that could not be read
        self.ended = False  # by something that follows it, not by the end of the text
        self.last: Entry | None = None  # the item read last: a cut list cuts it

    def parts(self) -> Iterator[Part]:
        first = self.feed.next()
        if first is None:
            return
        start = self.feed.number
        base = len(first) - len(first.lstrip(" "))
        line: str | None = first
        while line is not None:
            edge = line[base : base + 1]
            if edge not in ("", " ", "\t") and not line[:base].strip():
                if self.is_aside(line):
                    yield Aside(self.feed.number, line)
                    line = ""
                elif self._ends_before(line[base:]):
                    self._end(line, base)
                    break
                elif _is_dash(line, base) and not any(map(_tells, self.body)):
                    self.feed.back()
                    yield from self._items(base)
                    line = self.feed.next()
                    continue
            elif base and line.strip() and line[:base].strip():
                self._end(line, base)  # less indented than the document
                break
            self._append(line)
            if line[base:].rstrip() == "items:":
                yield from self._list_below(base)
            line = self.feed.next()
        yield from self._close(start)

    def _ends_before(self, line: str) -> bool:
        """Tell whether a line at the left edge starts another document, and take note of its key."""
        if _MARKER.match(line):
            return True
        if line[0] in "{[":
            return any(map(_tells, self.body))
        match = _KEY.match(line)
        if match is None:
            return False
        key = match[1]
        if key in self.keys and (key in _FIRST_KEYS or key == next(iter(self.keys))):
            return True
        self.keys[key] = None
        return False

    def _end(self, line: str, base: int) -> None:
        self.ended = True
        if not _MARKER.match(line[base:]):
            self.feed.back()

    def _append(self, line: str) -> None:
        self.chars += len(line) + 1
        if self.chars <= MAX_CHARS:
            self.body.append(line)

    def _list_below(self, base: int) -> Iterator[Part]:
        """Yield the items below `items:`, if they stand there one dash each."""
        line = self.feed.next()
        while line is not None and not line.strip():
            self._append(line)
            line = self.feed.next()
        if line is None:
            self.has_list = self.lost = True  # cut right here, before the first item
            return
        self.feed.back()
        dash = len(line) - len(line.lstrip(" "))
        if dash >= base and _is_dash(line, dash):
            yield from self._items(dash)

    def _items(self, dash: int) -> Iterator[Part]:
        """Yield the items of a block list whose dashes stand at column `dash`."""
        self.has_list = True
        for cut, value in parsed(self._cuts(dash)):
            if isinstance(cut, Aside):
                yield cut
            elif isinstance(cut, Entry):
                if self.last is not None:
                    yield self.last
                self.last = cut
            else:
                yield from self._item(cut, value)

    def _cuts(self, dash: int) -> Iterator[Cut | Entry | Aside]:
        inside, bullet = " " * (dash + 1), " " * dash + "- "
        templates: Templates | None = None
        few = documents.FEW_ITEMS
        following = True
        while following:
            if templates is None and few <= 0:
                templates = yaml_templates(bullet)
            found = None if templates is None else self.feed.like(templates)
            text = None if found is not None else self.feed.item(bullet, inside)
            if text is not None and templates is not None:
                found = templates.learn(text)
            elif text is not None:
                few -= 1
            if found is not None:
                first = self.feed.number - found.lines + 1
                yield Entry(found.value, found.passage(first, (0,)), listed=True)
            elif text is not None:
                start = self.feed.number - text.count("\n")
                yield Cut(start, text, without_managed_fields(text, dash + 2))
            else:
                following = yield from self._cut_by_line(dash)

    def _cut_by_line(self, dash: int) -> Generator[Cut | Aside, None, bool]:
        """Yield the next item, whatever stands between its lines; return whether another follows."""
        inside, bullet, bare = " " * (dash + 1), " " * dash + "- ", " " * dash + "-"
        item: list[str] = []
        start = chars = 0
        following = False
        while (line := self.feed.next()) is not None:
            if line.startswith(inside) or not line or line.isspace():
                chars += len(line) + 1
                if chars <= MAX_CHARS:
                    item.append(line)
            elif line.startswith(bullet) or line == bare:
                if item:
                    self.feed.back()
                    following = True
                    break
                item, start, chars = [line], self.feed.number, len(line)
            elif self.is_aside(line):
                yield Aside(self.feed.number, line)
                item.append("")
            else:
                self.feed.back()
                break
        if item:
            text = "\n".join(item) if chars <= MAX_CHARS else None
            yield Cut(start, text, without_managed_fields(text or "", dash + 2))
        return following

    def _item(self, cut: Cut, value: Any | Refusal) -> Iterator[Part]:
        """Yield the item before, since this one follows it."""
        if self.last is not None:
            yield self.last
            self.last = None
        start, text, lean = cut
        value, problem = _settled(text, start, value, lean)
        if problem is not None:
            self.lost = True
            yield problem
        if isinstance(value, list) and len(value) == 1:
            passage = ObjectText(start, _readable(text or "", start, problem), (0,))
            self.last = Entry(value[0], passage, whole=problem is None, listed=True)

    def _close(self, start: int) -> Iterator[Part]:
        while self.body and not _tells(self.body[0]):
            del self.body[0]
            start += 1
        if self.has_list:
            yield from self._close_list(start)
            return
        if not self.body:
            return
        text = "\n".join(self.body)
        value, problem = _load(text if self.chars <= MAX_CHARS else None, start)
        if problem is not None:
            yield problem
        items = value.get("items") if isinstance(value, dict) else None
        if "items" in self.keys and isinstance(items, list | None) and isinstance(value, dict):
            yield from _flow_items(items or [], ObjectText(start, text))
            envelope = {key: field for key, field in value.items() if key != "items"}
            yield ListEnd(envelope, start, complete="kind" in envelope)
        elif value is not None:
            whole = problem is None
            passage = ObjectText(start, _readable(text, start, problem))
            yield Entry(value, passage, whole, closed=self.ended)

    def _close_list(self, start: int) -> Iterator[Part]:
        """Yield the last item and the end of the list; kubectl prints its `kind:` last of all."""
        envelope, problem = _load("\n".join(self.body), start)
        bare = not self.body
        cut = not bare and "kind" not in self.keys
        if self.last is not None:
            whole = self.last.whole and (self.ended or not cut)
            yield Entry(self.last.value, self.last.text, whole, listed=True)
        if cut:
            detail = "the list was cut short, its last object may be incomplete"
            problem = Problem(self.feed.number - 1, Code.YAML_SYNTAX, detail)
        if problem is not None:
            yield problem
        fields: dict[str, Any] = envelope if isinstance(envelope, dict) else {}
        yield ListEnd(fields, start, complete=not (cut or self.lost) and (bare or "kind" in fields))


def _load(text: str | None, start: int) -> tuple[Any, Problem | None]:
    """Return the value of a text as far as it can be read, and what is wrong with it.

    None is a text that was too long to be held.
    """
    lean = without_managed_fields(text or "", 0)
    return _settled(text, start, load_yaml(lean), lean)


def _settled(
    text: str | None, start: int, value: Any | Refusal, lean: str
) -> tuple[Any, Problem | None]:
    """Return what `_load` does, given what `lean` has come to, which is the text or a part of it."""
    if text is None:
        return None, Problem(start, Code.LIMIT_MEMORY, "an object of this size was not read")
    if not isinstance(value, Refusal):
        return value, None
    if lean is not text and value.code is not Code.WORKER_CRASHED:
        value = load_yaml(text)
        if not isinstance(value, Refusal):
            return value, None
    problem = Problem(start + value.line, value.code, value.detail)
    rest = salvage_yaml(text, value)
    return (None if isinstance(rest, Refusal) else rest), problem


def _readable(text: str, start: int, problem: Problem | None) -> str:
    """Return the text that a value was read from: what follows a problem cannot be looked into."""
    if problem is None:
        return text
    return "\n".join(text.split("\n")[: problem.line - start])


def _flow_items(items: list[Any], text: ObjectText) -> Iterator[Part]:
    for index, item in enumerate(items):
        within: Path = ("items", index)
        yield Entry(item, ObjectText(text.first_line, text.text, within), listed=True)


def _is_dash(line: str, column: int) -> bool:
    return line[column : column + 2] in ("-", "- ")


def _tells(line: str) -> bool:
    """Tell lines that hold something from blank lines and comments."""
    text = line.lstrip()
    return bool(text) and not text.startswith("#")
