from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.text.timestamps import parse_age, parse_rfc1123, parse_timestamp


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-23T02:05:37Z", utc(2026, 11, 23, 2, 5, 37)),
        ("2026-11-23T02:05:37.1Z", utc(2026, 11, 23, 2, 5, 37, 100_000)),
        ("2020-11-12T22:17:30.693Z", utc(2020, 11, 12, 22, 17, 30, 693_000)),
        ("2025-11-18T09:14:07.0214553Z", utc(2025, 11, 18, 9, 14, 7, 21_455)),
        ("2026-11-23T02:06:24.214553000Z", utc(2026, 11, 23, 2, 6, 24, 214_553)),
        ("2026-11-23T02:06:24.999999999Z", utc(2026, 11, 23, 2, 6, 24, 999_999)),
        ("2026-11-23T02:05:37.123456789123Z", utc(2026, 11, 23, 2, 5, 37, 123_456)),
        ("2026-11-23 02:05:37Z", utc(2026, 11, 23, 2, 5, 37)),
        ("2025-09-25T08:42:17-04:00", utc(2025, 9, 25, 12, 42, 17)),
        ("2026-09-21T15:30:00+0530", utc(2026, 9, 21, 10)),
        ("2026-09-21T06:30:00-0330", utc(2026, 9, 21, 10)),
        ("2026-09-21T12:00:00+02", utc(2026, 9, 21, 10)),
        ("2026-09-21 10:00:00,5 +0000", utc(2026, 9, 21, 10, 0, 0, 500_000)),
        ("2026-09-21T10:00:00", utc(2026, 9, 21, 10)),
        ("2026-09-21t10:00:00z", utc(2026, 9, 21, 10)),
        ("2026/11/23 02:05:37", utc(2026, 11, 23, 2, 5, 37)),
        ("2026/11/23 02:05:37.000001", utc(2026, 11, 23, 2, 5, 37, 1)),
        ("2020-11-19 16:12:30 +0000 UTC", utc(2020, 11, 19, 16, 12, 30)),
        ("2020-11-19 16:12:30.25 +0100 CET m=+0.01", utc(2020, 11, 19, 15, 12, 30, 250_000)),
        ("1605800773.4382", utc(2020, 11, 19, 15, 46, 13, 438_200)),
        ("1.6058007734382e+09", utc(2020, 11, 19, 15, 46, 13, 438_200)),
        ("1605800773", utc(2020, 11, 19, 15, 46, 13)),
        ("1605800773438", utc(2020, 11, 19, 15, 46, 13, 438_000)),
        ("1605800773438123", utc(2020, 11, 19, 15, 46, 13, 438_123)),
        ("1605800773438123456", utc(2020, 11, 19, 15, 46, 13, 438_123)),
        ("2016-12-31T23:59:60Z", utc(2017, 1, 1)),
        ("2024-02-29T00:00:00Z", utc(2024, 2, 29)),
        ("2000-01-01T00:00:00Z", utc(2000, 1, 1)),
        ("2099-12-31T23:59:59Z", utc(2099, 12, 31, 23, 59, 59)),
    ],
)
def test_timestamp(text: str, time: datetime) -> None:
    parsed = parse_timestamp(text)
    assert parsed == time
    assert parsed is not None
    assert parsed.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "2100-01-01T00:00:00Z",
        "2099-12-31T23:59:60Z",
        "2023-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T25:00:00Z",
        "2026-11-23T02:61:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-23",
        "2026-W48-1T00:00:00",
        "٢٠٢٦-11-23T02:05:37Z",
        "I0121 19:44:45.360355",
        "<unknown>",
        "5m58s",
        "16058007734",
        "9999999999999",
        "1e400",
    ],
)
def test_no_timestamp(text: str) -> None:
    assert parse_timestamp(text) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Mon, 23 Nov 2026 02:43:12 +0000", utc(2026, 11, 23, 2, 43, 12)),
        ("Mon, 23 Nov 2026 04:43:12 +0200", utc(2026, 11, 23, 2, 43, 12)),
        ("Mon, 23 Nov 2026 02:59:21 GMT", utc(2026, 11, 23, 2, 59, 21)),
        ("1 Dec 2026 00:00:00 UTC", utc(2026, 12, 1)),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("Mon, 31 Feb 2026 00:00:00 +0000", None),
        ("Mon, 23 Xxx 2026 02:59:21 GMT", None),
        ("<unset>", None),
    ],
)
def test_rfc1123(text: str, time: datetime | None) -> None:
    assert parse_rfc1123(text) == time


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("0s", timedelta()),
        ("88s", timedelta(seconds=88)),
        ("5m58s", timedelta(minutes=5, seconds=58)),
        ("9m", timedelta(minutes=9)),
        ("5h12m", timedelta(hours=5, minutes=12)),
        ("31h", timedelta(hours=31)),
        ("2d5h", timedelta(days=2, hours=5)),
        ("41d", timedelta(days=41)),
        ("2y40d", timedelta(days=770)),
        ("9y", timedelta(days=3285)),
        ("<unknown>", None),
        ("<invalid>", None),
        ("", None),
        ("5", None),
        ("58s5m", None),
        ("-5m", None),
        ("999999y", timedelta(days=999999 * 365)),
    ],
)
def test_age(text: str, age: timedelta | None) -> None:
    assert parse_age(text) == age


ZONES = st.integers(-14 * 4, 14 * 4).map(
    lambda quarters: timezone(timedelta(minutes=15 * quarters))
)


TIMES = st.datetimes(
    utc(2000, 1, 2).replace(tzinfo=None), utc(2099, 12, 30).replace(tzinfo=None), timezones=ZONES
)


@settings(max_examples=60)
@given(TIMES)
def test_every_time_survives(time: datetime) -> None:
    assert parse_timestamp(time.isoformat()) == time
    assert parse_timestamp(time.isoformat(" ").replace("-", "/", 2)) == time


SHAPES = st.from_regex(r"[0-9]{4}[-/][0-9]{2}-[0-9]{2}[T ][0-9:.]{8,20}(Z|[+-][0-9:]{2,6})?")


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=40), SHAPES, st.floats().map(str), st.integers().map(str)))
def test_no_text_raises(text: str) -> None:
    time = parse_timestamp(text)
    assert time is None or time.year in range(2000, 2100)
    parse_age(text)
    parse_rfc1123(text)
