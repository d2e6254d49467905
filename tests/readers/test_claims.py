"""Who may read which member."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from arclogs.readers.claims import Claims
from arclogs.readers.frames import Claim

CASES = yaml.safe_load((Path(__file__).parent / "data" / "claims.yaml").read_text())


@pytest.mark.parametrize("steps", CASES.values(), ids=CASES)
def test_case(steps: list[dict[str, Any]]) -> None:
    claims = Claims()
    for step in steps:
        if "reach" in step:
            answer: object = claims.reach(*step["reach"])
        else:
            reader, *claim = step["claim"]
            answer = claims.grant(Claim(*claim), reader)
        assert answer == step["is"], step
