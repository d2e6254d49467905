"""A command over several lines is the same command."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arclogs.views.ticket.shell import continued


def joined(lines: list[str]) -> list[str]:
    """Return the words that a shell sees: a backslash at the end of a line takes the line end away."""
    return shlex.split("\n".join(lines).replace("\\\n", ""))


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("kubectl get pods", ["kubectl get pods"]),
        (
            "kubectl -n arc-runners get pods -l app=x",
            ["kubectl -n arc-runners get \\", "  pods -l app=x"],
        ),
        ("kubectl get pods # all of them, and what they are", None),
        (
            "echo 'one two three four five six seven'",
            ["echo \\", "  'one two three four five six seven'"],
        ),
        (
            'sh -c "a \\" b c d e f g h i j k" next',
            ["sh \\", '  -c "a \\" b c d e f g h i j k" \\', "  next"],
        ),
        ("a unclosed 'quote that goes on and on", ["a unclosed \\", "  'quote that goes on and on"]),
    ],
)  # fmt: skip
def test_a_long_command_is_parted_between_words(command: str, lines: list[str] | None) -> None:
    assert list(continued(command, 30)) == (lines or [command])


WORD = st.from_regex(
    r"(-\w|[a-z=/.]{1,12}|'[^'\n]{0,9}'|\"[^\"\\\n$`!]{0,9}\"|\\[ a-z])", fullmatch=True
)


@example(["\\ "], 8)
@given(st.lists(WORD, min_size=1, max_size=20), st.integers(8, 60))
def test_it_means_the_same(parts: list[str], width: int) -> None:
    command = " ".join(parts)
    assert joined(list(continued(command, width))) == shlex.split(command)
