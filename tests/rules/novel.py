"""The cases of `novel.yaml` as files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

CASES = yaml.safe_load((Path(__file__).parent / "novel.yaml").read_text(encoding="utf-8"))
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
IDS = "bcdfghjklmnpqrstvwxz"


def files_of(case):
    """Return the files of a case by name."""
    return {name: _text(parts) for name, parts in case["files"].items()}


def _text(parts):
    repeated = [
        (part, 1) if isinstance(part, str) else (part["line"], part["times"]) for part in parts
    ]
    lines = [line for line, times in repeated for _ in range(times)]
    return "".join(f"{_filled(line, number)}\n" for number, line in enumerate(lines))


def _filled(line, number):
    moment = START + timedelta(seconds=13 * number)
    values = {
        "{t}": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "{s}": moment.strftime("%Y-%m-%dT%H:%M:%S.0000000Z"),
        "{i}": str(number),
        "{id}": "".join(IDS[(number * k + k) % len(IDS)] for k in (1, 3, 7, 11, 13)),
    }
    for name, value in values.items():
        line = line.replace(name, value)
    return line
