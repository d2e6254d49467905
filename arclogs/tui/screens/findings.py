"""The Findings screen: the answer is on it before any key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, Fold, Listed, OfRule
from arclogs.tui.models.finding_list import Choice, finding_list, opened_at_first, so_far
from arclogs.tui.models.finding_page import fix_script
from arclogs.tui.models.other_pages import page_of, rule_of
from arclogs.tui.models.top_line import versions
from arclogs.tui.screens.two_panes import TwoPanes
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.block_messages import Moved, Opened

if TYPE_CHECKING:
    from arclogs.authoring.trace import Trace
    from arclogs.tui.bindings import Scope


class Findings(TwoPanes):
    """A list of what was found at the left, its page at the right."""

    BINDINGS: ClassVar = bindings_of("findings")
    scope: ClassVar[Scope] = "findings"

    def __init__(self) -> None:
        super().__init__()
        self._choice = Choice()
        self._shown: Listed | None = None
        self._traces: dict[str, Trace | str] = {}

    def found(self) -> None:
        """Show the report."""
        report = self.session.report
        self._traces, self._shown = {}, None
        if report is not None:
            self._choice = Choice(opened_at_first(report), self._choice.wanted)
            self.entries.entitle("", versions(report))
            self._show_list()

    def ticked(self) -> None:
        """Show how far the reading has come, and what would be found if it ended here."""
        super().ticked()
        if self.session.reading:
            self.entries.show(so_far(self.session.so_far))

    def filtered(self, wanted: str) -> None:
        """Show only entries that hold a text."""
        self._choice = Choice(self._choice.opened, wanted)
        self._show_list()

    def show_finding(self, index: int) -> None:
        """Put the cursor on a finding, by its place in the report."""
        report = self.session.report
        if report is None or not 0 <= index < len(report.findings):
            return
        opened = self._choice.opened | {"follows from another"}
        self._choice = Choice(opened)
        self.entries.show(finding_list(report, self._choice), Listed("finding", index))

    def _show_list(self) -> None:
        if self.session.report is not None:
            self.entries.show(finding_list(self.session.report, self._choice))

    @on(Moved, "#list")
    def _list_moved(self, event: Moved) -> None:
        target = event.block.target
        if isinstance(target, Listed) and target != self._shown:
            self._shown = target
            self._show_page(anew=True)

    def _show_page(self, *, anew: bool = False) -> None:
        report, shown = self.session.report, self._shown
        if report is None or shown is None:
            return
        rule = rule_of(report, shown)
        trace = self._traces.get(rule) if rule else None
        self.page.entitle(rule or "")
        self.page.show(page_of(report, shown, trace), anew=anew)
        if rule and trace is None:
            self._explain(rule)

    @work(exclusive=True, group="trace")
    async def _explain(self, rule: str) -> None:
        """Ask for the match tree and put it into the page if that is still shown."""
        try:
            self._traces[rule] = await self.session.trace(rule)
        except NoAnswer as said:
            self._traces[rule] = str(said)
        if (
            self.session.report
            and self._shown
            and rule_of(self.session.report, self._shown) == rule
        ):
            self._show_page()

    @on(Opened, "#list")
    def _list_opened(self, event: Opened) -> None:
        target = event.block.target
        if isinstance(target, Fold):
            self._choice = Choice(self._choice.opened ^ {target.name}, self._choice.wanted)
            self._show_list()
            self.entries.reveal_below()
        else:
            self.page.focus()

    @on(Opened, "#page")
    def _page_opened(self, event: Opened) -> None:
        match event.block.target:
            case AtLine(member, number):
                self.app.open_line(member, number)
            case OfRule(rule):
                self.app.open_rule(rule)
            case _:
                self.action_copy()

    def action_copy(self) -> None:
        """Copy what is under the cursor of the page, or the fix of what is shown."""
        block = self.page.block if self.page.has_focus else None
        if block is not None and block.copies:
            self.app.copy(block.copies, "the line" if isinstance(block.target, AtLine) else "it")
        else:
            self._copy_fix()

    def _copy_fix(self) -> None:
        report, shown = self.session.report, self._shown
        if report is None:
            self.app.say("the bundle is still being read")
            return
        if shown is not None and shown.listing == "missing":
            wanted = report.coverage.missing[shown.index]
            self.app.copy(wanted.command, "the command that collects it")
            return
        if shown is None or shown.listing != "finding":
            self.app.say(
                "nothing to copy: put the cursor on a finding, or on a command at the right"
            )
            return
        found = report.findings[shown.index]
        script = fix_script(found)
        if not script:
            self.app.say("this finding has no fix of its own")
        elif found.confidence == "possible" and found.collect:
            self.app.copy(script, "the commands that tell the causes apart")
        else:
            self.app.copy(script, "the fix; what changes things is commented out")

    def action_ticket(self) -> None:
        """Copy the summary for a ticket."""
        self.app.copy_ticket()

    def action_rule(self) -> None:
        """Show the rule behind what is shown."""
        report, shown = self.session.report, self._shown
        rule = rule_of(report, shown) if report and shown else None
        if rule:
            self.app.open_rule(rule)
        else:
            self.app.say("no rule stands behind this entry")

    def action_step(self, by: int) -> None:
        """Go to the next or previous finding, whichever pane has the focus."""
        self.entries.action_move(by)
