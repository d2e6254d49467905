"""Validated models as JSON and back, without validating again: what stands in the cache was valid.

Each model is an object of its set fields and, under a key that no model has, the name of its class. It
is put together as pydantic unpickles one (`__setstate__`), but only of the classes that are named here.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from arclogs.model import record, report
from arclogs.rules import known_issues, literals, manifest, schema, signals

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLASS: Final = "\0"
_MODULES: Final = (report, record, signals, schema, manifest, known_issues, literals)
_MODELS: Final[tuple[type[BaseModel], ...]] = (
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
    for module in (*_MODULES, __file__):
        path = module if isinstance(module, str) else module.__file__ or ""
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.digest()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        if type(value) not in _MODELS:
            raise Unkept(f"{type(value).__name__} is not kept")
        stated = value.model_fields_set
        fields = {name: _plain(field) for name, field in value if name in stated}
        return {_CLASS: type(value).__name__, **fields}
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
    model = _BY_NAME[name]
    value = model.__new__(model)
    if name == "LogSignal":
        found["log"] = [record.Source(source) for source in found["log"]]
    value.__setstate__(
        {
            "__dict__": {**_defaults(model), **found},
            "__pydantic_fields_set__": set(found),
            "__pydantic_extra__": None,
            "__pydantic_private__": dict(private) if (private := _private(model)) else None,
        }
    )
    return value


@cache
def _defaults(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return all fields in their order, with what those have that were not stated.

    These values are shared: the models are frozen.
    """
    return {
        name: None if field.is_required() else field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
    }


@cache
def _private(model: type[BaseModel]) -> Mapping[str, Any]:
    return {name: a.get_default() for name, a in model.__private_attributes__.items()}
