r"""Reads filters, as `arclogs records --where` and every list of the terminal UI take them.

    level>=W src:job,hook -kube-probe /HttpError: \d+/ step:"Initialize containers" since:10:04

    term  := ['-'] (regex | field | text)
    regex := '/' ... '/' ['i']            a slash inside is written \/
    field := name ':' value {',' value}   or  level (>=|>|<=|<|=|:) value
    value := quoted | anything up to a blank or comma
    text  := quoted | anything up to a blank
    quoted := "..." or '...', with \" \' \\ inside

All terms must hold. A mistake raises FilterError with its place and a way to mend it.
"""

from __future__ import annotations

import difflib
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, cast, get_args

from arclogs.browse.filter_terms import (
    Comparison,
    Contains,
    Field,
    Filter,
    HasField,
    HasLevel,
    HasTime,
    Matches,
    Term,
    Test,
)
from arclogs.errors import FilterError
from arclogs.lazy_regex import lazy_compile
from arclogs.model.record import Level, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIELDS: Final = get_args(Field)
NAMES: Final = ("level", *FIELDS, "since", "until")
SOURCES: Final = (*(s.value for s in Source), "events")
MOST_TERMS: Final = 100
LONGEST: Final = 10_000

_FIELD = lazy_compile(r"([A-Za-z]{2,12}):")
_LEVEL = lazy_compile(r"level(>=|<=|>|<|=|:)", re.I)
_QUOTED = lazy_compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.DOTALL)
_REGEX = lazy_compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)
_VALUE = lazy_compile(r"[^\s,]+")
_WORD = lazy_compile(r"\S+")
_CLOCK = lazy_compile(r"(\d\d?):(\d\d)(?::(\d\d)(\.\d{1,6})?)?Z?")
_DATE = lazy_compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_CLOSE = 0.65
_MEANT: Final = {
    "source": "src",
    "file": "src",
    "member": "src",
    "namespace": "ns",
    "severity": "level",
    "after": "since",
    "before": "until",
}


def parse_filter(text: str, valid_regex: Callable[[str], str | None]) -> Filter:
    """Read a filter; `valid_regex` returns what is wrong with a pattern, or None.

    Raise FilterError for what cannot be read.
    """
    if len(text) > LONGEST:
        raise FilterError("the filter is too long", text[:80], LONGEST, "write a shorter one")
    terms = tuple(_Reader(text, valid_regex).terms())
    if len(terms) > MOST_TERMS:
        place = terms[MOST_TERMS].start
        raise FilterError(f"more than {MOST_TERMS} terms", text, place, "write fewer")
    _check_window(terms, text)
    return Filter(terms)


