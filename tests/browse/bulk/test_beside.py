from __future__ import annotations

import threading
from functools import partial

import pytest

from arclogs.browse.bulk.beside import Beside


def divide():
    return 1 // 0


def run(jobs, at_last=None):
    with Beside() as beside:
        for job in jobs:
            beside.run(job)
        if at_last is not None:
            raise at_last


def test_jobs_are_done_in_order_by_another_thread():
    done: list[int] = []
    threads: set[int] = set()
    note = [partial(done.append, number) for number in range(20)]
    run([*note, lambda: threads.add(threading.get_ident())])
    assert done == list(range(20))
    assert threads.isdisjoint({threading.get_ident()})


def test_what_a_job_raises_is_raised_and_no_job_after_it_is_done():
    done: list[int] = []
    with pytest.raises(ZeroDivisionError):
        run([divide, *(partial(done.append, number) for number in range(5))])
    assert not done


def test_an_error_of_the_one_that_gives_the_work_goes_first():
    with pytest.raises(KeyError):
        run([divide], KeyError())
