"""`arclogs info` and every report say the same of a bundle."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.analyze import Options, analyze
from arclogs.browse.inventory import take_inventory
from arclogs.browse.opened import open_case

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())
SOME = ("cases/hook-*", "real/real-cluster-*", "formats/layouts/*/healthy")


def inventory(*bundles):
    return take_inventory(open_case(bundles))


def assert_agrees(bundle):
    report = analyze([bundle], Options(redact=False))
    found = inventory(bundle)
    assert found.bundle == report.bundle
    versions = report.environment.model_copy(update={"known_issues": ()})  # the rules' business
    assert found.environment == versions
    judged = [n for n in report.coverage.notes if n.code.startswith("rule.")]
    notes = tuple(n for n in report.coverage.notes if n not in judged)
    assert found.coverage == report.coverage.model_copy(update={"notes": notes})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_coverage_of_a_sample_is_that_of_its_report(sample):
    assert_agrees(sample)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize("pattern", SOME)
def test_the_coverage_of_a_case_is_that_of_its_report(pattern):
    paths = sorted(CORPUS.glob(pattern))
    assert paths
    for path in paths[::4]:
        assert_agrees(path / "input" if (path / "input").is_dir() else path)


def test_objects_are_counted_by_kind_and_what_is_only_declared_apart():
    found = inventory(ROOT / "samples" / "founding-with-accounts")
    counts = {(k.kind, k.declared): k for k in found.objects}
    assert counts["ServiceAccount", False].objects == 2
    assert counts["ServiceAccount", False].collected
    assert counts["HelmValues", True].objects == 1
    assert not counts["HelmValues", True].collected


def test_what_was_not_understood_is_named(tmp_path):
    (tmp_path / "roles.txt").write_text("NAME   SECRETS   AGE\nrunner   0   5d\nwhat is this\n")
    (note,) = inventory(tmp_path).coverage.notes
    assert (note.member, note.code) == ("roles.txt", "text.unparsed")
    assert "line 3" in note.detail
