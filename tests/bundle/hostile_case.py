"""A hostile input and what reading it must tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from arclogs.bundle import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from arclogs.model.coverage import Code

MIB = 1 << 20
_DEFAULT = Limits()


@dataclass(frozen=True)
class Case:
    """One input.

    One of `codes` at least must be noted, nothing at all if there are none; the canary must come
    out whole or, if it cannot, not at all.
    """

    name: str
    build: Callable[[], bytes]
    codes: frozenset[Code]
    canary: bool
    limits: Limits

    @cached_property
    def data(self) -> bytes:
        return self.build()


CASES: list[Case] = []


def case(
    *codes: Code, canary: bool = True, limits: Limits = _DEFAULT
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register a function that builds a hostile input."""

    def register(build: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES.append(Case(build.__name__, build, frozenset(codes), canary, limits))
        return build

    return register
