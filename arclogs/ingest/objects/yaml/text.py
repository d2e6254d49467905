"""One YAML document to plain values, or the reason why not.

    apiVersion: v1
    kind: ServiceAccount
    metadata: {name: default}

`ryaml` (libyaml's parser behind Rust) reads kubectl's YAML ten times as fast as PyYAML, leaves time
stamps and `no` the strings that they are, and refuses alias bombs, duplicate keys and nesting beyond
128 levels. It is slow, though, on deep flow collections and on many aliases of one large node: what
could be that is counted by events first, which stops at the first one too many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ryaml
from msgspec import Struct

from arclogs.lazy_regex import lazy_compile
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_DEPTH = 100
MAX_ALIASES = 100
MAX_CHARS = 16 * 1024 * 1024
"""Of one document or list item: etcd holds no object beyond 1.5 MiB."""

_ODD_OPENINGS = 1000  # brackets that do not close at once; kubectl prints `{}` and `[]` only
_COPIED_CHARS = 16 * 1024 * 1024
_ALIAS = lazy_compile(r"(?:^|[\s\[{,:-])\*[^\s,\[\]{}]", re.MULTILINE)
_LINE = lazy_compile(r"\bline (\d{1,9})")
# Counted within the document, where the reader of a note looks at the file.
_PLACE = lazy_compile(
    r"(?: in \"<\w+ \w+>\")?,? (?:at )?line \d+,? column \d+"
    r"|(?: in \"<\w+ \w+>\",)? (?:at )?position \d+"
)


class Refusal(Struct, frozen=True):
    """Why a text was not read."""

    code: Code
    detail: str
    line: int = 0
    """Line of the text, from 0, at which it stops making sense."""


def load_yaml(text: str) -> Any | Refusal:
    """Return the value of a text that holds one YAML document."""
    refusal = refusal_of(text)
    if refusal is not None:
        return refusal
    try:
        return ryaml.loads(text)  # type: ignore[attr-defined]  # re-exported without saying so
    except ValueError as error:
        return explained(text, str(error))


def refusal_of(text: str) -> Refusal | None:
    """Return why a text must not even be parsed."""
    if len(text) > MAX_CHARS:
        return Refusal(Code.LIMIT_MEMORY, f"an object of {len(text)} characters was not read")
    return _refuse(text)


def salvage_yaml(text: str, refusal: Refusal) -> Any | Refusal:
    """Return the value of what stands before the line at which a text stops making sense."""
    if refusal.code is not Code.YAML_SYNTAX or not refusal.line:
        return refusal
    return load_yaml("\n".join(text.split("\n")[: refusal.line]))


def all_plain(texts: Sequence[str]) -> bool:
    """Tell of many texts at once that there is nothing against any of them."""
    whole = "".join(texts)
    brackets = whole.count("{") - whole.count("{}") + whole.count("[") - whole.count("[]")
    return len(whole) <= MAX_CHARS and brackets <= _ODD_OPENINGS and not _has_anchor(whole)


def _refuse(text: str) -> Refusal | None:
    openings = text.count("{") - text.count("{}") + text.count("[") - text.count("[]")
    aliases = len(_ALIAS.findall(text)) if "*" in text and _has_anchor(text) else 0
    if openings <= _ODD_OPENINGS and aliases <= _most_aliases(text):
        return None
    import yaml  # 15 ms, for texts that are hardly ever seen

    depth = count = 0
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return Refusal(Code.YAML_TOO_DEEP, "nested too deep for an object")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.AliasEvent):
                count += 1
                if count > _most_aliases(text):
                    return Refusal(Code.YAML_ALIAS_LIMIT, f"more than {count - 1} aliases")
    except (yaml.YAMLError, ValueError) as error:
        return explained(text, str(error))
    return None


def _has_anchor(text: str) -> bool:
    """Tell whether an alias could refer to anything; `a && b` and `x&y` are no anchors."""
    at = text.find("&")
    while at >= 0:
        if text[at + 1 : at + 2] not in ("", " ", "&", "\n") and (
            not at or text[at - 1] in " \t\r\n[{,:-\x85\u2028\u2029"
        ):
            return True
        at = text.find("&", at + 1)
    return False


def _most_aliases(text: str) -> int:
    """Return how many aliases may be resolved, each of which may copy most of the text."""
    return min(MAX_ALIASES, _COPIED_CHARS // max(1, len(text)))


def explained(text: str, message: str) -> Refusal:
    """Return what the parser says against a text in the words of a coverage note."""
    message = " ".join(message.split())
    if "repetition limit" in message:
        return Refusal(Code.YAML_ALIAS_LIMIT, "aliases that multiply were not resolved")
    if "recursion limit" in message or "maximum nesting depth" in message:
        if _ALIAS.search(text):
            return Refusal(Code.YAML_SYNTAX, "an alias that refers to what holds it")
        return Refusal(Code.YAML_TOO_DEEP, "nested too deep for an object")
    places = [int(found) for found in _LINE.findall(message)]
    # "… at line 9, while scanning a quoted scalar at line 4": the trouble began at the first of them.
    reason = _PLACE.sub("", message).strip(" ,")[:200]
    return Refusal(Code.YAML_SYNTAX, reason, max(0, min(places) - 1) if places else 0)
