"""`arclogs tui --serve`: the terminal UI in a browser of this machine, by textual-serve.

The page shows what the bundle holds, so nobody else may open it: the server listens on 127.0.0.1
only, refuses other hosts and origins (a page of the web could otherwise connect to it), and the
browser is told to load nothing from elsewhere.
"""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Final

from arclogs.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from aiohttp import web
    from aiohttp.typedefs import Middleware

HOST: Final = "127.0.0.1"
_POLICY: Final = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; "
    "connect-src 'self' ws://{host}:{port}"
)
_DRIVER: Final = "TEXTUAL_DRIVER"


def is_served() -> bool:
    """Tell whether this process draws for a browser and needs no terminal."""
    return _DRIVER in os.environ


def serve(arguments: Sequence[str], port: int) -> None:
    """Serve `arclogs tui` with the arguments until interrupted; raise UsageError without the extra."""
    try:
        from textual_serve.server import Server
    except ImportError as error:
        raise UsageError("--serve needs textual-serve: pip install 'arclogs[serve]'") from error

    class Guarded(Server):
        async def _make_app(self) -> web.Application:
            app: web.Application = await super()._make_app()
            app.middlewares.append(guard(port))
            return app

    command = [sys.executable, "-P", "-m", "arclogs", "tui", *arguments]
    Guarded(shlex.join(command), HOST, port, title="arclogs").serve()


def guard(port: int) -> Middleware:
    """Return what lets only pages of this server talk to it."""
    from aiohttp import web

    hosts = {f"{HOST}:{port}", f"localhost:{port}"}

    @web.middleware
    async def only_here(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if request.host not in hosts or (origin and origin.removeprefix("http://") not in hosts):
            raise web.HTTPForbidden(text="arclogs answers to its own page only")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = _POLICY.format(host=HOST, port=port)
        return response

    return only_here
