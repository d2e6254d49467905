"""How pydantic validates documents: what `__get_pydantic_core_schema__` tells it of a struct.

https://pydantic.dev/docs/validation/latest/concepts/types/#customizing-validation-with-__get_pydantic_core_schema__
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from contextlib import suppress
from contextvars import ContextVar
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import core_schema

from arclogs.model.frozen import defaults

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

    from arclogs.model.frozen import Frozen

_under_way: ContextVar[frozenset[type[Frozen]]] = ContextVar("_under_way", default=frozenset())
"""Documents whose validation is being put together: a document may hold others of its kind."""


@cache
def validator(document: type[Frozen]) -> TypeAdapter[Any]:
    """Return the validator of a kind of document, built once."""
    return TypeAdapter(document)


def schema_of(document: type[Frozen], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Return the validation of a document: its fields, then what they must be together."""
    ref = f"{document.__module__}.{document.__qualname__}:{id(document)}"
    if document in _under_way.get():
        return core_schema.definition_reference_schema(ref)
    before = _under_way.set(_under_way.get() | {document})
    try:
        shape = core_schema.typed_dict_schema(
            _fields(document, handler), cls=document, extra_behavior="forbid"
        )
    finally:
        _under_way.reset(before)
    return core_schema.no_info_after_validator_function(partial(_made, document), shape, ref=ref)


def described(
    document: type[Frozen], schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
) -> JsonSchemaValue:
    """Return the JSON Schema of a document, with what the docstrings of its fields tell."""
    reference = handler(schema)
    properties = handler.resolve_ref_schema(reference).get("properties", {})
    names = dict(zip(document.__struct_fields__, document.__struct_encode_fields__))
    for name, text in _descriptions(document).items():
        if names.get(name) in properties:
            properties[names[name]]["description"] = text
    return reference


def _fields(
    document: type[Frozen], handler: GetCoreSchemaHandler
) -> dict[str, core_schema.TypedDictField]:
    hints = get_type_hints(document, localns=dict(document.named_for_mypy()), include_extras=True)
    spelled = zip(document.__struct_fields__, document.__struct_encode_fields__)
    kept, made = defaults(document)
    found = {}
    for name, alias in spelled:
        if name in document.unstated:
            continue
        schema = handler.generate_schema(hints[name])
        if name in kept:
            schema = core_schema.with_default_schema(schema, default=kept[name])
        elif name in made:
            schema = core_schema.with_default_schema(schema, default_factory=made[name])
        found[name] = core_schema.typed_dict_field(
            schema,
            required=name not in kept and name not in made,
            validation_alias=alias,
            serialization_alias=alias,
        )
    return found


def _made(document: type[Frozen], values: dict[str, Any]) -> Frozen:
    made = document(**values)
    made.check()
    return made


def _descriptions(document: type[Frozen]) -> dict[str, str]:
    """Return the docstrings below the fields of a class and of its bases."""
    said: dict[str, str] = {}
    for owner in reversed(document.__mro__):
        if not hasattr(owner, "__struct_fields__") or owner.__module__.startswith("msgspec"):
            continue
        with suppress(OSError):  # no source, no descriptions
            tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
            said |= _below_fields(tree.body[0])
    return said


def _below_fields(tree: ast.stmt) -> dict[str, str]:
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    said: dict[str, str] = {}
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(text))
            ):
                said[name] = " ".join(text.split())
    return said
