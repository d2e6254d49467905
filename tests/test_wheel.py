"""The wheel works outside the checkout and carries the rules.

A well-known tool of this kind ships a wheel without its rules: an editable installation hides it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RULES = sorted(
    p.relative_to(ROOT / "rules").as_posix()
    for p in (ROOT / "rules").rglob("*.yaml")
    if "fixtures" not in p.parts and p.name not in ("pack.yaml", "known-issues.yaml")
)


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # With the build back end at hand nothing need be downloaded for it.
    isolation = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    run(sys.executable, "-m", "build", "--wheel", *isolation, "--outdir", out, ROOT, cwd=out)
    return next(out.glob("arclogs-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of a clean environment that holds the wheel."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home / "venv", with_pip=False, symlinks=True)
    python = home / "venv" / "bin" / "python"
    # The dependencies are those of this environment. A .pth file inside a folder that a .pth file
    # adds is not read, so the editable installation of the checkout stays out.
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home)
    (Path(site.strip()) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(
        sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
        "--no-index", "--disable-pip-version-check", wheel, cwd=home,
    )  # fmt: skip
    return python.parent


def test_the_wheel_holds_rules_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packed = [n.removeprefix("arclogs/rulepack/") for n in names if "/rulepack/" in n]
    assert (
        sorted(
            n
            for n in packed
            if n.endswith(".yaml") and not n.startswith(("fixtures/", "pack.", "known-issues."))
        )
        == RULES
    )
    assert len(RULES) > 0
    assert "arclogs/py.typed" in names
    assert not [n for n in names if n.startswith(("tests/", "samples/"))]


def test_rules_are_found_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import arclogs; print(arclogs.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    listed = json.loads(run(installed / "arclogs", "rules", "list", "--json", cwd=tmp_path))
    assert len(listed) == len(RULES)
    assert all(Path(rule["path"]).is_relative_to(installed.parent) for rule in listed)


def test_the_page_has_its_template_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    sample = ROOT / "samples" / "founding-with-accounts"
    page = run(installed / "arclogs", "analyze", sample, "--format", "html", cwd=tmp_path)
    assert page.startswith("<!DOCTYPE html>")
