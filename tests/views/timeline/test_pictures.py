"""Pictures of a timeline: as agreed, and harmless whatever the bundle says."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.model.timeline import Timeline
from arclogs.views.interface import Layout
from arclogs.views.sanitize import UNSEEN
from arclogs.views.timeline import axis
from arclogs.views.timeline.svg import svg_file, svg_inline
from arclogs.views.timeline.text import render_timeline

HERE = Path(__file__).parent
HOSTILE: dict[str, str] = json.loads((HERE.parent / "data" / "hostile.json").read_text())
LANES = {
    "text-80": lambda t: render_timeline(t, Layout(width=80)),
    "text-120-color": lambda t: render_timeline(t, Layout(width=120, styled=True, color=True)),
    "text-ascii": lambda t: render_timeline(t, Layout(ascii=True)),
    "svg": svg_file,
}
FIXED = {"kind", "time", "first", "last", "severity", "schema_version", "lanes_by"}


def agreed() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((HERE / "founding.json").read_text())
    return data


def injected(value, text, key=""):
    match value:
        case str() if value and key not in FIXED:
            return f"{value} {text}"
        case dict():
            return {k: injected(v, text, k) for k, v in value.items()}
        case list():
            return [injected(v, text, key) for v in value]
        case _:
            return value


@pytest.mark.parametrize("kind", LANES)
def test_picture_is_as_agreed(kind):
    path = HERE / "golden" / f"founding.{kind}.txt"
    text = LANES[kind](Timeline.model_validate(agreed()))
    if os.environ.get("ARCLOGS_UPDATE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("kind", LANES)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_captured_acts(kind, text):
    out = LANES[kind](Timeline.model_validate(injected(agreed(), text)))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert UNSEEN.findall(bare.replace("\n", "")) == []
    if kind == "svg":
        shape = [e.tag for e in ET.fromstring(out).iter()]
        assert shape == [
            e.tag for e in ET.fromstring(LANES[kind](Timeline.model_validate(agreed()))).iter()
        ]
        assert not {"script", "a", "image", "foreignObject", "use"} & {
            t.split("}")[1] for t in shape
        }


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_svg(text):
    ET.fromstring(svg_file(Timeline.model_validate(injected(agreed(), text))))


def test_numbers_lead_to_the_evidence_of_the_page():
    links = re.findall(r'href="([^"]*)"', svg_inline(Timeline.model_validate(agreed())))
    assert links == ["#evidence-1", "#evidence-3", "#evidence-2"]


def test_ascii_is_ascii():
    assert LANES["text-ascii"](Timeline.model_validate(agreed())).isascii()


def test_lines_fit_on_80_columns():
    assert max(map(len, LANES["text-80"](Timeline.model_validate(agreed())).splitlines())) <= 80


@pytest.mark.parametrize(
    ("seconds", "first", "last", "expected"),
    [
        (120, "2026-03-02T08:40:00.000Z", "2026-03-02T10:06:00.000Z",
         ["08:40", "09:00", "09:30", "10:00"]),
        (1, "2026-03-02T10:04:00.000Z", "2026-03-02T10:04:30.000Z",
         ["10:04:00", "10:04:10", "10:04:20"]),
        (21_600, "2026-03-02T00:00:00.000Z", "2026-03-09T00:00:00.000Z",
         ["03-02 00:00", "03-04 00:00", "03-06 00:00", "03-08 00:00"]),
        (0.1, "2026-03-02T10:04:00.000Z", "2026-03-02T10:04:02.000Z",
         ["10:04:00.0", "10:04:00.5", "10:04:01.0", "10:04:01.5"]),
    ],
)  # fmt: skip
def test_axis(seconds, first, last, expected):
    span = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()
    data = agreed() | {"first": first, "last": last, "bucket_seconds": seconds,
                       "buckets": round(span / seconds), "lanes": [], "total": []}  # fmt: skip
    found = axis.labels(Timeline.model_validate(data), 5)
    assert [label for _, label in found] == expected


def test_names_keep_both_ends():
    assert axis.short("linux-k8s-7hx2q-runner-w9k4d", 16) == "linux…nner-w9k4d"
    assert axis.short("short", 16) == "short"
