"""Reports to render, from data files."""

from __future__ import annotations

from pathlib import Path

import pytest

from arclogs.model.report import Report

DATA = Path(__file__).parent / "data"


@pytest.fixture(params=["confirmed", "partial", "possible", "unknown", "healthy"])
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of each report in turn."""
    return str(request.param)


@pytest.fixture
def report(name: str) -> Report:
    """Return each report in turn."""
    return Report.model_validate_json((DATA / f"{name}.json").read_text())
