"""The base of documents: frozen structs that pydantic validates, without being imported until then.

Importing pydantic and building models takes a third of the time of a small bundle, and a run that
prints a report validates nothing: mypy has checked what it puts together. What comes from outside, a
rule file or a report that was kept, is validated by pydantic as a model of its own would be
(`arclogs.model.validation`), and the methods are called as those of its models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Literal, Self

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Frozen(Struct, frozen=True, kw_only=True):
    """Base of documents: immutable; to validation, unknown fields are errors.

    A docstring below a field is its description in the JSON Schema.
    """

    unstated: ClassVar[frozenset[str]] = frozenset()
    """Fields that a document does not state: the program adds them."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Yield names and values of the fields."""
        return ((name, getattr(self, name)) for name in self.__struct_fields__)

    def model_copy(self, update: Mapping[str, Any]) -> Self:
        """Return a copy in which some fields have other values."""
        return replace(self, **update)

    def model_dump(self) -> dict[str, Any]:
        """Return the document as dictionaries."""
        return {name: _plain(value) for name, value in self}

    def model_dump_json(self) -> str:
        """Return the document as JSON."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def model_validate(
        cls, value: Any, *, strict: bool | None = None, context: Any | None = None
    ) -> Self:
        """Return a document of plain data; raise pydantic's ValidationError with all faults."""
        from arclogs.model.validation import validator

        made: Self = validator(cls).validate_python(value, strict=strict, context=context)
        return made

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """Return a document of JSON; raise pydantic's ValidationError with all faults."""
        from arclogs.model.validation import validator

        made: Self = validator(cls).validate_json(text)
        return made

    @classmethod
    def model_json_schema(
        cls, *, mode: Literal["validation", "serialization"] = "validation"
    ) -> dict[str, Any]:
        """Return the JSON Schema of the document."""
        from arclogs.model.validation import validator

        return validator(cls).json_schema(by_alias=True, mode=mode)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic how to validate the document."""
        from arclogs.model.validation import schema_of

        return schema_of(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell pydantic how to describe the document."""
        from arclogs.model.validation import described

        return described(cls, schema, handler)

    @classmethod
    def named_for_mypy(cls) -> Mapping[str, Any]:
        """Return what annotations name that their modules import for mypy only."""
        return {}

    def check(self) -> None:
        """Raise ValueError where fields that are valid by themselves do not fit together."""


def defaults(document: type[Frozen]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Return the default values of fields, and what makes those that are made anew each time.

    `msgspec.structs.fields` tells them, too, but wants to know each type that annotations name.
    """
    given = document.__struct_defaults__
    named = dict(zip(document.__struct_fields__[-len(given) :], given)) if given else {}
    made = {name: d.factory for name, d in named.items() if hasattr(d, "factory")}
    kept = {n: d for n, d in named.items() if n not in made and d is not msgspec.NODEFAULT}
    return kept, made


def _plain(value: Any) -> Any:
    match value:
        case Frozen():
            return value.model_dump()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case tuple():
            return tuple(_plain(item) for item in value)
        case _:
            return value
