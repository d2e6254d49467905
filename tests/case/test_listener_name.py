from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.case.listener_name import (
    ScaleSet,
    expected_name,
    safe_hash,
    scale_set_of,
    why_orphan,
)

CASES = yaml.safe_load((Path(__file__).parent / "data" / "listener_names.yaml").read_text())
URL = "https://github.com/tallowridge"


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['name']}-{c.get('version')}")
def test_expected_name(case):
    version, expected = case.pop("version", None), case.pop("expected", None)
    assert expected_name(ScaleSet(**case), version) == expected


@pytest.mark.parametrize(
    ("listener", "scale_set"),
    [
        ("linux-k8s-754b578d-listener", "linux-k8s"),
        ("a-b-c-57ff65c4-listener", "a-b-c"),
        ("linux-k8s-64e6f09e-listener", None),  # no decimal digit becomes an e
        ("my-listener", None),
        ("linux-k8s-754b578d-listener-config", None),
    ],
)
def test_scale_set_of(listener, scale_set):
    assert scale_set_of(listener) == scale_set


def test_an_upgrade_leaves_the_old_listener_behind():
    known = ScaleSet("deploy", "gh-runners", URL, "")
    assert why_orphan("deploy-645c9f95-listener", known, "0.14.2") is None
    old = why_orphan("deploy-57ff65c4-listener", known, "0.14.2")
    assert old == "orphan: named as ARC up to 0.13.0 does, the controller is 0.14.2"
    new = why_orphan("deploy-645c9f95-listener", known, "0.12.1")
    assert new == "orphan: named as ARC from 0.13.1 on does, the controller is 0.12.1"


def test_what_cannot_be_told_is_no_orphan():
    known = ScaleSet("deploy", "gh-runners", URL, "")
    assert why_orphan("deploy-57ff65c4-listener", known, None) is None
    assert why_orphan("deploy-99999999-listener", known, "0.14.2") is None
    unknown = ScaleSet("deploy", "gh-runners")
    assert why_orphan("deploy-645c9f95-listener", unknown, "0.12.1") is None


@settings(max_examples=50)
@given(st.text(), st.from_regex(r"[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?", fullmatch=True))
def test_any_text_hashes_to_what_is_recognised(text, name):
    assert 1 <= len(safe_hash(text)) <= 8
    assert scale_set_of(f"{name}-{safe_hash(text)}-listener") == name
