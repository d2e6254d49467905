"""Times of stages and rules, with a clock that only goes on when it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arclogs.stopwatch import Stopwatch, each, stage
from arclogs.views.profile import MOST_RULES, profile_lines

if TYPE_CHECKING:
    from collections.abc import Iterator


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def watch(hand: Hand) -> Stopwatch:
    return Stopwatch(hand)


def test_a_stage_inside_of_another_is_taken_off_it(watch: Stopwatch, hand: Hand) -> None:
    with stage(watch, "judge"):
        hand.now += 2
        with stage(watch, "scan"):
            hand.now += 5
        hand.now += 1
    hand.now += 50
    assert watch.stages == {"scan": 5, "judge": 3}


def test_a_stage_that_fails_is_counted(watch: Stopwatch, hand: Hand) -> None:
    def fail() -> None:
        with stage(watch, "judge"):
            hand.now += 2
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    with stage(watch, "write"):
        hand.now += 1
    assert watch.stages == {"judge": 2, "write": 1}


def test_only_the_wait_for_an_item_is_counted_not_what_is_done_with_it(
    watch: Stopwatch, hand: Hand
) -> None:
    def slow() -> Iterator[int]:
        for number in (1, 2):
            hand.now += 3
            yield number

    taken = []
    with stage(watch, "parse"):
        for number in each(watch, "wait", slow()):
            hand.now += 10
            taken.append(number)
    assert taken == [1, 2]
    assert watch.stages == {"wait": 6, "parse": 20}


def test_without_a_watch_nothing_changes() -> None:
    with stage(None, "judge"):
        assert list(each(None, "wait", [1, None, 2])) == [1, None, 2]


def test_a_rule_is_counted_as_its_stage_too(watch: Stopwatch, hand: Hand) -> None:
    with stage(watch, "judge"):
        for number in range(MOST_RULES + 2):
            with watch.rule(f"rule-{number:02}", number):
                hand.now += number
    assert watch.stages == {"judge": sum(range(MOST_RULES + 2))}
    lines = list(profile_lines(watch))
    assert lines[1].split() == ["judge", "66.00", "100%"]
    assert lines[5].split() == ["rule-11", "11.000", "11"]
    assert lines[-1].split() == ["the", "other", "2", "1.000", "1"]