class _Reader:
    """Walks through the text of a filter once."""

    def __init__(self, text: str, valid_regex: Callable[[str], str | None]) -> None:
        self.text = text
        self.at = 0
        self.valid_regex = valid_regex

    def terms(self) -> Iterator[Term]:
        while True:
            while self.at < len(self.text) and self.text[self.at].isspace():
                self.at += 1
            if self.at >= len(self.text):
                return
            start = self.at
            negated = self._dash()
            test = self._test()
            yield Term(test, negated, self.text[start : self.at], start)

    def _dash(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if self.text[self.at] != "-" or not following or following.isspace():
            return False
        self.at += 1
        return True

    def _test(self) -> Test:
        rest = self.text[self.at]
        if rest == "/":
            return self._regex()
        if rest in "\"'":
            return Contains(self._quoted())
        level = _LEVEL.match(self.text, self.at)
        if level is not None:
            self.at = level.end()
            return self._level(level[1])
        field = _FIELD.match(self.text, self.at)
        if field is not None and self._is_field(field[1].lower(), field.end()):
            self.at = field.end()
            return self._field(field[1].lower())
        return Contains(self._take(_WORD))

    def _is_field(self, name: str, end: int) -> bool:
        """Tell a field from text such as `error:`; a slip of the pen is neither."""
        if name in NAMES:
            return True
        meant = _MEANT.get(name)
        close = [meant] if meant else difflib.get_close_matches(name, NAMES, 1, _CLOSE)
        valued = self.text[end : end + 1].strip() not in ("", "/")
        if close and valued:
            mend = f"did you mean {close[0]}:? To search for the text, put it in quotes"
            raise FilterError(f"there is no field {name!r}", self.text, self.at, mend)
        return False

    def _regex(self) -> Matches:
        found = _REGEX.match(self.text, self.at)
        mend = 'to search for a path, put it in quotes: "/home/runner"'
        if found is None:
            raise FilterError("the pattern has no closing /", self.text, self.at, mend)
        flags = _WORD.match(self.text, found.end())
        if flags is not None and flags[0] != "i":
            what = f"{flags[0][:40]!r} stands behind the closing /"
            raise FilterError(what, self.text, found.end(), f"only i may; {mend}")
        pattern = ("(?im)" if flags else "(?m)") + found[1].replace("\\/", "/")
        wrong = self.valid_regex(pattern)
        if wrong is not None:
            mend = "look-around and backreferences are not known here, which keeps the search fast"
            raise FilterError(f"bad pattern: {wrong}", self.text, self.at, mend)
        self.at = found.end() + len(flags[0] if flags else "")
        return Matches(pattern)

    def _quoted(self) -> str:
        found = _QUOTED.match(self.text, self.at)
        if found is None:
            quote = self.text[self.at]
            mend = f"close it, or write \\{quote} in quotes to search for the sign itself"
            raise FilterError("the quote is not closed", self.text, self.at, mend)
        inside = found[1] if found[1] is not None else found[2]
        if not inside:
            raise FilterError(
                "nothing in the quotes", self.text, self.at, "put a text between them"
            )
        self.at = found.end()
        return re.sub(r"\\([\"'\\])", r"\1", inside)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:  # a blank or the end, where a value should be
            raise FilterError("a value is missing", self.text, self.at, "write it without a blank")
        self.at = found.end()
        return found[0]

    def _value(self) -> str:
        quoted = self.text[self.at : self.at + 1] in ("'", '"')
        return self._quoted() if quoted else self._take(_VALUE)

    def _level(self, sign: str) -> HasLevel:
        start = self.at
        word = self._value().lower()
        for level in Level:
            if level.name.lower().startswith(word) or word in _LEVEL_WORDS.get(level, ()):
                return HasLevel(cast("Comparison", "=" if sign == ":" else sign), level)
        mend = "one of D, I, W, E (debug, info, warning, error)"
        raise FilterError(f"there is no level {word!r}", self.text, start, mend)

    def _field(self, name: str) -> Test:
        if name == "level":
            return self._level(":")
        start = self.at
        if name in ("since", "until"):
            return HasTime(">=" if name == "since" else "<=", self._moment(start))
        values = [self._value()]
        while self.text[self.at : self.at + 1] == ",":
            self.at += 1
            values.append(self._value())
        if name == "src":
            for value in values:
                self._check_source(value, start)
        return HasField(cast("Field", name), tuple(values))

    def _check_source(self, value: str, start: int) -> None:
        if value.lower() in SOURCES or any(sign in value for sign in "*?./"):
            return
        close = difflib.get_close_matches(value.lower(), SOURCES, 1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        mend = (
            f"{hint}Sources are {', '.join(SOURCES)}; a file is named by a pattern: src:*{value}*"
        )
        raise FilterError(f"there is no source {value!r}", self.text, start, mend)

    def _moment(self, start: int) -> datetime | time:
        text = self._quoted() if self.text[start : start + 1] in ("'", '"') else self._take(_WORD)
        try:
            clock = _CLOCK.fullmatch(text)
            if clock is not None:
                hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
                micros = round(float(clock[4] or 0) * 1_000_000)
                return time(hour, minute, second, micros)
            if _DATE.fullmatch(text):
                moment = datetime.fromisoformat(text)
                return (
                    moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
                )
        except (ValueError, OverflowError):
            pass
        mend = "write 10:04, 10:04:20 or 2026-03-02T10:04; times are UTC"
        raise FilterError(f"{text[:40]!r} is no time", self.text, start, mend)


_LEVEL_WORDS: Final = {
    Level.WARNING: ("warn", "wrn"),
    Level.ERROR: ("err", "fatal"),
    Level.INFO: ("information",),
    Level.DEBUG: ("trace", "verbose"),
}


def _check_window(terms: tuple[Term, ...], text: str) -> None:
    """Refuse a window that nothing can lie in: `since:23:50 until:00:10` means two days."""
    begins = [t for t in terms if isinstance(t.test, HasTime) and not t.negated]
    for first in begins:
        for last in begins:
            since, until = first.test, last.test
            assert isinstance(since, HasTime)
            assert isinstance(until, HasTime)
            if (since.comparison, until.comparison) != (">=", "<="):
                continue
            if type(since.moment) is type(until.moment) and _after(since.moment, until.moment):
                mend = "write dates: since:2026-03-01T23:50 until:2026-03-02T00:10"
                raise FilterError("since is later than until", text, last.start, mend)


def _after(one: datetime | time, other: datetime | time) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one - other > timedelta()
    if isinstance(one, time) and isinstance(other, time):
        return one > other
    return False
