from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arclogs.ingest.logs.api_status import unwrap_status

FORBIDDEN = 'pods is forbidden: User "system:serviceaccount:a:b" cannot create resource "pods"'


def status(message: str = FORBIDDEN, reason: str = "Forbidden", code: int = 403) -> str:
    body = {"kind": "Status", "metadata": {}, "message": message, "reason": reason, "code": code}
    return json.dumps(body, separators=(",", ":"))


def exception(body: str, code: int = 403, word: str = "Unknown API Status Code!") -> str:
    return f"Error: x: Error: HTTP-Code: {code}\nMessage: {word}\nBody: {body}\nHeaders: {{}}"


def test_escaped_status() -> None:
    text, said = unwrap_status(exception(json.dumps(status())))
    assert text == exception(FORBIDDEN)
    assert said == {"http_code": "403", "http_reason": "Forbidden", "api_message": FORBIDDEN}


def test_message_of_several_lines_stays_on_one() -> None:
    whole = exception(json.dumps(status("denied:\n\nresource Pod/x\n  was blocked")))
    text, said = unwrap_status(whole)
    assert said["api_message"] == "denied: resource Pod/x was blocked"
    assert text.count("\n") == whole.count("\n")


@pytest.mark.parametrize(
    ("body", "shown", "said"),
    [
        ("undefined", "undefined", {}),
        (
            '"<html>\\n<h1>502 Bad Gateway</h1>"',
            "<html> <h1>502 Bad Gateway</h1>",
            {"api_message": "<html> <h1>502 Bad Gateway</h1>"},
        ),
        (status(), FORBIDDEN, {"api_message": FORBIDDEN, "http_reason": "Forbidden"}),
        ('"\\ud800"', "\ufffd", {"api_message": "\ufffd"}),
        ('"{not json"', "{not json", {"api_message": "{not json"}),
        ('"[1]"', "[1]", {"api_message": "[1]"}),
    ],
)
def test_other_bodies(body: str, shown: str, said: dict[str, str]) -> None:
    assert unwrap_status(exception(body)) == (exception(shown), {"http_code": "403"} | said)


def test_known_code_has_its_word() -> None:
    _, said = unwrap_status(exception("undefined", 401, "Unauthorized"))
    assert said == {"http_code": "401", "http_reason": "Unauthorized"}


def test_body_that_was_cut_still_shows_the_message() -> None:
    whole = exception(json.dumps(status()))
    cut = whole[: whole.index("reason")]
    text, said = unwrap_status(cut)
    assert said["api_message"] == FORBIDDEN
    assert text.endswith(f"Body: {FORBIDDEN}")
    shorter = whole[: whole.index(" cannot create")]
    assert (
        unwrap_status(shorter)[1]["api_message"]
        == 'pods is forbidden: User "system:serviceaccount:a:b"'
    )


def test_exception_on_one_line() -> None:
    text, said = unwrap_status(
        f"HTTP-Code: 403 Message: x Body: {json.dumps(status())} Headers: {{}}"
    )
    assert text == f"HTTP-Code: 403 Message: x Body: {FORBIDDEN} Headers: {{}}"
    assert said["api_message"] == FORBIDDEN


def test_dump_of_an_exception() -> None:
    dump = json.dumps(
        {"code": 404, "body": status('pods "x" not found', "NotFound", 404), "headers": {"a": "b"}},
        separators=(",", ":"),
    )
    text, said = unwrap_status(f"Error: unhealthy with phase status Unknown: {dump} end")
    shown = '{"code":404,"body":"pods "x" not found"}'
    assert text == f"Error: unhealthy with phase status Unknown: {shown} end"
    assert said == {
        "http_code": "404",
        "http_reason": "NotFound",
        "api_message": 'pods "x" not found',
    }


def test_dump_of_an_http_error_hides_the_token() -> None:
    response = {
        "statusCode": 403,
        "body": json.loads(status()),
        "request": {"headers": {"Authorization": "Bearer x.y.z"}},
    }
    dump = json.dumps({"response": response, "name": "HttpError"}, separators=(",", ":"))
    text, said = unwrap_status(f"createPod failed: {dump}")
    assert text == f'createPod failed: {{"code":403,"body":"{FORBIDDEN}"}}'
    assert "Bearer" not in text
    assert said["http_code"] == "403"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Error: HttpError: HTTP request failed",
        'x {"code":404',
        'x {"code":404}',
        'x {"response":{"statusCode":403}}',
        '{"code":' * 50_000,
        'Body: "no code before it"',
    ],
)
def test_text_without_an_answer_stays(text: str) -> None:
    assert unwrap_status(text) == (text, {})


PARTS = st.sampled_from(
    [
        "HTTP-Code: 403",
        "\n",
        "Message: x",
        "Body: ",
        '"',
        "\\",
        '\\"message\\":\\"',
        "{",
        "}",
        '{"code":1,"body":',
        "a",
    ]
)


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_any_text_keeps_its_lines(text: str) -> None:
    shown, said = unwrap_status(text)
    assert shown.count("\n") <= text.count("\n")
    if "HTTP-Code" not in text and '{"code"' not in text:
        assert (shown, said) == (text, {})
