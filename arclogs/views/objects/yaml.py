"""An object as YAML that says where each field comes from.

    # Pod arc-runners/linux-k8s-7hx2q-runner-w9k4d
    #   [1] describe  pods.txt:12
    #   [2] table     pods.txt:3
    status:
      phase: Running  # but [2] line 3: Pending
      restarts: 2  # [2] line 3

A field without a mark comes from [1]. What is printed can be read as YAML.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from arclogs.case.objects.merged import Leaf
from arclogs.lazy_regex import lazy_compile
from arclogs.views import words
from arclogs.views.sanitize import UNSEEN, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.case.objects.merged import Merged, Said
    from arclogs.model.catalog import CatalogObject

_SAFE: Final = lazy_compile(r"[A-Za-z_/](?:[\w./@-]*\w)?", re.ASCII)
_RESERVED: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_LONGEST: Final = 60
"""Of a value that another source gives, in a comment."""
_INDENT: Final = "  "


def render_yaml(item: CatalogObject, fields: dict[str, Merged]) -> str:
    """Return the object as a YAML document, without a document marker."""
    return "".join(f"{line}\n" for line in (*_head(item), *_mapping(fields, "")))


def _head(item: CatalogObject) -> Iterator[str]:
    place = f"{item.namespace}/" if item.namespace else ""
    yield f"# {sanitize(f'{item.kind} {place}{item.name}')}"
    for number, shown in enumerate(item.shown, 1):
        yield f"#   [{number}] {shown.by:8}  {sanitize(words.place(shown.member, shown.line))}"
    if not item.shown[0].complete:
        yield "# What is not here was not shown: it is unknown, not absent."


def _mapping(tree: dict[str, Merged], indent: str) -> Iterator[str]:
    for key, below in tree.items():
        yield from _entry(f"{indent}{_scalar(key)}:", below, indent)


def _entry(lead: str, tree: Merged, indent: str) -> Iterator[str]:
    match tree:
        case dict():
            yield lead
            yield from _mapping(tree, indent + _INDENT)
        case list():
            yield lead
            yield from _sequence(tree, indent)
        case Leaf():
            yield from _leaf(f"{lead} ", tree, indent + _INDENT)


def _sequence(items: list[Merged], indent: str) -> Iterator[str]:
    for item in items:
        match item:
            case dict() | list() if item:
                below = indent + _INDENT
                lines = _mapping(item, below) if isinstance(item, dict) else _sequence(item, below)
                yield f"{indent}- {next(lines)[len(below) :]}"
                yield from lines
            case Leaf():
                yield from _leaf(f"{indent}- ", item, indent + _INDENT)


def _leaf(lead: str, leaf: Leaf, indent: str) -> Iterator[str]:
    value, mark = leaf.said.value, _mark(leaf)
    if isinstance(value, str) and _is_block(value):
        body = value.removesuffix("\n")
        yield f"{lead}{'|' if value.endswith(chr(10)) else '|-'}{mark}"
        yield from (f"{indent}{line}" if line else "" for line in body.split("\n"))
    else:
        yield f"{lead}{_scalar(value)}{mark}"


def _is_block(text: str) -> bool:
    """Tell whether a text may stand as a block of lines, which shows every character as it is."""
    body = text.removesuffix("\n")
    return (
        "\n" in body
        and not body.startswith((" ", "\t", "\n"))
        and not body.endswith("\n")
        and not UNSEEN.search(text)
    )


def _mark(leaf: Leaf) -> str:
    marks = [f"[{leaf.said.source + 1}] line {leaf.said.line}"] if leaf.said.source else []
    if leaf.against:
        marks.append(f"but {', '.join(map(_other, leaf.against))}")
    return f"  # {', '.join(marks)}" if marks else ""


def _other(said: Said) -> str:
    value = sanitize(str(said.value))
    value = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    return f"[{said.source + 1}] line {said.line}: {value}"


def _scalar(value: Any) -> str:
    """Return a value on one line, as YAML reads it back, with nothing in it that acts or hides."""
    if not isinstance(value, str):
        return json.dumps(value, default=str, ensure_ascii=True)
    if _SAFE.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    if "\n" in value or UNSEEN.search(value):
        return UNSEEN.sub(_escape, json.dumps(value, ensure_ascii=False))
    written = yaml.safe_dump(value, allow_unicode=True, width=float("inf"))
    return str(written).removesuffix("\n").removesuffix("\n...")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
