"""The Objects screen: what the cluster was made of, and all that is known of each piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work

from arclogs.tui.bindings import bindings_of
from arclogs.tui.models.block import AtLine, Fold, Listed, OfObject, line
from arclogs.tui.models.object_list import LEGEND, above, object_list
from arclogs.tui.models.object_page import Beside, object_page
from arclogs.tui.screens.two_panes import TwoPanes
from arclogs.tui.session.objects import Address
from arclogs.tui.session.session import NoAnswer
from arclogs.tui.widgets.block_messages import Moved, Opened

if TYPE_CHECKING:
    from arclogs.tui.bindings import Scope
    from arclogs.tui.session.objects import ObjectFound, ObjectsFound


_NOT_THERE: Final = {
    "Used by": "nothing that the bundle shows uses it",
    "Fields": "the bundle shows no fields of it",
}


class Objects(TwoPanes):
    """The tree at the left, the page of an object at the right."""

    BINDINGS: ClassVar = bindings_of("objects")
    scope: ClassVar[Scope] = "objects"

    def __init__(self) -> None:
        super().__init__()
        self._opened: frozenset[str] = frozenset()
        self._wanted = ""
        self._found: ObjectsFound | None = None
        self._shown: OfObject | None = None
        self._object: ObjectFound | None = None

    def found(self) -> None:
        """Ask for the objects."""
        self._found, self._shown = None, None
        self.entries.show([line("…")])
        self._ask_for_all()

    def filtered(self, wanted: str) -> None:
        """Show only objects whose kind, namespace, name or state holds a text."""
        self._wanted = wanted
        self._show_list()

    @work(exclusive=True, group="all")
    async def _ask_for_all(self) -> None:
        try:
            self._found = await self.session.objects()
            self.entries.entitle("", LEGEND)
        except NoAnswer as said:
            self.entries.show([line(str(said))])
        else:
            self._show_list()

    def _show_list(self, at: OfObject | None = None) -> None:
        if self._found is not None:
            self.entries.show(object_list(self._found, self._opened, self._wanted), at)

    def show_object(self, at: OfObject) -> None:
        """Put the cursor on an object, wherever it stands first."""
        self._wanted = ""
        self._opened |= {at.kind}
        self._show_list(at)

    @on(Moved, "#list")
    def _list_moved(self, event: Moved) -> None:
        target = event.block.target
        if isinstance(target, OfObject) and target != self._shown:
            self._shown = target
            self._ask_for_one(target)

    @work(exclusive=True, group="one")
    async def _ask_for_one(self, at: OfObject) -> None:
        report = self.session.report
        if report is None:
            return
        try:
            found = await self.session.one_object(Address(at.kind, at.namespace, at.name))
        except NoAnswer as said:
            self.page.show([line(str(said))], anew=True)
            return
        self._object = found
        beside = Beside(report, self.session.logs_of(at.name) if at.name else ())
        self.page.entitle(f"{at.kind}/{at.name}")
        self.page.show(object_page(at, found, beside), anew=True)

    @on(Opened, "#list")
    def _list_opened(self, event: Opened) -> None:
        target = event.block.target
        if isinstance(target, Fold):
            self._opened ^= {target.name}
            self._show_list()
            self.entries.reveal_below()
        else:
            self.page.focus()

    @on(Opened, "#page")
    def _page_opened(self, event: Opened) -> None:
        match event.block.target:
            case AtLine(member, number):
                self.app.open_line(member, number)
            case Listed("finding", index):
                self.app.open_finding(index)
            case OfObject() as other:
                self.show_object(other)

    def action_section(self, title: str) -> None:
        """Go to a part of the object's page: the one whose heading begins so, or the first."""
        blocks = self.page.blocks
        places = [at for at, block in enumerate(blocks) if block.text.startswith(title)]
        if self._object is None or not places:
            self.app.say(_NOT_THERE.get(title, "nothing is known of it"))
            return
        self.page.focus()
        self.page.jump(places[0])

    def action_owner(self) -> None:
        """Go to the owner of what is under the cursor."""
        blocks, here = self.entries.blocks, self.entries.target
        about = self._object.about if self._object else None
        owners = about.owners if about else ()
        kind, _, name = owners[0].partition(" (")[0].partition(" ") if owners else ("", "", "")
        named = (
            b.target for b in blocks
            if isinstance(b.target, OfObject) and (b.target.kind, b.target.name) == (kind, name)
        )  # fmt: skip
        owner = next(named, None) or (above(blocks, here) if here is not None else None)
        if owner is not None:
            self.entries.show(blocks, owner)
        elif owners:
            self.app.say(f"its owner is not in the list: {owners[0]}")
        else:
            self.app.say("nothing in the bundle owns it")

    def action_yaml(self) -> None:
        """Copy the fields of the object as YAML, each with its source."""
        if self._object is None or not self._object.yaml:
            self.app.say("the bundle shows no fields of it")
        else:
            self.app.copy(self._object.yaml, "its YAML")

    def action_copy(self) -> None:
        """Copy the name, line or message under the cursor."""
        block = self.page.block if self.page.has_focus else self.entries.block
        if block is not None and block.copies:
            self.app.copy(block.copies, block.copies if len(block.copies) < 60 else "it")
        else:
            self.app.say("nothing to copy here")
