"""The Rule screen: a rule's source with what it came to here; edit it and run it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import SuspendNotSupported

from arclogs.errors import UsageError
from arclogs.tui import editing
from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, OfRule
from arclogs.tui.models.rule_list import rule_list
from arclogs.tui.models.rule_page import rule_page
from arclogs.tui.screens.question import Question
from arclogs.tui.screens.two_panes import TwoPanes
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.block_messages import Moved, Opened

if TYPE_CHECKING:
    from pathlib import Path

    from arclogs.authoring.trace import Trace
    from arclogs.tui.bindings import Scope
    from arclogs.tui.session.events import RuleCard


class Rules(TwoPanes):
    """All rules at the left, the source of one at the right."""

    BINDINGS: ClassVar = bindings_of("rule")
    scope: ClassVar[Scope] = "rule"

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        self._shown: str | None = None
        self._drawn: str | None = None
        self._last: RuleCard | None = None

    def found(self) -> None:
        """Show the rules."""
        at, self._shown = self._shown, None
        self._show_list(at)

    def filtered(self, wanted: str) -> None:
        """Show only rules whose id, title or area holds a text."""
        self._wanted = wanted
        self._show_list()

    def show_rule(self, rule: str) -> None:
        """Show one rule, and put the cursor on its source."""
        self._wanted = ""
        self._show_list(rule)
        self.page.focus()

    @property
    def _card(self) -> RuleCard | None:
        """Return the rule that is shown; the last one where a mistake in it lets none be loaded."""
        found = next((rule for rule in self.session.rules if rule.id == self._shown), None)
        self._last = found or self._last
        return self._last

    def _show_list(self, at: str | None = None) -> None:
        report = self.session.report
        if report is not None:
            blocks = rule_list(report, self.session.rules, self._wanted)
            self.entries.show(blocks, OfRule(at) if at else None)

    @on(Moved, "#list")
    def _list_moved(self, event: Moved) -> None:
        target = event.block.target
        if isinstance(target, OfRule) and target.id != self._shown:
            self._shown = target.id
            self._explain(target.id)

    @work(exclusive=True, group="trace")
    async def _explain(self, rule: str) -> None:
        """Show the source at once, and what it came to as soon as that is known."""
        card = self._card
        if card is None:
            return
        anew, self._drawn = rule != self._drawn, rule
        self.page.show(rule_page(card, None), anew=anew)
        try:
            trace: Trace | str = await self.session.trace(rule)
        except NoAnswer as said:
            trace = str(said)
        # The cursor goes to the first signal, which only now is known to have a line.
        self.page.show(rule_page(card, trace), anew=anew)

    @on(Opened, "#list")
    def _list_opened(self) -> None:
        self.page.focus()

    @on(Opened, "#page")
    def _page_opened(self, event: Opened) -> None:
        match event.block.target:
            case AtLine(member, number):
                self.app.open_line(member, number)
            case _:
                self.action_copy()

    def action_copy(self) -> None:
        """Copy the reference or line under the cursor, or the name of the rule."""
        block = self.page.block if self.page.has_focus else self.entries.block
        if block is not None:
            self.app.copy(block.copies, block.copies if len(block.copies) < 60 else "the line")

    def action_again(self) -> None:
        """Load all rules anew and judge the bundle again."""
        if not self.session.reading:
            self.app.read(self._shown)

    @work
    async def action_edit(self) -> None:
        """Edit the rule, or a copy of it where it ships with arclogs."""
        card = self._card
        if card is None:
            return
        try:
            path = await self._own_file(card)
            if path is not None:
                self._edit(path)
        except UsageError as error:
            self.app.say(str(error), wrong=True)

    async def _own_file(self, card: RuleCard) -> Path | None:
        if not editing.is_shipped(card):
            return card.path
        target = editing.copy_target(card, self.session.order)
        asked = f"{card.id} ships with arclogs. Copy it and edit the copy?\n{target}"
        if not await self.app.push_screen_wait(Question(asked)):
            return None
        editing.copy_rule(card, target)
        self.app.use_rules(target.parent)
        return target

    def _edit(self, path: Path) -> None:
        try:
            with self.app.suspend():
                editing.edit(path)
        except SuspendNotSupported:
            self.app.say(f"no editor can be opened here; the file is {path}", wrong=True)
            return
        self.app.refresh(layout=True)
        self.app.say("R runs the rules again")
