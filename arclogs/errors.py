"""Every error that arclogs raises on purpose.

ArclogsError
├── UsageError          wrong option, unknown rule id, bad path           exit 2
│   └── FilterError     a filter that cannot be read, with its place      exit 2
├── RuleError           a rule file that cannot be used, with its place   exit 2
├── NothingToAnalyze    the input holds nothing that arclogs can read     exit 4
└── OutputError         the report could not be written                   exit 5

A damaged archive or an unreadable member is no error: it is a coverage note (`model.coverage`)
and the analysis goes on with the healthy rest.
"""

from __future__ import annotations


class ArclogsError(Exception):
    """Base of every error that arclogs raises on purpose."""


class UsageError(ArclogsError):
    """The command line or the configuration asks for something that does not exist."""


class FilterError(UsageError):
    """A filter cannot be read.

    `filter_text` is the whole filter, `at` the offset of the mistake in it, `mend` what to do.
    """

    def __init__(self, what: str, filter_text: str, at: int, mend: str) -> None:
        shown, column = filter_text.replace("\n", " ").replace("\t", " "), at
        if column > 60:
            shown, column = "…" + shown[column - 50 :], 51
        shown = shown[:100]
        super().__init__(f"filter: {what}\n  {shown}\n  {' ' * column}^\n  {mend}")
        self.what, self.filter_text, self.at, self.mend = what, filter_text, at, mend


class RuleError(ArclogsError):
    """A rule file cannot be used.

    `place` is ``path:line:column``, as far as it is known.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place


class NothingToAnalyze(ArclogsError):
    """The input holds nothing that arclogs can read."""


class OutputError(ArclogsError):
    """The report could not be written to its target."""
