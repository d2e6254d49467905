"""The small line formats that several parsers share: levels, logfmt, JSON keys, Go, kubectl."""

from __future__ import annotations

import json

import pytest

from arclogs.ingest.kubectl.logs import is_kubectl, read_kubectl
from arclogs.ingest.logs.assemble import Notebook
from arclogs.ingest.logs.golog import is_golog, read_golog
from arclogs.ingest.text.levels import level_by_word, level_of
from arclogs.ingest.text.line import Line
from arclogs.ingest.text.logfmt import read_pairs, with_error
from arclogs.ingest.text.structured import clean, error_in, flatten, load_object
from arclogs.ingest.text.timestamps import parse_timestamp
from arclogs.model.coverage import Code
from arclogs.model.record import Level, Source

NO_LEVEL = None


def line(text: str, stamp: str | None = None) -> Line:
    return Line(3, text, text, parse_timestamp(stamp) if stamp else None, {})


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("ERR ", Level.ERROR),
        ("CRIT", Level.ERROR),
        ("Warning", Level.WARNING),
        ("WARN", Level.WARNING),
        ("VERB", Level.DEBUG),
        ("DEBUG-4", Level.DEBUG),
        ("LEVEL(-2)", Level.DEBUG),
        ("notice", Level.INFO),
        ("loud", NO_LEVEL),
        ("", NO_LEVEL),
    ],
)
def test_level_word(word: str, level: Level | None) -> None:
    assert level_of(word) is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("error: the path does not exist", Level.ERROR),
        ("Error: Conflict", Level.ERROR),
        ("fatal: repository not found", Level.ERROR),
        ("An error occurred: Runner version v2.3 is deprecated", Level.ERROR),
        ("An error occured: x", Level.ERROR),
        ("failed to start daemon: x", Level.ERROR),
        ("Unhandled exception. System.IO.IOException: x", Level.ERROR),
        ("System.IO.IOException: No space left on device", Level.ERROR),
        ("TypeError: x is not a function", Level.ERROR),
        ("12:00 [ERROR] x", Level.ERROR),
        ("Warning: failed to update certificate store", Level.WARNING),
        ("x WARN y", Level.WARNING),
        ("level INFO here", Level.INFO),
        ("a DEBUG line", Level.DEBUG),
        ("0 errors, 0 warnings", NO_LEVEL),
        ("the word error in a sentence", NO_LEVEL),
        ("TERRORISED", NO_LEVEL),
        ("far away " * 12 + "ERROR", NO_LEVEL),
        ("√ Connected to GitHub", NO_LEVEL),
    ],
)
def test_level_of_free_text(text: str, level: Level | None) -> None:
    assert level_by_word(text) is level


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('time=1 level=INFO msg="a b"', {"time": "1", "level": "INFO", "msg": "a b"}),
        (r'msg="say \"x\"\n\ty" "assigned job"=0', {"msg": 'say "x"\n\ty', "assigned job": "0"}),
        (r'e="bell \a hex \x41 tick \u2713"', {"e": "bell  hex A tick ✓"}),
        ('k="never closed', {"k": "never closed"}),
        ('k="cut in an escape\\', {"k": "cut in an escape"}),
        ('k= url=https://x/?a=b "odd words" k2=2', {"k": "", "url": "https://x/?a=b", "k2": "2"}),
        ("k=1 k=2", {"k": "2"}),
        (r'k="\ud800"', {"k": "\ufffd"}),
        ('k="\\u001b[31mred\\u001b[0m"', {"k": "red"}),
        ("no pairs at all", {}),
        ("", {}),
    ],
)
def test_logfmt(text: str, pairs: dict[str, str]) -> None:
    assert read_pairs(text) == pairs


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ({}, "m"),
        ({"error": "boom"}, "m | error: boom"),
        ({"err": "boom"}, "m | error: boom"),
        ({"error": "<nil>"}, "m"),
        ({"error": ""}, "m"),
    ],
)
def test_error_stands_behind_the_message(pairs: dict[str, str], text: str) -> None:
    assert with_error("m", pairs) == text


