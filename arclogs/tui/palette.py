"""The command palette: every action, screen, finding, rule and file by name.

Names come from bundles: they are shown as content, never as markup, and without what acts or hides.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from arclogs.lazy_regex import lazy_compile
from arclogs.tui.bindings import keys_of
from arclogs.tui.models.block import OfObject
from arclogs.tui.screens.base import BrowserScreen
from arclogs.views.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from arclogs.tui.app import Browser


_TIME: Final = lazy_compile(r"(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?Z?")
_NAMED: Final = lazy_compile(r"(?:pod|job|ns|src) \S+")
_LONGEST: Final = 9
"""Digits of a line's number."""


class Command(Struct, frozen=True):
    """One line of the palette."""

    name: str
    run: Callable[[], Any]
    at_once: bool = False
    """It is listed before anything is typed."""


def commands(app: Browser, screen: object) -> Iterator[Command]:
    """Yield all that can be done or opened now."""
    scope = screen.scope if isinstance(screen, BrowserScreen) else None
    node = screen if isinstance(screen, BrowserScreen) else app
    for key in keys_of(*([scope] if scope else []), "everywhere"):
        if key.name != "palette":
            run = partial(app.run_action, key.action, node)
            yield Command(f"{key.help} ({key.label})", run, at_once=True)
    for name in app.screen_names():
        yield Command(f"screen: {name}", partial(app.go, name), at_once=True)
    for theme in sorted(app.available_themes):
        yield Command(f"theme: {theme}", partial(app.use_theme, theme))
    yield from _things(app)


def typed(app: Browser, query: str) -> Iterator[Command]:
    """Yield what a query itself says to do: go to a time or a line, show the rows of a pod."""
    verb, _, rest = query.strip().partition(" ")
    told = rest.strip() if verb in ("goto", "go") and rest else query.strip()
    if _TIME.fullmatch(told):
        yield Command(f"go to {told} in the records", partial(app.open_time, told))
    if _NAMED.fullmatch(f"{verb} {rest.strip()}"):
        where = f"{verb}:{rest.strip()}"
        yield Command(f"show only rows of {where}", partial(app.open_rows, where))
    name, colon, number = told.rpartition(":")
    if app.session.report is None or not (colon and number.isdecimal() and len(number) < _LONGEST):
        return
    for member in (one.member for one in app.session.report.coverage.members):
        if member == name or member.endswith(f"/{name}"):
            at = int(number)
            yield Command(f"go to line {at} of {member}", partial(app.open_line, member, at))


def _things(app: Browser) -> Iterator[Command]:
    report = app.session.report
    if report is None:
        return
    for finding in report.findings:
        name = f"finding: {finding.title} ({finding.rule})"
        yield Command(name, partial(app.open_finding, finding.rank - 1))
    for rule in app.session.rules:
        yield Command(f"rule: {rule.id} · {rule.title}", partial(app.open_rule, rule.id))
    for item in app.session.objects_found.objects if app.session.objects_found else ():
        if item.name:
            at = OfObject(item.kind, item.namespace, item.name)
            place = f" ({item.namespace})" if item.namespace else ""
            yield Command(f"object: {item.kind}/{item.name}{place}", partial(app.open_object, at))
    for member in report.coverage.members:
        yield Command(f"file: {member.member}", partial(app.open_line, member.member, 1))


class Everything(Provider):
    """Gives the palette its lines."""

    async def discover(self) -> Hits:
        """Yield what is listed before anything is typed."""
        for command in self._commands():
            if command.at_once:
                yield DiscoveryHit(_shown(command), command.run, text=command.name)

    async def search(self, query: str) -> Hits:
        """Yield what fits the text."""
        app: Any = self.app
        for command in typed(app, query):
            yield Hit(1, _shown(command), command.run, text=command.name)
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, _shown(command), command.run, text=command.name)

    def _commands(self) -> Iterator[Command]:
        app: Any = self.app
        return commands(app, self.screen)


def _shown(command: Command) -> Content:
    return Content(sanitize(command.name))
