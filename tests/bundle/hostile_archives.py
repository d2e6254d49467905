"""Archives that nobody packed in good faith.

Sizes are scaled down together with the limits; the forms are those of real attacks and damage.
"""

from __future__ import annotations

from tests.bundle import hostile_names, hostile_streams, hostile_tar, hostile_zip
from tests.bundle.hostile_case import CASES, MIB, Case

__all__ = ["CASES", "MIB", "Case", "hostile_names", "hostile_streams", "hostile_tar", "hostile_zip"]