@pytest.mark.parametrize(
    ("pairs", "fields"),
    [
        ({"a": "x", "n": 5, "t": True, "z": None}, {"a": "x", "n": "5", "t": "true", "z": "null"}),
        ({"l": [1, {"b": "é"}]}, {"l": '[1,{"b":"é"}]'}),
        (
            {"ephemeralrunner": {"name": "r", "namespace": "n"}},
            {"ephemeralrunner": "r", "namespace": "n"},
        ),
        ({"AutoscalingRunnerSet": {"name": "r"}}, {"autoscalingrunnerset": "r"}),
        ({"ephemeralrunnerset": "n/r"}, {"ephemeralrunnerset": "r", "namespace": "n"}),
        ({"url": "a/b"}, {"url": "a/b"}),
        (
            {
                "autoscalinglistener": {"name": "l", "namespace": "arc-systems"},
                "namespace": "arc-runners",
            },
            {"autoscalinglistener": "l", "namespace": "arc-runners"},
        ),
        ({"big": 10**5000}, {"big": "?"}),
        ({"s": "\x1b[1mb\x1b[0m\ud800"}, {"s": "b\ufffd"}),
    ],
)
def test_flatten(pairs: dict[str, object], fields: dict[str, str]) -> None:
    assert flatten(pairs, {"pod": "p"}) == {"pod": "p"} | fields


def test_load_object_takes_doubled_keys_and_refuses_the_rest() -> None:
    assert load_object('{"error": 1, "error": 2} ') == {"error": 2}
    for text in (
        "[1]",
        '"x"',
        "{",
        '{"a":1} x',
        "",
        '{"a":' * 100_000,
        '{"a":' + "9" * 5_000 + "}",
    ):
        assert load_object(text) is None


def test_error_of_an_object_that_was_cut() -> None:
    assert error_in('{"name": "x", "error": "secrets \\"gh\\" not fo') == 'secrets "gh" not fo'
    assert error_in('{"error": "cut here\\') == "cut here"
    assert error_in('{"name": "x"') is None


def test_clean_leaves_ordinary_text() -> None:
    for text in ("plain", "é √ 😀", json.dumps({"a": "b"})):
        assert clean(text) is text or clean(text) == text


def golog(text: str) -> tuple[object, ...]:
    book = Notebook("a")
    draft = read_golog(line(text), Source.CONTROLLER, book)
    if draft is None:
        return ()
    return draft.text, draft.level, draft.timestamp, draft.logger, [n.code for n in book.notes()]


@pytest.mark.parametrize(
    ("text", "message", "level"),
    [
        ("2026/05/28 20:23:05 [DEBUG] POST https://x", "POST https://x", Level.DEBUG),
        (
            "2026/05/28 20:23:05 [ERR] GET https://x request failed: EOF",
            "GET https://x request failed: EOF",
            Level.ERROR,
        ),
        ("2026/05/28 20:23:05 http: Server closed", "http: Server closed", NO_LEVEL),
        ("2026/05/28 20:23:05.000001 failed to listen", "failed to listen", Level.ERROR),
    ],
)
def test_gos_log_package(text: str, message: str, level: Level | None) -> None:
    read = golog(text)
    assert read[:2] == (message, level)
    assert read[2] is not None
    assert read[4] == []
    assert is_golog(text)


@pytest.mark.parametrize(
    ("letter", "level"),
    [("I", Level.INFO), ("W", Level.WARNING), ("E", Level.ERROR), ("F", Level.ERROR)],
)
def test_klog_has_no_year(letter: str, level: Level) -> None:
    text = f"{letter}0229 19:44:45.360355       1 leaderelection.go:248] lost lease: x"
    assert golog(text) == (
        "lost lease: x",
        level,
        None,
        "leaderelection.go:248",
        [Code.TIME_NO_YEAR],
    )
    assert is_golog(text)


