"""A copy without names: the same findings, one pseudonym for a name, nothing left."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from arclogs.analyze import investigate
from arclogs.bundle import Bundle, Member
from arclogs.cli.group import cli
from arclogs.errors import OutputError
from arclogs.masked import mask_bundle
from arclogs.redact.identity import Anonymizer, Level
from arclogs.rules import RuleSet, load_rules
from arclogs.rules.findings.report import findings_of

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_dir())
CASES = sorted((ROOT.parent / "shared" / "corpus" / "cases").glob("*"))
LEVELS = [Level.IDENTITY, Level.MAX]


@cache
def rules() -> RuleSet:
    return load_rules(())


def findings(path: Path) -> list[object]:
    """Return what must not change: all but the names."""
    return [
        (f.rule, f.kind, f.confidence, f.severity, f.count, sorted(f.entities), f.explained_by,
         f.first_seen, sorted((e.line, e.signal, e.role) for e in f.evidence), len(f.rivals))
        for f in findings_of(investigate(rules(), [path]).verdict)
    ]  # fmt: skip


def contents(path: Path) -> dict[str, str]:
    return {m.name: b"".join(m.chunks).decode() for m in Bundle([path]) if isinstance(m, Member)}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.name)
def test_findings_are_the_same(sample: Path, level: Level, tmp_path: Path) -> None:
    masking = mask_bundle(sample, tmp_path / "out.tar", anonymize=level)
    assert masking.names
    assert findings(tmp_path / "out.tar") == findings(sample)
    lines = {name: text.count("\n") for name, text in contents(sample).items()}
    assert sorted(t.count("\n") for t in contents(tmp_path / "out.tar").values()) == sorted(
        lines.values()
    )


@pytest.mark.corpus
@pytest.mark.skipif(not CASES, reason="needs the shared corpus")
@pytest.mark.parametrize("level", LEVELS)
def test_findings_of_the_corpus_are_the_same(level: Level, tmp_path: Path) -> None:
    for case in CASES[LEVELS.index(level) :: 9]:
        out = tmp_path / f"{case.name}.tar"
        mask_bundle(case / "input", out, anonymize=level)
        assert findings(out) == findings(case / "input"), case.name


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "octo-forge").mkdir(parents=True)
    (root / "octo-forge" / "10.0.12.31.log").write_text(
        "octo-forge: cannot reach 10.0.12.31\nmail jane@octo-forge.example\n"
    )
    (root / "set.yaml").write_text(
        "kind: AutoscalingRunnerSet\nspec:\n  githubConfigUrl: https://github.com/octo-forge/webshop\n"
    )
    return root


def test_nothing_is_left_and_documents_parse(bundle: Path, tmp_path: Path) -> None:
    mask_bundle(bundle, tmp_path / "out", anonymize=Level.IDENTITY)
    after = contents(tmp_path / "out")
    told = "\n".join([*after, *after.values()])
    for name in ("octo-forge", "webshop", "10.0.12.31", "jane"):
        assert name not in told
    url = yaml.safe_load(after["set.yaml"])["spec"]["githubConfigUrl"]
    match = re.fullmatch(r"https://github\.com/(org-[a-z2-7]{10})/repo-[a-z2-7]{10}", url)
    assert match
    (log,) = (name for name in after if name.endswith(".log"))
    assert log.startswith(f"{match[1]}/250.")
    assert after[log].startswith(f"{match[1]}: cannot reach 250.")


def test_names_stay_unless_asked(bundle: Path, tmp_path: Path) -> None:
    masking = mask_bundle(bundle, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(bundle)
    assert not masking.names


def test_pseudonyms_last_with_a_key_only(bundle: Path, tmp_path: Path) -> None:
    def made(name: str, key: bytes | None) -> dict[str, str]:
        mask_bundle(bundle, tmp_path / name, anonymize=Level.IDENTITY, key=key)
        return contents(tmp_path / name)

    assert made("a", b"k" * 32) == made("b", b"k" * 32)
    assert made("c", None) != made("d", None)
    mask_bundle(tmp_path / "a", tmp_path / "e", anonymize=Level.MAX)
    assert contents(tmp_path / "e") == contents(tmp_path / "a")


def test_a_name_that_would_be_left_writes_nothing(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Anonymizer, "replace", lambda self, text, *rest: text)
    with pytest.raises(OutputError, match=r"would still hold .* \((org|mail|ip4)\)"):
        mask_bundle(bundle, tmp_path / "out.tgz", anonymize=Level.IDENTITY)
    assert not (tmp_path / "out.tgz").exists()


def test_command(bundle: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "r.json"
    args = ["redact", str(bundle), "-o", str(out), "--report", str(report)]
    done = CliRunner().invoke(cli, [*args, "--anonymize", "identity", "--keep", "Webshop"])
    assert done.exit_code == 0, done.output
    assert "IPv4 address (1 distinct)" in done.output
    assert "--key-file keeps them" in done.output
    told = json.loads(report.read_text())
    assert told["anonymize"] == "identity"
    assert told["names"]["org"] == {"count": 2, "distinct": 1}
    assert "octo-forge" not in done.output + report.read_text()
    assert "/webshop" in contents(out)["set.yaml"]
