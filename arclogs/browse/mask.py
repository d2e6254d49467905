"""Redaction of rows at speed: only what could hold a secret is looked at closely."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import polars as pl

from arclogs.browse.block import PLACE, SUSPECT, Block
from arclogs.browse.doubt import doubtful
from arclogs.redact import Redactor
from arclogs.redact.known import Known
from arclogs.redact.placeholder import kind_only
from arclogs.redact.sweep import sweep_of

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES: Final = ("namespace", "pod", "container", "runner", "job", "step", "reason", "object",
                 "logger", "member", "type")  # fmt: skip
_KEY_BEGINS: Final = "PRIVATE KEY"
_LINES_OF_A_KEY: Final = 100
_CONTEXT_CHARS: Final = 8_000
_FEW: Final = 64
"""Texts that are redacted in less time than it takes to ask whether they need it."""


class Mask:
    """Redacts rows in the order of reading, so that a secret's name may stand on the line before."""

    def __init__(self, column: str) -> None:
        self._column = column
        """The text column that is shown: `text` or `raw`."""
        self._known = Known()
        """What the rows so far have shown to be secret."""
        self._redactor = Redactor(seen=self._known.add)
        self._name = lru_cache(maxsize=4096)(self._redactor.redact)
        self._before: deque[str] = deque(maxlen=_LINES_OF_A_KEY)
        self._member = ""
        self._key_since: int | None = None
        self._uneasy = False
        """The row before was doubtful: what it names may stand in this one."""

    def apply(self, block: Block, kept: pl.Series | None = None) -> Block:
        """Return the kept rows of a batch, redacted; `kept` has a boolean for each row, None: all."""
        if not block.height:
            return block
        if kept is None:
            kept = pl.repeat(value=True, n=block.height, dtype=pl.Boolean, eager=True)
        texts = block.own[self._column]
        suspects = _suspects(block.own)
        if self._key_since is None and suspects.is_empty() and not self._uneasy:
            return self._calm(block, kept)
        doubts = _doubts(texts, suspects)
        begins = _holds(texts.gather(suspects), _KEY_BEGINS)
        if self._key_since is not None or begins:
            shown = self._one_by_one(block, doubts, kept)
        else:
            shown = self._at_once(block, doubts, kept)
        return self._shown(block, kept, shown)

    def _calm(self, block: Block, kept: pl.Series) -> Block:
        """Return the kept rows of a batch of which none is doubtful."""
        self._forget(block.shared["member"][block.own[PLACE][-1]])
        self._before.append(block.own[self._column][-1])
        return self._shown(block, kept, block.own[self._column].filter(kept))

    def _shown(self, block: Block, kept: pl.Series, texts: pl.Series) -> Block:
        out = block if kept.all() else block.taken(kept).slim()
        own = out.own.with_columns(self._swept(texts).alias(self._column))
        return Block(own, self._names(out.shared))

    def _one_by_one(self, block: Block, doubts: pl.Series, kept: pl.Series) -> pl.Series:
        """Return the kept texts, redacted: the way where a private key is open."""
        shown: list[str] = []
        rows = zip(block.own[self._column], block.column("member"), doubts, kept)
        for text, member, doubt, wanted in rows:
            if member != self._member:
                self._forget(member)
            look = doubt or self._uneasy
            if wanted:
                shown.append(self._redacted(self._context(), text) if look else text)
            self._remember(text)
            self._uneasy = doubt or self._key_since is not None
        return pl.Series(shown, dtype=pl.String)

    def _at_once(self, block: Block, doubts: pl.Series, kept: pl.Series) -> pl.Series:
        """Return the kept texts, redacted: only doubtful rows, and those behind them, are looked at."""
        texts, members = block.own[self._column], block.column("member")
        goes_on = (members == members.shift(1)).fill_null(value=False)
        if members[0] == self._member:
            goes_on[0] = True
        behind = doubts.shift(1, fill_value=self._uneasy) & goes_on
        look = ((doubts | behind) & kept).arg_true()
        before = texts.shift(1)
        if self._before:
            before[0] = self._before[-1]
        changed = [
            self._redacted((context or "")[-_CONTEXT_CHARS:] if same else "", text)
            for text, context, same in zip(
                texts.gather(look), before.gather(look), goes_on.gather(look)
            )
        ]
        if changed:
            texts = texts.scatter(look, pl.Series(changed, dtype=pl.String))
        last = block.own[self._column][-1]
        self._forget(members[-1])
        self._before.append(last)
        self._uneasy = bool(doubts[-1])
        return texts.filter(kept)

    def _swept(self, texts: pl.Series) -> pl.Series:
        """Return texts without what other rows have shown to be secret."""
        if not self._known:
            return texts
        sweep = sweep_of(self._known)
        whole = "\n".join(texts)
        if next(sweep.places(whole), None) is None:
            return texts
        clean = [sweep.replace(text, kind_only, self._known.add) for text in texts]
        return pl.Series(clean, dtype=pl.String)

    def _forget(self, member: str) -> None:
        self._member = member
        self._before.clear()
        self._key_since = None
        self._uneasy = False

    def _remember(self, text: str) -> None:
        self._before.append(text)
        if _KEY_BEGINS in text:
            self._key_since = 1 if "BEGIN" in text else None
        elif self._key_since is not None:
            self._key_since += 1
            if self._key_since >= _LINES_OF_A_KEY:
                self._key_since = None

    def _context(self) -> str:
        """Return what was read before: the last row, or all since a private key began."""
        rows = max(1, self._key_since or 1)
        before = list(self._before)[-rows:]
        return "\n".join(before)[-_CONTEXT_CHARS:]

    def _redacted(self, context: str, text: str) -> str:
        lines = text.count("\n") + 1
        whole = self._redactor.redact(f"{context}\n{text}" if context else text)
        return "\n".join(whole.split("\n")[-lines:])

    def _names(self, shared: pl.DataFrame) -> pl.DataFrame:
        """Redact the short columns, whose values repeat, and the fields, whose keys tell."""
        some = shared.filter(SUSPECT) if SUSPECT in shared.columns else shared
        if some.is_empty():
            return shared
        if some.height <= _FEW and self._are_plain(some):
            return shared
        told = [name for name in _NAMES if some[name].null_count() < some.height]
        changed = [_column(shared[name], some[name], self._name) for name in told]
        changed.append(_column(shared["fields"], some["fields"], self._redactor.redact))
        return shared.with_columns(column for column in changed if column is not None)

    def _are_plain(self, some: pl.DataFrame) -> bool:
        """Tell whether redaction changes nothing in a few rows."""
        names = {value for row in some.select(_NAMES).iter_rows() for value in row if value}
        fields = {value for value in some["fields"] if value}
        return all(self._name(value) == value for value in names) and all(
            self._redactor.redact(value) == value for value in fields
        )


