"""Names go, what rules look for stays; the same name has one pseudonym, and a pseudonym stays."""

from __future__ import annotations

import ipaddress
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.redact.identity import Anonymizer, Level
from arclogs.redact.identity.forms import FORMS, Form
from arclogs.redact.identity.pseudonyms import Pseudonyms, is_pseudonym

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
NAMES = Pseudonyms(b"a key that is only for tests")
OTHER = Pseudonyms(b"another key, of another copy")
WORDS = [line for case in CASES for line in case["text"].split("\n")]


def anonymized(
    text: str, level: str = "max", names: Pseudonyms = NAMES, forms: tuple[Form, ...] = FORMS
) -> str:
    anonymizer = Anonymizer(Level(level), forms=forms)
    anonymizer.learn(text)
    return anonymizer.replace(text, names)


def wrong(case: dict[str, Any], out: str) -> list[str]:
    if case.get("unchanged"):
        return [] if out == case["text"] else [out]
    left = [f"left: {one}" for one in case.get("gone", ()) if one in out]
    lost = [f"lost: {one}" for one in case.get("stays", ()) if one not in out]
    if word := case.get("columns"):
        was = [line.find(word) for line in case["text"].split("\n")]
        lost += ["moved"] * ([line.find(word) for line in out.split("\n")] != was)
    return left + lost


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    for one in case.get("gone", ()):
        assert one in case["text"], "the case could not fail"
    out = anonymized(case["text"], case.get("level", "identity"))
    assert wrong(case, out) == [], out
    assert out.count("\n") == case["text"].count("\n")


@pytest.mark.parametrize("index", range(len(FORMS)))
def test_every_form_is_needed(index: int) -> None:
    fewer = FORMS[:index] + FORMS[index + 1 :]
    assert any(
        wrong(case, anonymized(case["text"], case.get("level", "identity"), forms=fewer))
        for case in CASES
    ), FORMS[index].words


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.sampled_from(["identity", "max"])
)
@settings(max_examples=80, deadline=None)
def test_a_second_time_changes_nothing_whatever_the_key(lines: list[str], level: str) -> None:
    text = "\n".join(lines)
    once = anonymized(text, level)
    assert anonymized(once, level, OTHER) == once
    assert once.count("\n") == text.count("\n")
    anonymizer = Anonymizer(Level(level))
    anonymizer.learn(text)
    assert list(anonymizer.left(anonymizer.replace(text, NAMES))) == []


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
@settings(max_examples=200)
def test_addresses_keep_their_class_and_their_neighbours(one: int, two: int) -> None:
    a, b = (str(ipaddress.IPv4Address(n)) for n in (one, two))
    x, y = NAMES.ip4(a), NAMES.ip4(b)
    assert ipaddress.IPv4Address(x).is_reserved
    assert is_pseudonym(x)
    assert NAMES.ip4(a) == x
    parts = [value.split(".") for value in (a, b, x, y)]
    for length in range(2, 5):  # first parts may fall together, as there are fewer
        if parts[0][:length] == parts[1][:length]:
            assert parts[2][:length] == parts[3][:length]
        if parts[0][0] == parts[1][0] and a.split(".")[:length] != b.split(".")[:length]:
            assert parts[2][:length] != parts[3][:length] or parts[2][0] != parts[3][0]


def test_private_networks_are_told_apart() -> None:
    some = ("10.1.2.3", "172.16.0.1", "172.32.0.1", "192.168.1.1", "100.64.0.1", "93.184.216.34")
    first = {value: NAMES.ip4(value).split(".")[0] for value in some}
    assert first["10.1.2.3"] == "250"
    assert first["172.16.0.1"] == "251"
    assert first["192.168.1.1"] == "252"
    assert first["100.64.0.1"] == "253"
    assert all(240 <= int(first[value]) < 250 for value in ("172.32.0.1", "93.184.216.34"))


def test_ten_thousand_names_have_as_many_pseudonyms() -> None:
    rng = random.Random(3)
    made = {NAMES.name("org", f"org-{rng.getrandbits(64):x}") for _ in range(10_000)}
    assert len(made) == 10_000
    assert NAMES.name("org", "Acme") == NAMES.name("org", "acme") != OTHER.name("org", "acme")


def test_one_name_has_one_pseudonym_in_every_place() -> None:
    text = (
        "https://github.com/jdoe/webshop\nGITHUB_ACTOR=jdoe\nGITHUB_REPOSITORY=jdoe/webshop\n"
        "/home/jdoe/x\nJDOE said: see webshop\n"
    )
    out = anonymized(text, "identity")
    pseudonym = NAMES.name("org", "jdoe")
    assert out.count(pseudonym) == 5
    assert out.count(NAMES.name("repo", "webshop")) == 3


def test_what_is_to_be_kept_stays() -> None:
    text = "https://github.com/acme/x jane@corp.example a.corp.example:1 git@github.com:bolt/y"
    anonymizer = Anonymizer(Level.IDENTITY, frozenset({"acme", "corp.example"}))
    anonymizer.learn(text)
    out = anonymizer.replace(text, NAMES)
    for stays in ("github.com/acme/", "jane@corp.example", "a.corp.example:1"):
        assert stays in out
    assert "bolt" not in out


def test_documents_still_parse() -> None:
    value = {"metadata": {"namespace": "payments-ci", "labels": {"organization": "octo-forge"}},
             "spec": {"nodeName": "10.0.12.31", "nested": json.dumps({"actor": "jdoe"}), "urls":
                      ["https://git.corp.example/a-b/c-d", "ip-10-0-12-31.ec2.internal"]}}  # fmt: skip
    for text in (json.dumps(value, indent=2), yaml.safe_dump(value)):
        out = anonymized(text)
        assert "octo-forge" not in out
        parsed = yaml.safe_load(out)
        assert parsed.keys() == value.keys()
        assert json.loads(parsed["spec"]["nested"])["actor"].startswith("user-")


@given(st.text(st.sampled_from("a1.:-@/\\%_ \n\x1b[é"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_keeps_its_lines(text: str) -> None:
    assert anonymized(text).count("\n") == text.count("\n")


def test_hostile_text_takes_no_time() -> None:
    for piece in ("1.", "a.", "::", "0:", "a@", "://a:", "x-", "\\n", "ip-1-", "namespace: "):
        assert anonymized(piece * 60_000).count("\n") == 0
