"""Validated models as JSON and back, without validating again: what stands in the cache was valid.

Each model is an object of those fields that say more than their defaults and, under a key that no model
has, the name of its class, which is one of those that are named here.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from arclogs.model import frozen, record, report
from arclogs.model.frozen import Frozen, defaults
from arclogs.rules.files import known_issues, manifest
from arclogs.rules.language import literals, schema, signals

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLASS: Final = "\0"
_MODULES: Final = (report, record, signals, schema, manifest, known_issues, literals, frozen)
_VALIDATION: Final = (
    Path(signals.__file__).with_name("forms.py"), Path(frozen.__file__).with_name("validation.py"),
)  # fmt: skip
"""Not imported: it takes pydantic."""
_MODELS: Final[tuple[type[Frozen], ...]] = (
    signals.Near, signals.Count, signals.LogSignal, signals.EventPattern, signals.EventSignal,
    signals.ObjectSignal, signals.RuleSignal, signals.SequenceSignal, signals.FactSignal,
    schema.Condition, schema.Ladder, schema.Change, schema.Expect, schema.Case, schema.Rule,
    report.Step, report.Collect, report.Reference,
    manifest.Pack, known_issues.KnownBug, known_issues.Affected,
)  # fmt: skip
_BY_NAME: Final = {model.__name__: model for model in _MODELS}


class Unkept(ValueError):
    """A value that cannot be kept, or text that no kept value is."""


def to_text(value: Any) -> str:
    """Return models, in lists and dictionaries as they may be, as JSON; raise Unkept for all else."""
    return json.dumps(_plain(value))


def from_text(text: str | bytes) -> Any:
    """Return what was kept; raise Unkept for text that is not of `to_text`."""
    try:
        return json.loads(text, object_hook=_revived)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unkept(str(error)) from error


@cache
def fingerprint() -> bytes:
    """Return a digest of the code that says what the models are: of other code nothing is taken over."""
    digest = hashlib.sha256()
    for path in (
        *(Path(module.__file__ or "") for module in _MODULES),
        *_VALIDATION,
        Path(__file__),
    ):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _plain(value: Any) -> Any:
    if isinstance(value, Frozen):
        if type(value) not in _MODELS:
            raise Unkept(f"{type(value).__name__} is not kept")
        usual = _usual(type(value))
        more = {name: v for name, v in value if name not in usual or usual[name] != v}
        stated = {name: _plain(v) for name, v in more.items() if name not in value.unstated}
        return {_CLASS: type(value).__name__, **stated}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        if _CLASS in value:
            raise Unkept("a key that stands for a class")
        return {key: _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float):
        return value
    raise Unkept(f"{type(value).__name__} is not kept")


def _revived(found: dict[str, Any]) -> Any:
    name = found.pop(_CLASS, None)
    if name is None:
        return found
    if name == "LogSignal":
        found["log"] = [record.Source(source) for source in found["log"]]
    return _BY_NAME[name](**found)


@cache
def _usual(model: type[Frozen]) -> Mapping[str, Any]:
    """Return what fields have that are not stated."""
    kept, made = defaults(model)
    return kept | {name: make() for name, make in made.items()}
