"""A rule as JSON: all that its file states, in full where the file has a short form."""

from __future__ import annotations

from typing import Any

from arclogs.model.frozen import Frozen


def as_stated(value: Any, written: Any) -> Any:
    """Return what a validated value states; `written` is what stands for it in the file."""
    match value, written:
        case Frozen(), dict():
            keys = zip(value.__struct_encode_fields__, (item for _, item in value))
            return {key: as_stated(item, written[key]) for key, item in keys if key in written}
        case Frozen(), _:  # a short form: what it says is all that is not empty
            return {key: as_stated(v, v) for key, v in value if v}
        case dict(), dict():
            return {key: as_stated(item, written[key]) for key, item in value.items()}
        case list(), list():
            return [as_stated(item, there) for item, there in zip(value, written)]
        case list(), _:
            return [as_stated(item, written) for item in value]
        case _:
            return value
