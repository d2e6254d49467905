"""A masked copy: no secret in it, the same findings, nothing half written."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import tarfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from arclogs.analyze import investigate
from arclogs.bundle import Bundle, Member
from arclogs.cli.group import cli
from arclogs.errors import OutputError, UsageError
from arclogs.masked import mask_bundle
from arclogs.masked import text as masked_text
from arclogs.redact.placeholder import PLACEHOLDER
from arclogs.redact.redactor import Redactor
from arclogs.rules import RuleSet, load_rules
from arclogs.rules.findings.report import findings_of
from tests.redact.secrets_made_up import Forge

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
CASES = sorted((ROOT.parent / "shared" / "corpus" / "cases").glob("*"))
SOME = Forge(11).some
PASSWORD = "s3" + SOME(14)
TOKEN = "ghp_" + SOME(36)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "logs").mkdir(parents=True)
    secret = base64.b64encode(TOKEN.encode()).decode()
    (root / "secret.yaml").write_text(
        f"apiVersion: v1\ndata:\n  github_token: {secret}\n  short: YWJj\nkind: Secret\n"
    )
    # the first member that is read tells nothing; what it repeats is told by the last
    (root / "logs" / "a.log").write_bytes(
        f"using {PASSWORD} here\r\nand {TOKEN}\nraw \xff\n".encode("latin-1")
    )
    (root / "z.txt").write_bytes(f"password: {PASSWORD}\r\n".encode("utf-16"))
    (root / f"{TOKEN}.log").write_text("a name\n")
    (root / "core.bin").write_bytes(b"\x7fELF" + os.urandom(64))
    return root


def contents(path: Path) -> dict[str, bytes]:
    return {m.name: b"".join(m.chunks) for m in Bundle([path]) if isinstance(m, Member)}


@pytest.mark.parametrize("name", ["out.tar", "out.tar.gz", "out.tgz", "out.zip", "out"])
def test_no_secret_is_left_in_any_form_of_copy(bundle: Path, tmp_path: Path, name: str) -> None:
    masking = mask_bundle(bundle, tmp_path / name)
    after = contents(tmp_path / name)
    told = b"\0".join([*after.values(), *(n.encode() for n in after)])
    for secret in (PASSWORD, TOKEN, base64.b64encode(TOKEN.encode()).decode(), "YWJj"):
        assert secret.encode() not in told
        assert secret not in told.decode("utf-16-le", "replace")
    assert b"raw \xff\n" in after["logs/a.log"]  # what is no secret stays, byte for byte
    assert b" here\r\n" in after["logs/a.log"]
    assert masking.dropped == ["core.bin"]
    assert len(after) == 4


def test_the_same_secret_has_one_id_everywhere(bundle: Path, tmp_path: Path) -> None:
    mask_bundle(bundle, tmp_path / "out")
    after = contents(tmp_path / "out")
    log, yaml = after["logs/a.log"].decode("latin-1"), after["secret.yaml"].decode()
    (identity,) = set(re.findall(r"<github-token:[a-z2-7]{10}>", log + yaml))
    assert identity in log
    assert identity in yaml


def test_same_bundle_same_bytes(bundle: Path, tmp_path: Path) -> None:
    for name in ("a.tgz", "b.tgz"):
        mask_bundle(bundle, tmp_path / name)
    assert (tmp_path / "a.tgz").read_bytes() == (tmp_path / "b.tgz").read_bytes()


def test_ids_of_other_bundles_differ_but_for_a_key(bundle: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.log"
    other.write_text(f"{TOKEN}\nghs_{SOME(40)}\n")

    def ids(key: bytes | None) -> list[set[bytes]]:
        out = []
        for number, source in enumerate((bundle, other)):
            target = tmp_path / f"{number}{bool(key)}.tar"
            mask_bundle(source, target, key=key)
            out.append(set(re.findall(rb"<github-token:[a-z2-7]{10}>", target.read_bytes())))
        return out

    apart, together = ids(None), ids(b"k" * 32)
    assert not apart[0] & apart[1]
    assert together[0] & together[1]


def test_a_weak_value_gets_no_id(tmp_path: Path) -> None:
    source = tmp_path / "a.log"
    source.write_text(f"DB_PASSWORD=sunshine1 x\n{TOKEN}\n")
    mask_bundle(source, tmp_path / "b.log")
    assert "DB_PASSWORD=<secret> x\n<github-token:" in (tmp_path / "b.log").read_text()


def test_a_gap_in_redaction_writes_nothing(bundle: Path, tmp_path: Path) -> None:
    (bundle / "b.log").write_text(f"ghs_{SOME(40)}\n")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match="would still hold"):
        mask_bundle(bundle, tmp_path / "out.tgz", redactor=Redactor(patterns=()))
    assert sorted(tmp_path.iterdir()) == before


def test_an_interrupt_leaves_nothing(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())

    def stop(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("arclogs.masked.writers.TarWriter.close", stop)
    with pytest.raises(KeyboardInterrupt):
        mask_bundle(bundle, tmp_path / "out.tgz")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("target", ["in", "in/out.tgz", "full", "link"])
def test_places_that_are_refused(bundle: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "link").symlink_to(bundle)
    with pytest.raises(UsageError):
        mask_bundle(bundle, tmp_path / target)


def test_names_cannot_climb_out(tmp_path: Path) -> None:
    source = tmp_path / "evil.tar"
    with tarfile.open(source, "w") as tar:
        for name in ("../../up.log", "/abs.log", "C:\\x\\..\\y.log", "a", "a/b", "n" * 300):
            info = tarfile.TarInfo(name)
            info.size = 3
            tar.addfile(info, io.BytesIO(b"abc"))
    (tmp_path / "deep").mkdir()
    mask_bundle(source, tmp_path / "deep" / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deep", "evil.tar"]
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["out"]
    assert sum(p.is_file() for p in (tmp_path / "deep" / "out").rglob("*")) == 6


def test_windows_keep_every_byte_and_see_what_is_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(masked_text, "WINDOW", 4000)
    monkeypatch.setattr(masked_text, "AROUND", 1000)
    source = tmp_path / "big.log"
    lines = [f"line {i} {'x' * (i % 50)}" for i in range(3000)]
    for at in range(5, 3000, 37):
        lines[at] = f"- name: A_TOKEN\n  value: {SOME(20)}"
    text = "\n".join(lines)
    source.write_text(text)
    mask_bundle(source, tmp_path / "out.log")
    out = (tmp_path / "out.log").read_text()
    assert re.sub("<secret[^>]*>", "", out) == re.sub(r"(?<=value: )\S+", "", text)


def test_a_line_without_end_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masked_text, "LONGEST_LINE", 300_000)
    source = tmp_path / "a.log"
    source.write_text("before\n" + "x" * 900_000 + TOKEN + "\nafter\n")
    assert mask_bundle(source, tmp_path / "b.log").withheld == 1
    assert (tmp_path / "b.log").read_text() == "before\n<line-withheld>\nafter\n"


@cache
def rules() -> RuleSet:
    return load_rules(())


def findings(path: Path) -> list[object]:
    redactor = Redactor()

    def masked(text: str) -> str:
        return PLACEHOLDER.sub("<x>", redactor.redact(text)).replace(PASSWORD, "<x>")

    return [
        (f.rule, f.confidence, f.severity, {name: masked(value) for name, value in f.entities.items()},
         [(e.member, e.line, masked(e.text)) for e in f.evidence])
        for f in findings_of(investigate(rules(), [path]).verdict)
    ]  # fmt: skip


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_findings_are_the_same(sample: Path, tmp_path: Path) -> None:
    mask_bundle(sample, tmp_path / "out.tar")
    assert findings(tmp_path / "out.tar") == findings(sample)


def test_findings_are_the_same_where_secrets_stand_between_the_evidence(tmp_path: Path) -> None:
    source = tmp_path / "in"
    shutil.copytree(ROOT / "samples" / "founding-with-accounts", source)
    for path in sorted(source.rglob("*")):
        if path.suffix in (".log", ".txt"):
            lines = path.read_text().split("\n")
            lines[1::7] = [f"{line} token={TOKEN} x {PASSWORD}" for line in lines[1::7]]
            path.write_text("\n".join([*lines, f"DB_PASSWORD={PASSWORD}"]))
    masking = mask_bundle(source, tmp_path / "out.tar")
    assert masking.total().total() > 10
    assert findings(tmp_path / "out.tar") == findings(source) != []


@pytest.mark.corpus
@pytest.mark.skipif(not CASES, reason="needs the shared corpus")
def test_findings_of_the_corpus_are_the_same(tmp_path: Path) -> None:
    for case in CASES[::11]:
        source = case / "input"
        mask_bundle(source, tmp_path / f"{case.name}.tar")
        assert findings(tmp_path / f"{case.name}.tar") == findings(source), case.name


def test_command_tells_what_it_did(bundle: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out.zip", tmp_path / "r.json"
    key = tmp_path / "key"
    args = ["redact", str(bundle), "-o", str(out), "--report", str(report), "--key-file", str(key)]
    done = CliRunner().invoke(cli, args)
    assert done.exit_code == 0, done.output
    assert "github-token" in done.output
    assert "core.bin: binary" in done.output
    assert TOKEN not in done.output + report.read_text()
    assert PASSWORD not in done.output + report.read_text()
    told = json.loads(report.read_text())
    assert told["kinds"]["github-token"]["distinct"] == 1
    assert told["left_out"] == ["core.bin"]
    assert key.stat().st_mode & 0o777 == 0o600
    assert zipfile.ZipFile(out).testzip() is None


def test_command_refuses_stdin() -> None:
    done = CliRunner().invoke(cli, ["redact", "-", "-o", "x.tgz"], standalone_mode=False)
    assert isinstance(done.exception, UsageError)
