"""The engine that searches lines on Rust's engines, where hyperscan cannot be imported."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from arclogs.scan.engines.interface import LOOKS, Unscannable
from arclogs.scan.probes import Role
from arclogs.scan.roles import no_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arclogs.scan.lines.lines import Lines
    from arclogs.scan.probes import Probe
    from arclogs.scan.roles import Roles


class PolarsEngine:
    """Searches lines on Rust's engines."""

    def __init__(self, probes: Sequence[Probe], *, whole: bool = False) -> None:
        """Set up; `whole`: for texts that are not only ASCII."""
        self._probes = probes
        patterns = [probe.whole or probe.pattern if whole else probe.pattern for probe in probes]
        takes_of = _rust_takes(patterns)
        line = pl.col("line")
        self._tests: list[tuple[Role, pl.Expr]] = []
        for role in sorted({probe.role for probe in probes}):
            literals: set[str] = set()
            for probe, pattern in zip(probes, patterns):
                if probe.role is not role:
                    continue
                takes = role >= Role.FIELDS or probe.literals is None
                takes = takes and takes_of[pattern]
                if probe.literals is not None and not takes:
                    literals |= probe.literals
                elif takes:
                    self._tests.append((role, line.str.contains(pattern, literal=False)))
                else:
                    raise Unscannable(pattern)
            if literals:
                self._tests.append((role, line.str.contains_any(sorted(literals))))

    def roles(self, lines: Lines) -> Roles:
        """Return of each line what it means that a probe finds something in it."""
        frame = lines.texts.alias("line").to_frame()
        found = frame.select(test.alias(str(i)) for i, (_, test) in enumerate(self._tests))
        roles = no_roles(len(lines))
        for index, (role, _) in enumerate(self._tests):  # in the order of the roles
            roles[found[str(index)].to_numpy()] = role
        return roles

    def finds(self, texts: Sequence[str]) -> list[bool]:
        """Tell of each text, which has no LF, whether a probe finds something in it."""
        test = pl.any_horizontal(test for _, test in self._of_texts._tests)
        frame = pl.DataFrame({"line": texts}, schema={"line": pl.String})
        return frame.select(test.alias("found"))["found"].to_list()

    @cached_property
    def _of_texts(self) -> PolarsEngine:
        return PolarsEngine(self._probes, whole=True)


def _rust_takes(patterns: Sequence[str]) -> dict[str, bool]:
    """Tell which patterns Rust's engine takes: of all at once, where those that seem plain are."""
    plain = [p for p in dict.fromkeys(patterns) if not any(look in p for look in LOOKS)]
    takes = dict.fromkeys(patterns, False)
    return takes | (
        dict.fromkeys(plain, True) if _compile(plain) else {p: _compile([p]) for p in plain}
    )


def _compile(patterns: Sequence[str]) -> bool:
    tests = [
        pl.col("line").str.contains(p, literal=False).alias(str(i)) for i, p in enumerate(patterns)
    ]
    try:
        pl.DataFrame({"line": [""]}).select(tests)
    except pl.exceptions.ComputeError:
        return False
    return True
