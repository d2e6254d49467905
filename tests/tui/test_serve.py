"""Serving in a browser: for this machine's own page, and nobody else's."""

from __future__ import annotations

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from arclogs.tui.serve import guard

PORT = 8642


async def answer(host: str, origin: str | None = None) -> web.StreamResponse:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text="the bundle")

    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    return await guard(PORT)(make_mocked_request("GET", "/", headers=headers), page)


@pytest.mark.parametrize("origin", [None, "http://127.0.0.1:8642", "http://localhost:8642"])
async def test_its_own_page_is_answered_and_loads_nothing_from_elsewhere(
    origin: str | None,
) -> None:
    response = await answer("127.0.0.1:8642", origin)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://127.0.0.1:8642" in policy


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8642", "https://evil.example"),
        ("127.0.0.1:8642", "http://127.0.0.1:9999"),
        ("evil.example:8642", None),
        ("evil.example:8642", "http://evil.example:8642"),
    ],
)
async def test_other_pages_and_names_are_refused(host: str, origin: str | None) -> None:
    with pytest.raises(web.HTTPForbidden):
        await answer(host, origin)
