"""What the lines of a chunk are to a scan: of each its strongest role, 0 where it is dull."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arclogs.scan.lines.lines import Rows
    from arclogs.scan.probes import Role

    Roles: TypeAlias = NDArray[np.uint8]


def no_roles(count: int) -> Roles:
    """Return the roles of lines in which nothing was found."""
    return np.zeros(count, dtype=np.uint8)


def give(roles: Roles, rows: Rows | Sequence[int], role: Role) -> None:
    """Give lines a role where they have no stronger one."""
    if len(rows):
        roles[rows] = np.maximum(roles[rows], np.uint8(role))
