"""Time stamps and ages, in every spelling that the programs around ARC print.

    2025-11-18T09:14:07.0214553Z          job log; kubelet prints 9 digits, zap 0 or 3
    2026-11-23 02:05:37Z                  runner; 2026/11/23 02:05:37 is Go's log package
    5m58s                                 kubectl age (apimachinery duration.HumanDuration)

All times come back aware, in UTC, in whole microseconds. What is no time or lies outside 2000-2099
(Go's zero time 0001-01-01 is a common one) comes back as None. Nothing here raises.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from arclogs.lazy_regex import lazy_compile

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_AFTER_LAST = datetime(2100, 1, 1, tzinfo=UTC)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d(?::?\d\d)?)?"
"""Pattern of an ISO 8601 stamp with or without a zone, for use inside other patterns."""

RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)"
"""Pattern of the stamps that kubelet and container runtimes print."""

_ISO = lazy_compile(
    r"""
    (?P<date>\d{4}[-/]\d\d[-/]\d\d)         # 2026-11-23, Go log: 2026/11/23
    [Tt ](?P<clock>\d\d:\d\d)               # 02:05
    :(?P<second>\d\d)                       # 37, 60 in a leap second
    (?P<fraction>[.,]\d{1,9}\d*)?           # .214553000
    [ ]?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)? # Z, +02:00, -0330
    (?:[ ][A-Z]{3,4})?(?:[ ]m=[+-][\d.]+)?  # Go's Time.String(): +0000 UTC m=+0.1
    """,
    re.VERBOSE | re.ASCII,
)
_EPOCH = lazy_compile(r"\d{10}(?:\d{3}){0,3}(?:\.\d{1,9})?|\d\.\d{1,17}e\+?09", re.ASCII)
_RFC1123 = lazy_compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (GMT|UTC|[+-]\d{4})",
    re.ASCII,
)
_AGE = lazy_compile(
    r"(?:(\d{1,6})y)?(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?", re.ASCII
)


def parse_timestamp(text: str) -> datetime | None:
    """Return the time that `text` states, or None.

    Reads RFC 3339 and its relatives (blank for T, comma for the point, 0 to 9 digits and more),
    Go's log and Time.String forms and seconds, ms, µs or ns since 1970. A stamp without a zone is
    taken as UTC, which is what containers run in.
    """
    if len(text) >= 19 and text[4] == text[7] == "-" and text[10] in "T " and text[17:19] != "60":
        try:
            return _placed(datetime.fromisoformat(text)) if text[11:13] != "24" else None
        except ValueError:
            pass
    return _slowly(text.strip())


def parse_rfc1123(text: str) -> datetime | None:
    """Return the time of `Mon, 23 Nov 2026 02:43:12 +0000` (kubectl describe, HTTP), or None."""
    match = _RFC1123.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, clock, zone = match.groups()
    if month.lower() not in _MONTHS:
        return None
    number = _MONTHS.index(month.lower()) + 1
    offset = "+0000" if zone in ("GMT", "UTC") else zone
    return parse_timestamp(f"{year}-{number:02}-{int(day):02}T{clock}{offset}")


def parse_age(text: str) -> timedelta | None:
    """Return the age that kubectl prints as `88s`, `5m58s`, `31h`, `2d5h`, `2y40d`, or None.

    A year is 365 days, as in kubectl. `<unknown>` and `<invalid>` are None.
    """
    match = _AGE.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    years, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        return timedelta(days=years * 365 + days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def _slowly(text: str) -> datetime | None:
    """Read the spellings that `datetime.fromisoformat` does not know."""
    match = _ISO.fullmatch(text)
    if match is not None:
        second = match["second"]
        leap = second == "60"
        fraction = (match["fraction"] or "")[:7].replace(",", ".")
        zone = (match["zone"] or "Z").upper()
        date = match["date"].replace("/", "-")
        try:
            time = datetime.fromisoformat(
                f"{date}T{match['clock']}:{'59' if leap else second}{fraction}{zone}"
            )
        except ValueError:
            return None
        if match["clock"].startswith("24"):
            return None
        return _placed(time, timedelta(seconds=leap))
    if _EPOCH.fullmatch(text):
        return _epoch(text)
    return None


def _epoch(text: str) -> datetime | None:
    whole, _, _ = text.partition(".")
    beyond_seconds = len(whole) - 10
    if beyond_seconds > 0:  # divided as integers: a float cannot hold nanoseconds
        micros = int(whole) * 1_000_000 // 10**beyond_seconds
    else:
        micros = round(float(text) * 1_000_000)
    try:
        return _placed(datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=micros))
    except OverflowError:
        return None


def _placed(time: datetime, plus: timedelta | None = None) -> datetime | None:
    """Return `time` in UTC where it is a time at which a bundle's programs can have run."""
    try:
        if time.tzinfo is not UTC:
            time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        if plus is not None:
            time += plus
    except OverflowError:
        return None
    return time if _FIRST <= time < _AFTER_LAST else None
