from __future__ import annotations

import pytest

from arclogs.ingest.objects.elisions import ELIDED, marked


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("...", ELIDED), ("    ...", f"    {ELIDED}"), ("  - ...", f"  {ELIDED}"), ("…", ELIDED),
        ("  [...]", f"  {ELIDED}"), ("<snip>", ELIDED), ("--- snip ---", ELIDED),
        ("[truncated]", ELIDED), ("  labels: {...}", f"  {ELIDED}"), ("env: [...]", ELIDED),
        ("  image: ...", f"  {ELIDED}"),
    ],
)  # fmt: skip
def test_what_was_left_out_is_a_comment(line: str, left: str) -> None:
    assert marked(line) == left


@pytest.mark.parametrize(
    "line",
    ["---", "message: Waiting for a runner...", "resources: {}", "a: '...'", "x: <none>", "",
     "- name: work", "command: [sh, -c]", "cut: 5", "# snip", "phase: Running"],
)  # fmt: skip
def test_what_is_there_stays(line: str) -> None:
    assert marked(line) == line
