from __future__ import annotations

import re
from pathlib import Path

import pytest

from arclogs.browse.opened import open_case
from arclogs.case.environment import environment
from arclogs.case.hook_versions import hook_versions, in_image
from arclogs.model.location import Location
from arclogs.model.observation import Statement
from arclogs.model.record import Level, Record, Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def error(text):
    return Record("job.log", 1, Source.HOOK, text, (text,), level=Level.ERROR)


def stated(**facts):
    return {
        name: (Statement(name, value, Location("x", 1), value),) for name, value in facts.items()
    }


@pytest.mark.parametrize(
    ("runner", "mode", "hooks"),
    [
        ("2.299.1", "kubernetes", None), ("2.300.0", "kubernetes", "0.1.3"),
        ("2.312.0", "kubernetes", "0.5.0"), ("2.329.0", "kubernetes", "0.7.0"),
        ("2.329.0", "kubernetes-novolume", "0.8.0"), ("2.335.1", "kubernetes-novolume", "0.8.1"),
        ("2.328.0", "kubernetes-novolume", None), ("2.329.0", "dind", None),
        ("2.999.0", "kubernetes", None), ("latest", "kubernetes", None),
    ],
)  # fmt: skip
def test_what_lies_in_the_image(runner, mode, hooks):
    assert in_image(runner, mode) == hooks


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["HttpError: HTTP request failed"], "0.7.0 or older"),
        (["Error: failed to create job pod: HttpError: HTTP request failed"], "0.1.2 to 0.7.0"),
        (["Error: HTTP-Code: 401\nMessage: Unauthorized"], "0.8.0 or later"),
        (["Error: failed to create script environment: x"], "0.7.0"),
        (
            ["HttpError: HTTP request failed", "Error: failed to run script step: [object Object]"],
            "0.5.1 to 0.7.0",
        ),
        (["HttpError: HTTP request failed", "Error: HTTP-Code: 401"], None),  # two hooks
        (["Error: Process completed with exit code 1."], None),
    ],
)
def test_what_the_wording_says(texts, says):
    found = [s.value for s in hook_versions({}, [error(text) for text in texts])]
    assert found == ([says] if says else [])


def test_the_image_counts_unless_the_wording_is_of_another_hook():
    image = stated(runner_version="2.329.0", container_mode="kubernetes")
    (agreed,) = hook_versions(image, [error("HttpError: HTTP request failed")])
    assert (agreed.name, agreed.value) == ("hook_version", "0.7.0")
    (own,) = hook_versions(image, [error("Error: HTTP-Code: 401")])
    assert (own.name, own.value) == ("hook_versions", "0.8.0 or later")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
def test_every_real_hook_is_within_what_is_said_of_it():
    told = 0
    for folder in sorted(CORPUS.glob("formats/hooks/*/v*")):
        said = environment(open_case([folder / "job-log.txt"]).case).hook_version
        if said is None:
            continue
        told += 1
        version = key(folder.name)
        numbers = [key(number) for number in re.findall(r"\d+\.\d+\.\d+", said)]
        low = (0,) if "older" in said else numbers[0]
        high = (99,) if "later" in said else numbers[-1]
        assert low <= version <= high, (folder, said)
    assert told > 40


def key(version):
    return tuple(map(int, version.removeprefix("v").split(".")))
