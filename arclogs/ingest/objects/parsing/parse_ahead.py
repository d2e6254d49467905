"""Values of the objects of a list, in order: parsed here while they are few, then by a pool."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from arclogs.ingest.objects.yaml.text import Refusal, all_plain, explained, load_yaml, refusal_of
from arclogs.model.coverage import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from arclogs.ingest.objects.documents import Aside, Entry
    from arclogs.ingest.objects.parsing.parser_pool import Answer, ParserPool

LEAST_CHARS: Final = 2 * 1024 * 1024
"""Of a list, from which on a pool is worth starting."""
_BATCH_CHARS: Final = 256 * 1024
_BATCH_ITEMS: Final = 1000
_LOST: Final = Refusal(Code.WORKER_CRASHED, "reading this object ended the process that read it")


class Cut(NamedTuple):
    """The text of a list item."""

    start: int
    """Number of its first line."""
    text: str | None
    """None where it was too long to be held."""
    lean: str
    """What of it is parsed."""


class _Batch(NamedTuple):
    cuts: Sequence[Cut | Entry | Aside]
    known: Sequence[Refusal | None]
    """What is known against each without parsing it."""
    answers: Future[list[Answer]]


def parsed(
    cuts: Iterable[Cut | Entry | Aside],
) -> Iterator[tuple[Cut | Entry | Aside, Any | Refusal]]:
    """Yield each cut with its value, or with why it has none; what is no cut with None.

    An entry is of an object that needed no parsing.
    """
    pool: ParserPool | None = None
    try:
        chars = 0
        rest = iter(cuts)
        for cut in rest:
            yield cut, load_yaml(cut.lean) if isinstance(cut, Cut) else None
            chars += len(cut.lean) if isinstance(cut, Cut) else 0
            if chars > LEAST_CHARS:
                from arclogs.ingest.objects.parsing.parser_pool import ParserPool  # 10 ms

                pool = ParserPool.start()
                break
        if pool is not None:
            yield from _ahead(rest, pool)
        else:
            for cut in rest:
                yield cut, load_yaml(cut.lean) if isinstance(cut, Cut) else None
    finally:
        if pool is not None:
            pool.close()


def _ahead(
    cuts: Iterable[Cut | Entry | Aside], pool: ParserPool
) -> Iterator[tuple[Cut | Entry | Aside, Any | Refusal]]:
    waiting: deque[_Batch] = deque()
    for batch in _batches(cuts):
        texts = [cut.lean for cut in batch if isinstance(cut, Cut)]
        known: list[Refusal | None] = [None] * len(batch)
        if not all_plain(texts):
            known = [refusal_of(cut.lean) if isinstance(cut, Cut) else None for cut in batch]
            texts = [c.lean for c, no in zip(batch, known) if isinstance(c, Cut) and no is None]
        waiting.append(_Batch(batch, known, pool.parse(texts)))
        if len(waiting) > 2 * pool.size:
            yield from _answered(waiting.popleft())
    while waiting:
        yield from _answered(waiting.popleft())


def _batches(cuts: Iterable[Cut | Entry | Aside]) -> Iterator[list[Cut | Entry | Aside]]:
    batch: list[Cut | Entry | Aside] = []
    chars = 0
    for cut in cuts:
        batch.append(cut)
        chars += len(cut.lean) if isinstance(cut, Cut) else 0
        if chars >= _BATCH_CHARS or len(batch) >= _BATCH_ITEMS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _answered(batch: _Batch) -> Iterator[tuple[Cut | Entry | Aside, Any | Refusal]]:
    answers = iter(batch.answers.result())
    for cut, refusal in zip(batch.cuts, batch.known):
        if not isinstance(cut, Cut):
            yield cut, None
        elif refusal is not None:
            yield cut, refusal
        else:
            answer = next(answers)
            if isinstance(answer, tuple):
                yield cut, answer[0]
            else:
                yield cut, _LOST if answer is None else explained(cut.lean, answer)
