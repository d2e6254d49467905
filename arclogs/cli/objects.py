"""`arclogs objects BUNDLE [KIND[/NAME]]`: the objects of a bundle, listed, merged, as a tree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import Struct

from arclogs.cli.looking import Manner, looking
from arclogs.cli.options import layout
from arclogs.cli.output import say, write_file, write_stdout
from arclogs.errors import NothingToAnalyze, UsageError

if TYPE_CHECKING:
    from arclogs.browse.catalog import Catalog
    from arclogs.case.objects.objects import KubeObject
    from arclogs.model.catalog import CatalogObject
    from arclogs.views.interface import Layout

EXAMPLES: Final = """\b
Examples:
  arclogs objects bundle.tgz                     how many there are of each kind
  arclogs objects bundle.tgz po -n arc-runners   kubectl's short names; ars, ers, er for ARC's
  arclogs objects bundle.tgz sa,rolebinding      several kinds
  arclogs objects bundle.tgz pod/x7k2p           what shows it, its owners, its events
  arclogs objects bundle.tgz pod/x7k2p --yaml    all its fields and where they come from
  arclogs objects bundle.tgz --tree              release, scale set, runners, pods, jobs

\b
Shown by: yaml (what the API says, also JSON), describe, table (kubectl get), declared (Helm values
and manifests: what was asked for). A field or object that is not shown is unknown unless the bundle
proves that it would be.
"""


class Asked(Struct, frozen=True):
    """Which objects are wanted, and how."""

    what: str | None
    name: str | None
    namespace: str | None
    tree: bool
    yaml: bool
    form: str


@click.command("objects", short_help="Show the objects of a bundle, or ARC's tree of them.",
               epilog=EXAMPLES)  # fmt: skip
@click.argument("bundle", metavar="BUNDLE")
@click.argument("what", metavar="[KIND[/NAME]]", required=False)
@click.argument("name", metavar="", required=False)
@click.option("-n", "--namespace", metavar="NAMESPACE", help="Only objects of this namespace.")
@click.option(
    "--tree", is_flag=True, help="ARC's tree of owners; links that names imply are marked."
)
@click.option("--yaml", is_flag=True, help="All fields, merged, with the source of each.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="json has the fields too where KIND/NAME or --yaml asks for them.",
)
@looking
@click.pass_context
def objects_command(ctx: click.Context, /, bundle: str, **given: Any) -> None:
    """Show which Kubernetes objects BUNDLE holds, whatever file or format they came in.

    Without KIND the kinds are counted. What several files show of one object is one object.
    """
    manner = Manner.take(given)
    asked = Asked(**given)
    # 0.1 s, with polars 0.3 s. `--help` does without.
    from arclogs.browse.catalog import Catalog
    from arclogs.rules.findings.about import why_nothing

    if asked.tree and asked.yaml:
        raise UsageError("--tree and --yaml do not go together")
    if asked.what and Path(asked.what).exists() and "/" in asked.what:
        raise UsageError(f"objects takes one BUNDLE; {asked.what} is read as a kind")
    opened = manner.open((bundle,))
    if nothing := why_nothing(opened.gathered):
        raise NothingToAnalyze(nothing)
    stream = None if manner.output else sys.stdout
    shape = layout(manner.color, stream, partial_allowed=manner.allow_partial)
    text = _Presenter(Catalog(opened.case), asked, manner, shape).text()
    if manner.output:
        write_file(manner.output, text)
        if not manner.quiet:
            say(f"written to {manner.output}")
    else:
        write_stdout(text)
    ctx.exit(manner.finish(opened.gathered.notes))


class _Presenter:
    """Puts what was asked for into text."""

    def __init__(self, catalog: Catalog, asked: Asked, manner: Manner, shape: Layout) -> None:
        self._catalog, self._asked, self._manner, self._shape = catalog, asked, manner, shape
        kinds, _, name = (asked.what or "").partition("/")
        if name and asked.name:
            raise UsageError(f"two names: {name} and {asked.name}")
        self._kinds = [catalog.kind(word) for word in kinds.split(",") if word]
        self._name = name or asked.name

    def text(self) -> str:
        if self._asked.tree:
            return self._tree()
        if not self._kinds:
            return self._all() if self._asked.yaml else self._counts()
        found = [i for kind in self._kinds for i in self._find(kind)]
        if self._asked.yaml or self._name:
            return self._whole(found)
        return self._list(found)

    def _find(self, kind: str) -> list[KubeObject]:
        found = self._catalog.find(kind, self._name, self._asked.namespace)
        if not found and not self._manner.quiet:
            why = self._catalog.whether_collected(kind, self._asked.namespace)
            where = f" in namespace {self._asked.namespace}" if self._asked.namespace else ""
            say(f"no {kind}{where} in the bundle: {why}")
        return found

    def _counts(self) -> str:
        from arclogs.browse.inventory import count_kinds
        from arclogs.views.objects.lists import render_kinds

        home = self._asked.namespace
        counts = [
            self._clean(c)
            for c in count_kinds(self._catalog.case)
            if home is None or home in c.namespaces
        ]
        if self._asked.form == "json":
            return self._json(counts)
        if not counts and not self._manner.quiet:
            say("no objects in the bundle" + (f" in namespace {home}" if home else ""))
        return render_kinds(counts) if counts else ""

    def _all(self) -> str:
        kinds = sorted(self._catalog.kinds)
        return self._whole(
            [i for kind in kinds for i in self._catalog.find(kind, None, self._asked.namespace)]
        )

    def _list(self, found: list[KubeObject]) -> str:
        from arclogs.views.objects.lists import render_list

        objects = [self._clean(self._catalog.describe(item)) for item in found]
        if self._asked.form == "json":
            return self._json(objects)
        return render_list(objects, kinds=len(self._kinds) > 1) if objects else ""

    def _whole(self, found: list[KubeObject]) -> str:
        """Return objects with what is known of each: as cards, or with all fields."""
        from arclogs.browse.fields import redacted, values
        from arclogs.case.objects.merged import merged
        from arclogs.redact import Redactor
        from arclogs.views.objects.lists import render_card
        from arclogs.views.objects.yaml import render_yaml

        parts: list[str] = []
        documents: list[CatalogObject] = []
        for item in found:
            about = self._clean(self._catalog.describe(item, whole=not self._asked.yaml))
            tree = merged(item)
            if not self._manner.no_redact:
                tree = redacted(tree, Redactor())
            if self._asked.form == "json":
                documents.append(about.model_copy(update={"fields": values(tree)}))
            else:
                parts.append(render_yaml(about, tree) if self._asked.yaml else render_card(about))
        if self._asked.form == "json":
            return self._json(documents)
        return ("---\n" if self._asked.yaml else "\n").join(parts)

    def _tree(self) -> str:
        from arclogs.views.objects.tree import render_tree

        home = self._asked.namespace
        wanted: list[str | None] = [*self._kinds] or [None]
        for kind in self._kinds if self._name else ():
            self._catalog.find(kind, self._name, home)  # refuses a name that is not there
        found = [r for k in wanted for r in self._catalog.tree(k, self._name, home)]
        roots = [self._clean(root) for n, root in enumerate(found) if root not in found[:n]]
        if self._asked.form == "json":
            return self._json(roots)
        if not roots and not self._manner.quiet:
            say(
                "no object of ARC fits: the tree is of scale sets, listeners, runners and their pods"
            )
        return render_tree(roots, ascii_only=self._shape.ascii)

    def _clean(self, model: Any) -> Any:
        from arclogs.redact.report import redact_model

        return model if self._manner.no_redact else redact_model(model)

    def _json(self, documents: list[Any]) -> str:
        from arclogs.views.objects.json import render_documents

        return render_documents(documents, ascii_only=self._shape.ascii)
