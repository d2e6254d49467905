"""The founding case, end to end: what the samples answer, and what no change of form may alter."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import jsonschema
import pytest

from arclogs.analyze import Options, analyze
from arclogs.views.interface import Layout
from arclogs.views.json import render_json

SAMPLES = Path(__file__).parent.parent / "samples"
ANSWERS = {
    "founding-as-collected": ("sa-token-rejected", "possible"),
    "founding-with-accounts": ("sa-token-rejected", "confirmed"),
    "account-lacks-role": ("sa-missing-permissions", "confirmed"),
    "policy-denies-pod": ("admission-policy-denied", "confirmed"),
}


def as_json(report):
    return render_json(report, Layout())


def files_of(sample):
    folder = SAMPLES / sample
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def tar_of(files, *, order=None, mode="w:gz"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name in order or sorted(files):
            info = tarfile.TarInfo(name)
            info.size = len(files[name])
            archive.addfile(info, io.BytesIO(files[name]))
    buffer.seek(0)
    buffer.name = "bundle.tar.gz"
    return buffer


def answer(sample):
    found = analyze([SAMPLES / sample]).answer
    assert found is not None
    return found


def verdict(files):
    report = analyze([tar_of(files)])
    return [(f.rule, f.confidence) for f in report.findings if f.kind == "cause"]


@pytest.mark.parametrize("sample", ANSWERS)
def test_sample_has_its_answer(sample):
    assert (answer(sample).rule, answer(sample).confidence) == ANSWERS[sample]
    assert analyze([SAMPLES / sample]).coverage.complete


def test_healthy_bundle_has_no_cause():
    report = analyze([SAMPLES / "healthy"])
    assert [f.rule for f in report.findings] == []
    assert report.coverage.complete


def test_evidence_stands_where_it_says():
    for sample in ANSWERS:
        files = files_of(sample)
        for finding in analyze([SAMPLES / sample], Options(redact=False)).findings:
            for evidence in finding.evidence:
                if evidence.text.startswith("("):
                    continue  # a remark: the absence of a thing has no line of its own
                lines = files[evidence.member].decode("utf-8-sig").split("\n")
                assert lines[evidence.line - 1] == evidence.text


def test_as_collected_asks_for_one_command_that_decides():
    report = analyze([SAMPLES / "founding-as-collected"])
    assert answer("founding-as-collected").collect[0].command == (
        "kubectl -n arc-runners get pods,sa,role,rolebinding -o yaml"
    )
    possible = [f.rule for f in report.findings if f.kind == "cause"]
    assert possible[:2] == ["sa-token-rejected", "sa-terminating-finalizer"]


def test_commands_name_the_real_objects():
    commands = [s.command for s in answer("founding-with-accounts").fix if s.command]
    assert any("delete ephemeralrunner linux-k8s-7hx2q-runner-w9k4d" in c for c in commands)
    assert any("helm uninstall linux-k8s -n arc-runners" in c for c in commands)
    assert any("--cleanup-on-fail" in c for c in commands)
    assert not any("<" in c for c in commands)


def test_rivals_of_a_confirmed_cause_say_why_they_fell():
    rivals = {r.rule: r.why for r in answer("founding-with-accounts").rivals}
    assert "deletionTimestamp" in rivals["sa-terminating-finalizer"]
    assert "role-missing-verbs" in rivals
    assert "runner-pod-wrong-service-account" in rivals


def test_logs_alone_give_the_symptom_and_possible_causes():
    files = {"job-log.txt": files_of("founding-with-accounts")["job-log.txt"]}
    found = analyze([tar_of(files)]).findings
    assert {f.confidence for f in found if f.kind == "cause"} == {"possible"}
    symptom = next(f for f in found if f.rule == "hook-api-request-failed")
    assert symptom.explained_by is None


@pytest.mark.parametrize("sample", ANSWERS)
def test_no_file_taken_away_leaves_another_cause_confirmed(sample):
    files = files_of(sample)
    right = ANSWERS[sample][0]
    for gone in files:
        rest = {name: data for name, data in files.items() if name != gone}
        confirmed = {rule for rule, confidence in verdict(rest) if confidence == "confirmed"}
        assert confirmed <= {right}, f"without {gone}"


def test_without_the_decisive_objects_nothing_is_confirmed():
    files = files_of("founding-with-accounts")
    del files["pods-accounts-rbac.yaml"]
    assert {confidence for _, confidence in verdict(files)} == {"possible"}


def test_an_older_account_takes_the_cause_away():
    files = files_of("founding-with-accounts")
    name = "pods-accounts-rbac.yaml"
    files[name] = files[name].replace(b"2026-09-17T09:20:59Z", b"2026-08-01T09:20:59Z")
    assert ("sa-token-rejected", "confirmed") not in verdict(files)


def normalized(report):
    return as_json(
        report.model_copy(update={"bundle": report.bundle.model_copy(update={"name": ""})})
    )


@pytest.mark.parametrize("sample", [*ANSWERS, "healthy"])
def test_container_and_order_of_members_do_not_matter(sample):
    files = files_of(sample)
    expected = normalized(analyze([SAMPLES / sample]))
    order = sorted(files)
    random.Random(7).shuffle(order)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order:
            archive.writestr(name, files[name])
    zipped.seek(0)
    zipped.name = "bundle.zip"
    for container in (tar_of(files, order=order), tar_of(files, order=order, mode="w"), zipped):
        assert normalized(analyze([container])) == expected


def test_line_ends_do_not_matter():
    files = files_of("founding-with-accounts")
    crlf = {name: data.replace(b"\n", b"\r\n") for name, data in files.items()}
    assert verdict(crlf) == verdict(files)


def test_names_do_not_matter():
    files = files_of("founding-with-accounts")

    def renamed(data):
        return data.replace(b"arc-runners", b"team-a-ci").replace(b"linux-k8s", b"big-builders")

    other = {renamed(name.encode()).decode(): renamed(data) for name, data in files.items()}
    assert verdict(other) == verdict(files)


def test_noise_does_not_matter():
    files = files_of("founding-with-accounts")
    rows = "\n".join(
        f"2026-09-17T10:{i % 60:02d}:00Z\tINFO\tother\tworking on {i}" for i in range(5000)
    )
    noisy = {**files, "noise/other.log": rows.encode()}
    assert verdict(noisy) == verdict(files)


@pytest.mark.parametrize("environment", [
    {"LC_ALL": "C", "TZ": "America/St_Johns", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2", "POLARS_MAX_THREADS": "1"},
])  # fmt: skip
def test_locale_time_zone_and_hash_seed_do_not_matter(environment):
    sample = SAMPLES / "founding-with-accounts"
    run = subprocess.run(
        [sys.executable, "-m", "arclogs", "analyze", str(sample), "--format", "json"],
        capture_output=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert run.stdout.decode() == as_json(analyze([sample]))


@pytest.mark.parametrize("sample", [*ANSWERS, "healthy"])
def test_json_fits_the_published_schema(sample):
    path = Path(__file__).parent.parent / "arclogs" / "model" / "report.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(as_json(analyze([SAMPLES / sample]))), schema)
