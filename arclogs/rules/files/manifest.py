"""What a rule pack says of itself: `pack.yaml` beside its rules. A pack may do without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import arclogs
from arclogs.errors import RuleError
from arclogs.rules.files.source import RuleSource, parse_source, read_text
from arclogs.rules.language.signals import Strict
from arclogs.rules.language.versions import version_key

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import Field  # noqa: TC004 - validation finds it in arclogs.rules.language.forms

    from arclogs.rules.files.kept import KeptFiles

FILE = "pack.yaml"


class Pack(Strict, frozen=True, kw_only=True):
    """Name and version of a pack, and the oldest arclogs that it works with."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]{0,40}$")] = ""
    requires: Annotated[str | None, Field(pattern=r"^\d+(\.\d+){0,3}$")] = None


def read_pack(folder: Path, kept: KeptFiles | None = None) -> Pack:
    """Return a folder's manifest, or one by its name; raise RuleError where it does not fit."""
    path = folder / FILE
    if not path.is_file():
        return Pack(name=folder.name, version="", requires=None)
    text = read_text(path)
    if kept is None:
        return _read(parse_source(text, path))
    pack, _ = kept.get(text, lambda: _read(parse_source(text, path)))
    return pack if isinstance(pack, Pack) else _read(parse_source(text, path))


def _read(source: RuleSource) -> Pack:
    from pydantic import ValidationError

    try:
        pack = Pack.model_validate(source.data)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(p) for p in fault["loc"])
        raise RuleError(f"{key}: {fault['msg']}", source.place(tuple(fault["loc"]))) from error
    if pack.requires and version_key(arclogs.__version__) < version_key(pack.requires):
        wants = f"the pack needs arclogs {pack.requires} or newer, this is {arclogs.__version__}"
        raise RuleError(wants, source.place(("requires",)))
    return pack
