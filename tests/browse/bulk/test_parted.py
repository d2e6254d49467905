"""Lines whose parts are told by where they stand: odd ones, and secrets in a parameter."""

from __future__ import annotations

import tarfile
from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
import pytest

from arclogs.browse.reading import Wish, read_rows
from tests.browse.test_bulk import agree

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "ghp_" + "Zx8" * 12
CONTROLLER = "2026-11-23T02:{0:02d}:24Z\tINFO\tEphemeralRunner\t{1}"
JSON = (
    '{{"severity":"info","ts":"2026-11-23T02:{0:02d}:24Z","logger":"EphemeralRunner","message":"{1}'
)
LISTENER = "time=2026-11-23T02:{0:02d}:24.123Z level=INFO source=a/b.go:1 {1}"
DIND = 'time="2026-11-23T02:{0:02d}:24.123456789Z" level=info {1}'
ODD = {
    "controller": (CONTROLLER, (
        'Creating new pod\t{"ephemeralrunner": {"name":"a-runner-w9k4d","namespace":"x"}}',
        'Creating new pod\t{"ephemeralrunner": {"name": "a-runner-w9k4d","namespace":"x"}}',
        'Creating new pod\t{"ephemeralrunner": {"name":"a b","namespace":"x"}}',
        'Creating new pod\t{"ephemeralrunner": {"name":"","namespace":"x"}}',
        'Creating new pod\t{"ephemeralrunner": {"name":5,"namespace":"x"}}',
        f'Creating new pod\t{{"ephemeralrunner": {{"name":"{"long-" * 20}w9k4d","namespace":"x"}}}}',
        f'Creating new pod\t{{"ephemeralrunner": {{"name":"a","n":"{"x y " * 400}"}}}}',
        'Creating new pod\t{"name":"a","ephemeralrunner": {"name":"b","namespace":"x"}}',
        'Says "name":"c" itself\t{"ephemeralrunner": {"name":"b","namespace":"x"}}',
        "Creating new pod  ",
        "Creating new pod",
    )),
    "controller_json": (JSON, (
        'Creating","ephemeralrunner":{"name":"a-runner-w9k4d","namespace":"x"}}',
        'Creating","ephemeralrunner":{"name": "a-runner-w9k4d"}}',
        'Creating"}',
        'Creating","m":"x","name":"a"}',
        'Creating","count":5,"name":"b"}',
    )),
    "listener": (LISTENER, (
        'msg="Getting next message" component=listener lastMessageID=',
        'msg="Getting next message" component=listener lastMessageID=17',
        'msg="Getting next message" component=listener messageId=18 messageType=x',
        'msg="Getting next message" component=listener jobID="a b"',
        "msg=ready component=listener jobID=abc",
        "msg=ready",
        'msg=ready said="x" msg=y',
        'msg="ID=3" jobID=4',
    )),
    "dind": (DIND, (
        'msg="pulling image" container=16dd12b41cf4c6f2 module=libcontainerd',
        'msg="pulling image" container=16dd12b41cf4c6f2',
        "msg=pulling module=x",
        'msg="pulling image"',
    )),
}  # fmt: skip


def log(form: str, odd: tuple[str, ...], ends: str = "\n") -> bytes:
    plain = odd[0]
    lines = [form.format(n % 60, plain if n % 5 else odd[n // 5 % len(odd)]) for n in range(900)]
    return (ends.join(lines) + ends).encode()


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_lines_are_what_the_reader_makes_of_them(name: str, ends: str) -> None:
    form, odd = ODD[name]
    assert agree(log(form, odd, ends), f"{name}.log") > 600


@pytest.mark.parametrize("name", ["a.log", f"logs/{TOKEN}.log"], ids=["plain", "telling"])
def test_a_secret_in_the_place_of_a_parameter_is_masked(name: str, tmp_path: Path) -> None:
    told = 'Creating new pod\t{"ephemeralrunner": {"name":"%s","namespace":"x"}}'
    odd = (told % "a-runner-w9k4d", told % TOKEN, told % "token", told % "a-runner-zzzzz")
    data = log(CONTROLLER, odd) * 20
    bundle = tmp_path / "b.tar"
    with tarfile.open(bundle, "w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, BytesIO(data))
    frames: dict[bool, list[pl.DataFrame]] = {True: [], False: []}
    for quickly, some in frames.items():
        read_rows([bundle], Wish(), some.append, quickly=quickly)
    quick, slow = (pl.concat(frames[quickly]) for quickly in (True, False))
    assert TOKEN not in str(quick.rows())
    assert quick.equals(slow)
