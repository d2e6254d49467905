"""What the exit code of `arclogs` means. Programs rely on it."""

from __future__ import annotations

from enum import IntEnum

from arclogs.errors import ArclogsError, NothingToAnalyze, OutputError


class ExitCode(IntEnum):
    """Exit codes; the text of `--help` lists them too."""

    OK = 0
    """Analysis complete, findings or not."""
    REACHED = 1
    """`--fail-on` reached."""
    USAGE = 2
    """Wrong option, unknown rule id, bad rule file."""
    PARTIAL = 3
    """Analyzed, but evidence was lost. Wins over 0 and 1."""
    NOTHING = 4
    """Nothing analyzable in the input."""
    OUTPUT = 5
    """The output could not be written."""
    BUG = 70
    """A fault of arclogs."""
    INTERRUPTED = 130
    """Ctrl-C."""


def of_error(error: ArclogsError) -> ExitCode:
    """Return the code for an error that arclogs raises on purpose."""
    match error:
        case NothingToAnalyze():
            return ExitCode.NOTHING
        case OutputError():
            return ExitCode.OUTPUT
        case _:
            return ExitCode.USAGE
