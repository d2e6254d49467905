# ruff: noqa: E501 - real log lines are long
"""Logs of other programs, and of jobs that fail by their own doing, must raise no alarm."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from arclogs.rules import load_rules
from arclogs.rules.files.pack import pack_directory
from arclogs.rules.findings.report import findings_of
from arclogs.rules.proving import bundle_of, judge_files

RULES = load_rules()


def job(*lines):
    stamped = [
        "Current runner version: '2.329.0'",
        "Runner name: 'linux-7hx2q-runner-w9k4d'",
        *lines,
    ]
    return "".join(
        f"2026-11-20T10:04:{i % 60:02d}.0000000Z {line}\n" for i, line in enumerate(stamped)
    )


LOGS = {
    "nginx access and error": '10.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET /api HTTP/1.1" 503 612 "-" "curl/8.5.0"\n'
    "2026/11/20 10:00:01 [error] 31#31: *1 connect() failed (111: Connection refused) while connecting to upstream, "
    'client: 10.0.0.1, server: _, request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:8080/"\n',
    "postgres": "2026-11-20 10:00:00.123 UTC [71] LOG:  database system is ready to accept connections\n"
    '2026-11-20 10:00:05.001 UTC [93] ERROR:  relation "jobs" does not exist at character 15\n'
    '2026-11-20 10:00:06.001 UTC [94] FATAL:  password authentication failed for user "ci"\n',
    "java trace": "2026-11-20 10:00:00.000 ERROR 1 --- [main] o.s.boot.SpringApplication : Application run failed\n"
    "java.net.ConnectException: Connection refused\n"
    "\tat java.base/sun.nio.ch.Net.pollConnect(Native Method)\n\tat com.acme.Main.main(Main.java:7)\n",
    "kernel": "Nov 20 10:00:00 node-1 kernel: [12345.678901] EXT4-fs (sda1): mounted filesystem\n"
    "Nov 20 10:00:01 node-1 kernel: [12346.000001] device eth0 entered promiscuous mode\n",
    "failing unit tests": job(
        "##[group]Run npm test", "shell: /usr/bin/bash -e {0}", "##[endgroup]", "FAIL src/app.test.js",
        "  ● login › rejects a wrong password", "    expect(received).toBe(expected)",
        "Error: 403 Forbidden returned by mock server", "Tests: 1 failed, 41 passed, 42 total",
        "##[error]Process completed with exit code 1.",
    ),
    "compile error": job(
        "##[group]Run make", "##[endgroup]", "src/main.c:14:3: error: 'x' undeclared (first use in this function)",
        "make: *** [Makefile:3: app] Error 1", "##[error]Process completed with exit code 2.",
    ),
    "a test about our own words": job(
        "##[group]Run pytest", "##[endgroup]",
        "E   AssertionError: 'HttpError: HTTP request failed' not in 'exceeded quota in fixture text'",
        "E   admission webhook docs are out of date", "##[error]Process completed with exit code 1.",
    ),
    "lint with a 401 of the user's own service": job(
        "##[group]Run ./publish.sh", "##[endgroup]", "curl: (22) The requested URL returned error: 401",
        "##[error]Process completed with exit code 22.",
    ),
    "controller at work": "2026-11-20T10:00:00Z\tINFO\tEphemeralRunnerSet\tScaling comparison\t"
    '{"version": "0.12.1", "ephemeralrunnerset": {"name":"a-b","namespace":"arc-runners"}, "current": 3, "desired": 3}\n'
    "2026-11-20T10:00:01Z\tINFO\tEphemeralRunner\tUpdating ephemeral runner status to Running\t"
    '{"version": "0.12.1", "ephemeralrunner": {"name":"a-b-runner-c","namespace":"arc-runners"}}\n',
    "rollout of a listener": "2026-11-20T10:00:00Z\tINFO\tlistener-app\tShutting down\n"
    '2026-11-20T10:00:00Z\tINFO\tlistener-app.listener\tDeleting message session\n'
    "2026-11-20T10:00:01Z\tINFO\tlistener-app.metrics exporter.metrics\tstopping metrics server\t"
    '{"err": "context canceled"}\n',
    "pod that waited for its volume and got it": "LAST SEEN   TYPE      REASON             OBJECT                              MESSAGE\n"
    '3m          Warning   FailedScheduling   pod/tpl-7fw2k-runner-x8dzq          0/7 nodes are available: waiting for ephemeral volume controller to create the persistentvolumeclaim "tpl-7fw2k-runner-x8dzq-work".\n'
    "3m          Normal    Scheduled          pod/tpl-7fw2k-runner-x8dzq          Successfully assigned arc/tpl-7fw2k-runner-x8dzq to worker-1\n"
    "2m          Normal    Started            pod/tpl-7fw2k-runner-x8dzq          Started container runner\n",
}  # fmt: skip


CASES = [
    pytest.param(case["files"], id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "clean").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
# What hook and runner say in a job; the same words are printed by tests of tools like this one.
IN_A_STEP = (
    ["##[group]Run ./e2e.sh", "##[endgroup]"],
    ["##[group]Run '/home/runner/k8s/index.js'", "##[endgroup]", "##[group]Run ./e2e.sh",
     "##[endgroup]", "##[group]Run '/home/runner/k8s/index.js'", "##[endgroup]"],
)  # fmt: skip
STAMP = re.compile(
    r"^\S*\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s+|^##\[error\](?:Error: )?|^ *##\[debug\]"
)


def alarms(files):
    findings = findings_of(judge_files(files, RULES))
    return [
        f"{f.rule} ({f.confidence})"
        for f in findings
        if f.kind == "cause" and f.confidence != "possible" and f.severity != "info"
    ]


@pytest.mark.parametrize("files", CASES)
def test_nothing_is_sure(files):
    assert alarms(files) == []


@pytest.mark.parametrize("before", IN_A_STEP, ids=["docker", "job container"])
def test_the_hooks_words_printed_by_a_command_are_not_the_hooks(before):
    said = sorted({STAMP.sub("", STAMP.sub("", text)) for text in hook_lines()})
    assert len(said) > 50
    assert (
        alarms({"job.log": job(*before, *said, "##[error]Process completed with exit code 1.")})
        == []
    )


@lru_cache(maxsize=1)
def hook_lines():
    """Return the lines by which rules that want the hook's own words are proven."""
    lines = set()
    for rule in RULES.rules:
        wanted = {n for n, s in rule.signals.items() if not getattr(s, "takes_prints", True)}
        for test in (t for t in rule.tests if wanted and t.expect.fires):
            verdict = judge_files(bundle_of(rule, test, pack_directory() / "fixtures"), RULES)
            for outcome in verdict.outcomes[rule.id]:
                lines |= {proof.text for name, proof in outcome.proofs() if name in wanted}
    return sorted(lines)


@pytest.mark.parametrize("name", LOGS)
def test_no_cause_is_claimed(name):
    findings = findings_of(judge_files({"some.log": LOGS[name]}, RULES))
    assert [f.rule for f in findings if f.kind == "cause" and f.severity != "info"] == []


def test_all_of_it_together_is_silent_too():
    files = {f"{i}.log": text for i, text in enumerate(LOGS.values())}
    findings = findings_of(judge_files(files, RULES))
    assert [f.rule for f in findings if f.kind == "cause" and f.severity != "info"] == []