def _holds(texts: pl.Series, text: str) -> bool:
    return bool(texts.str.contains(text, literal=True).any())


def _suspects(frame: pl.DataFrame) -> pl.Series:
    """Return the rows that may be doubtful: all, unless something is known of them."""
    if SUSPECT in frame.columns:
        return frame[SUSPECT].arg_true()
    return pl.int_range(0, frame.height, dtype=pl.UInt32, eager=True)


def _doubts(texts: pl.Series, suspects: pl.Series) -> pl.Series:
    """Return of each text whether redaction could change it."""
    held = doubtful(texts.gather(suspects))
    if len(suspects) == len(texts):
        return held
    return pl.repeat(value=False, n=len(texts), dtype=pl.Boolean, eager=True).scatter(
        suspects.filter(held), True
    )


def _column(values: pl.Series, some: pl.Series, redact: Callable[[str], str]) -> pl.Series | None:
    """Return values redacted, each of those that are suspects once; None where nothing is to hide."""
    distinct = some.drop_nulls().unique(maintain_order=True)
    if len(distinct) > _FEW:
        distinct = distinct.filter(doubtful(distinct))
    clean = {value: redact(value) for value in distinct}
    changed = {value: shown for value, shown in clean.items() if shown != value}
    return values.replace(changed) if changed else None
