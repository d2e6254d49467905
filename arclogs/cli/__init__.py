"""The command line. One file a command; none holds logic of the analysis."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from arclogs.ending import end, leave_at_once
from arclogs.garbage import collect_rarely

if TYPE_CHECKING:
    from collections.abc import Sequence

_TERMINATED = 143


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run a command line (that of the process by default) and exit with the contract's code."""
    own = args is None
    if own:
        leave_at_once()
        collect_rarely()
    from arclogs.cli.group import cli
    from arclogs.cli.outcome import Outcome

    # As Ctrl-C: what is half done, a file being written, is cleaned up on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    given = list(sys.argv[1:] if args is None else args)
    with Outcome(debug="--debug" in given) as outcome:
        outcome.code = cli.main(args=given, prog_name="arclogs", standalone_mode=False) or 0
    end(outcome.code)
