"""From what happened to exit code and message: the one place where errors are put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import click

import arclogs
from arclogs.cli.exit_codes import ExitCode, of_error
from arclogs.cli.output import say
from arclogs.errors import ArclogsError

if TYPE_CHECKING:
    from types import TracebackType


class Outcome:
    """Holds the exit code of what runs in its `with` block, whichever way that ends."""

    def __init__(self, *, debug: bool) -> None:
        self.code = int(ExitCode.OK)
        self._debug = debug

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Turn an error into code and message; let what asks to exit (SystemExit) pass."""
        match error:
            case None:
                return True
            case click.exceptions.Exit():
                self.code = error.exit_code
            case click.Abort() | KeyboardInterrupt():
                self.code = ExitCode.INTERRUPTED
                say("interrupted")
            case click.ClickException():
                self.code = ExitCode.USAGE
                say(f"error: {error.format_message()}", *_where_to_look(error))
            case ArclogsError():
                self.code = of_error(error)
                say(f"error: {error}")
            case Exception():
                self.code = ExitCode.BUG
                say(*self._bug(error))
            case _:
                return False
        if self._debug and not isinstance(error, click.exceptions.Exit):
            import traceback

            say(*"".join(traceback.format_exception(error)).splitlines())
        return True

    def _bug(self, error: Exception) -> list[str]:
        hint = "" if self._debug else " with what --debug shows"
        return [
            f"error: this is a bug in arclogs {arclogs.__version__}, please report it{hint}: "
            f"{type(error).__name__}: {error}"
        ]


def _where_to_look(error: click.ClickException) -> list[str]:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return [f"Try '{context.command_path} --help'."] if context else []
