"""A copy written from what the first reading found is the one that looking again would give."""

from __future__ import annotations

import base64
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.errors import OutputError
from arclogs.masked import copy, mask_bundle
from arclogs.masked import text as masked_text
from arclogs.redact.pieces import Findings
from tests.redact.carriers import CARRIERS
from tests.redact.secrets_made_up import Forge, all_secrets

SECRETS = all_secrets(23)
SOME = Forge(23).some
LINES = [b"", b"plain words", b"kind: Pod", b"caf\xe9 \xff", "✓ done".encode(), b"\x1b[36;1mls\x1b[0m",
         b"z" * 900, b"2026-09-17T10:04:20Z\tINFO\tlistener\tassigned job\t{}"]  # fmt: skip
CARRIED = st.builds(
    lambda carrier, secret: CARRIERS[carrier](secret.name, secret.value).encode(),
    st.sampled_from(sorted(CARRIERS)),
    st.sampled_from(SECRETS),
)
BARE = st.sampled_from([secret.value.encode() for secret in SECRETS])


@st.composite
def members(draw: st.DrawFn) -> bytes:
    lines = draw(st.lists(CARRIED | BARE | st.sampled_from(LINES), min_size=1, max_size=8))
    end = draw(st.sampled_from([b"\n", b"\r\n"]))
    return end.join(lines) + draw(st.sampled_from([b"", end]))


def masked(folder: Path, name: str) -> tuple[dict[str, bytes], object]:
    try:
        masking = mask_bundle(folder / "in", folder / name)
    except OutputError as error:  # the window was too small to see what a line belongs to
        return {}, str(error)
    return {p.name: p.read_bytes() for p in sorted((folder / name).iterdir())}, masking.counts


@given(st.lists(members(), min_size=1, max_size=3), st.sampled_from([300, 1500, 1 << 20]))
@settings(max_examples=40, deadline=None)
def test_same_bytes_and_counts(bodies: list[bytes], window: int) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setattr(masked_text, "WINDOW", window)  # secrets stand at the borders of windows
        patch.setattr(masked_text, "AROUND", window // 2)
        folder = Path(place)
        (folder / "in").mkdir()
        for number, body in enumerate(bodies):
            (folder / "in" / f"{number}.log").write_bytes(body)
        quick, told = masked(folder, "quick")
        patch.setattr(copy, "Findings", lambda: Findings(most=0))
        simple, told_simply = masked(folder, "simple")
    assert quick == simple
    assert told == told_simply


@pytest.mark.parametrize(
    "text",
    [
        b"apiVersion: v1\nkind: Secret\nstringData:\n  key: \xc3\x9cBER-geheim und MEHR\n",
        b"password: caf\xff" + SOME(12).encode() + b'"&<\n',
        "password: pässwört✓".encode() + SOME(6).encode() + b"\n",
    ],
    ids=["a Secret's value beyond ASCII", "no UTF-8", "beyond Latin-1"],
)
def test_a_secret_of_any_bytes_is_replaced(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(text)
    masking = mask_bundle(tmp_path / "a.log", tmp_path / "b.log")
    assert masking.total() == Counter(secret=1)
    secret = text.rsplit(b": ", 1)[1].strip()
    assert secret not in (tmp_path / "b.log").read_bytes()


def test_secrets_too_weak_to_make_a_key_are_replaced_where_they_stand(tmp_path: Path) -> None:
    weak = base64.b64encode(b"Xk3f9Qz1").decode()
    text = "kind: Secret\ndata:\n  key: {}\n---\nthen\nDB_PASSWORD={} and the rest\n"
    (tmp_path / "a.yaml").write_text(text.format(weak, "Yp7w2Lm4"))
    assert not mask_bundle(tmp_path / "a.yaml", tmp_path / "b.yaml").lasting
    assert (tmp_path / "b.yaml").read_text() == text.format("<secret>", "<secret>")
