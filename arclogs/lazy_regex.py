"""Regular expressions that are compiled when they are first used.

arclogs has some 450 of them and a run on a small bundle uses a third: compiling all took longer than
reading it. At its first use a stand-in gives its place as a global of its module to the compiled
pattern; wherever else it is held, it has the methods of that one from then on. So loops run as fast as
with `re.compile`.
"""

from __future__ import annotations

import re
import sys
from typing import Any, AnyStr, Final, cast

_ATTRIBUTES: Final = (
    "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split",
    "pattern", "flags", "groups", "groupindex",
)  # fmt: skip


class _Used:
    """What a stand-in is once it was used: a holder of its pattern's methods."""


class LazyPattern(_Used):
    """Stands for a pattern that is not compiled yet."""

    def __init__(self, wanted: tuple[Any, int], module: dict[str, Any]) -> None:
        self._wanted = wanted
        self._module = module

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, make way for it and take over its methods."""
        if name not in _ATTRIBUTES:
            raise AttributeError(f"a compiled pattern has no {name!r}", name=name, obj=self)
        pattern, flags = self._wanted
        compiled = re.compile(pattern, flags)
        for place in [key for key, value in self._module.items() if value is self]:
            self._module[place] = compiled
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        self.__class__ = _Used  # type: ignore[assignment]  # it needs no __getattr__ from now on
        return getattr(compiled, name)


def lazy_compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, compiled at its first use; a bad pattern is an error only then.

    To be called where a module is defined.
    """
    module = sys._getframe(1).f_globals
    return cast("re.Pattern[AnyStr]", LazyPattern((pattern, flags), module))