def test_klog_takes_the_carriers_time() -> None:
    book = Notebook("a")
    draft = read_golog(
        line("I0121 19:44:45.360355 1 a.go:2] x", "2026-01-21T19:44:45.4Z"), Source.LISTENER, book
    )
    assert draft is not None
    assert draft.timestamp == parse_timestamp("2026-01-21T19:44:45.4Z")
    assert list(book.notes()) == []


def test_only_the_listener_ends_like_this() -> None:
    text = "2026/05/28 20:23:05 Application returned an error: x"
    draft = read_golog(line(text), Source.UNKNOWN, Notebook("a"))
    assert draft is not None
    assert (draft.source, draft.level) == (Source.LISTENER, Level.ERROR)


@pytest.mark.parametrize(
    "text", ["2026/05/28 x", "I am a sentence", "E0121 no klog", "", "10.0.0.1 - -"]
)
def test_no_golog(text: str) -> None:
    assert golog(text) == ()
    assert not is_golog(text)


@pytest.mark.parametrize(
    "text",
    [
        'Error from server (NotFound): pods "x" not found',
        'Error from server (BadRequest): previous terminated container "listener" in pod "x" not found',
        'Error from server: Get "https://10.0.0.1:10250/containerLogs/a/b/c": dial tcp: i/o timeout',
        'error: error from server (NotFound): pods "x" not found in namespace "y"',
        'error: the server doesn\'t have a resource type "ephemeralrunners"',
        "error: You must be logged in to the server (Unauthorized)",
        "error: timed out waiting for the condition",
        "error: container runnr is not valid for pod x",
        "The connection to the server 10.0.0.1:6443 was refused - did you specify the right host?",
        "Unable to connect to the server: dial tcp: lookup x: no such host",
        "unable to retrieve container logs for containerd://0af3",
        'failed to try resolving symlinks in path "/var/log/pods/x": lstat: no such file',
        "Request log error: the server rejected our request for an unknown reason (get pods x)",
        'rpc error: code = NotFound desc = an error occurred when try to find container "0af3"',
    ],
)
def test_kubectls_errors_are_noted(text: str) -> None:
    book = Notebook("x.log")
    draft = read_kubectl(line(text), book)
    assert draft is not None
    assert (draft.source, draft.level, draft.text) == (Source.KUBECTL, Level.ERROR, text)
    assert [(note.code, note.detail) for note in book.notes()] == [(Code.KUBECTL_ERROR, text)]
    assert is_kubectl(text)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ('Defaulted container "job" out of: job, fs-init (init)', Level.INFO),
        ("No resources found in arc-runners namespace.", Level.INFO),
        ("No resources found", Level.INFO),
        ("Warning: v1 Endpoints is deprecated in v1.33+", Level.WARNING),
    ],
)
def test_kubectls_remarks_are_no_errors(text: str, level: Level) -> None:
    book = Notebook("x.log")
    draft = read_kubectl(line(text), book)
    assert draft is not None
    assert (draft.source, draft.level) == (Source.KUBECTL, level)
    assert list(book.notes()) == []


@pytest.mark.parametrize(
    "text",
    [
        "error: pathspec 'x' did not match any file(s) known to git",
        "error: failed to push some refs",
        "error TS2304: Cannot find name",
        "Error: HttpError: HTTP request failed",
        "Warning: no files were found",
        "No resources found to download",
        "",
    ],
)
def test_other_programs_errors_are_not_kubectls(text: str) -> None:
    book = Notebook("x.log")
    assert read_kubectl(line(text), book) is None
    assert not is_kubectl(text)


def test_in_the_output_of_a_known_command_every_error_is_kubectls() -> None:
    text = "error: something new"
    assert read_kubectl(line(text), Notebook("x"), "helm ls") is None
    for command in ("kubectl logs x", "$ kubectl logs x", "oc logs x"):
        assert read_kubectl(line(text), Notebook("x"), command) is not None
