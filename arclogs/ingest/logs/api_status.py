r"""The API server's answer inside a hook's message.

    Error: failed to create job pod: Error: HTTP-Code: 403
    Message: Unknown API Status Code!
    Body: "{\"kind\":\"Status\",…,\"message\":\"pods is forbidden: User \\\"system:…\"}"

That is ApiException of @kubernetes/client-node 1.x (src/gen/apis/exception.ts), an escaped Status in
a string in a message. The hooks also print it, and HttpError of 0.x, by JSON.stringify on one line:

    createPod failed: {"code":403,"body":"{\"kind\":\"Status\",…}","headers":{…}}
    createPod failed: {"response":{"statusCode":403,"body":{"kind":"Status",…},…}
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from arclogs.ingest.text.structured import clean, load_object
from arclogs.lazy_regex import lazy_compile

if TYPE_CHECKING:
    from arclogs.model.record import Record

_CODE = lazy_compile(r"HTTP-Code: (\d{3})")
_WORD = lazy_compile(r"^Message: (.+)$", re.MULTILINE)
_BODY = lazy_compile(
    r'(?<![^\s])Body: (?:("(?:[^"\\]|\\.)*")|(\{.*\})$|("[^\n]*)$)', re.MULTILINE
)  # a whole string, an object, a string that was cut
_INNER_MESSAGE = lazy_compile(r'\\"message\\":\\"((?:\\\\\\"|\\\\[^"\\]|[^\\])*)')
_DUMPS = ('{"code":', '{"response":{"statusCode":')
_UNKNOWN = "Unknown API Status Code!"
_DECODER = json.JSONDecoder()


def unwrap_status(text: str) -> tuple[str, dict[str, str]]:
    """Return `text` with the API server's message readable, and what the answer says.

    The body is replaced by the message of the Status in it, on one line, so that the number of lines
    stays. Fields, as far as shown: http_code, http_reason (`Forbidden`), api_message.
    """
    if "HTTP-Code: " in text:
        return _exception(text)
    for opening in _DUMPS:
        start = text.find(opening)
        if start >= 0:
            return _dump(text, start)
    return text, {}


def readable(record: Record) -> Record:
    """Return a record with the API server's answer readable in its text."""
    if record.level is None:
        return record
    text, said = unwrap_status(record.text)
    return replace(record, text=text, fields={**record.fields, **said}) if said else record


def _exception(text: str) -> tuple[str, dict[str, str]]:
    fields: dict[str, str] = {}
    code, word = _CODE.search(text), _WORD.search(text)
    if code is not None:
        fields["http_code"] = code[1]
    if word is not None and word[1] != _UNKNOWN:
        fields["http_reason"] = word[1]

    def readable(match: re.Match[str]) -> str:
        whole, loaded, cut = match.groups()
        if cut is not None:
            inner = _INNER_MESSAGE.search(cut)
            message = cut if inner is None else inner[1].replace('\\\\\\"', '"')
        else:
            message = _message(load_object(loaded) if loaded else _string(whole), fields)
        fields.setdefault("api_message", message)
        return f"Body: {message}"

    return _BODY.sub(readable, text, count=1), fields


def _dump(text: str, start: int) -> tuple[str, dict[str, str]]:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return text, {}
    if not isinstance(value, dict):
        return text, {}
    answer = value.get("response", value)
    code = answer.get("code", answer.get("statusCode")) if isinstance(answer, dict) else None
    if code is None or "body" not in answer:
        return text, {}
    fields = {"http_code": str(code)}
    message = fields["api_message"] = _message(answer["body"], fields)
    # The rest of the dump is headers, the bearer token among them.
    return f'{text[:start]}{{"code":{code},"body":"{message}"}}{text[end:]}', fields


def _message(body: Any, fields: dict[str, str]) -> str:
    """Return the message of a Status, or what else the body holds, on one line."""
    status = load_object(body) if isinstance(body, str) and body.startswith("{") else body
    if isinstance(status, dict):
        if isinstance(status.get("reason"), str):
            fields["http_reason"] = status["reason"]
        if isinstance(status.get("message"), str):
            body = status["message"]
    shown = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return clean(" ".join(shown.split()))


def _string(quoted: str) -> str:
    try:
        value = json.loads(quoted, strict=False)
    except ValueError:
        return quoted
    return value if isinstance(value, str) else quoted
