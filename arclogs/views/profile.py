"""Where the time of a run went, as a table for the terminal.

stage                        seconds  share
wait for unpacking              0.41    12%
scan                            1.38    41%

rule                         seconds  lines and events looked at
runner-oomkilled               0.021                         204
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from arclogs.stopwatch import Stopwatch

MOST_RULES: Final = 10


def profile_lines(watch: Stopwatch) -> Iterator[str]:
    """Yield the lines of the table: every stage in the order of the run, then the dearest rules."""
    total = sum(watch.stages.values())
    yield f"{'stage':<28} seconds  share"
    for name, seconds in watch.stages.items():
        yield f"{name:<28} {seconds:7.2f} {seconds / (total or 1):5.0%}"
    yield f"{'all':<28} {total:7.2f}"
    if not watch.rules:
        return
    yield ""
    yield f"{'rule':<44} seconds  lines and events looked at"
    dearest = sorted(watch.rules.items(), key=lambda item: (-item[1].seconds, item[0]))
    for name, work in dearest[:MOST_RULES]:
        yield f"{name:<44} {work.seconds:7.3f} {work.looked_at:27,}"
    rest = dearest[MOST_RULES:]
    seconds, seen = sum(w.seconds for _, w in rest), sum(w.looked_at for _, w in rest)
    yield f"{f'the other {len(rest)}':<44} {seconds:7.3f} {seen:27,}"
