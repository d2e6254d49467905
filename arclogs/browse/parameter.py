r"""The one word in which rows of a template differ, kept apart from what they share.

    own                    shared
    place  parameter       template  runner  fields
    0      …-runner-w9k4d  true      \ue000  {"version": "0.12.1", "ephemeralrunner": "\ue000"}
    0      …-runner-x2f7d

Where `template` is true the mark stands for the row's own parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection

MARK: Final = "\ue000"
"""Lines of which templates are made are ASCII."""
PARAMETER: Final = "parameter"
TEMPLATE: Final = "template"


def open_columns(shared: pl.DataFrame, names: Collection[str]) -> tuple[str, ...]:
    """Return those columns of what rows share in which marks stand for parameters."""
    if TEMPLATE not in shared.columns:
        return ()
    some = shared.filter(TEMPLATE)
    held = some.select(pl.col(*names).str.contains(MARK, literal=True).any())
    return tuple(name for name in names if held[name][0])


def filled(values: pl.Series, parameters: pl.Series, templates: pl.Series) -> pl.Series:
    """Return the values of rows, each with its parameter for the mark if it is of a template."""
    value, parameter = pl.col("value"), pl.col("parameter")
    frame = pl.DataFrame(
        [values.alias("value"), parameters.alias("parameter"), templates.alias("template")]
    )
    put_in = value.str.replace(MARK, parameter.fill_null(""), literal=True)
    if values.name != "fields":
        put_in = pl.when(value == MARK).then(parameter).otherwise(value)
    whole = pl.when(pl.col("template")).then(put_in).otherwise(value)
    return frame.select(whole.alias(values.name)).to_series()
