import threading

import pytest

from runs.workers import Workers
from tests.runs.test_run import wait_for


class Job:
    """Works until it is told to end, and counts who works at the same time."""

    at_once, most, order = 0, 0, ()
    lock = threading.Lock()

    def __init__(self, name=""):
        self.name = name
        self.begun, self.end, self.done = (threading.Event() for _ in range(3))

    def work(self):
        with Job.lock:
            Job.at_once += 1
            Job.most = max(Job.most, Job.at_once)
            Job.order = (*Job.order, self.name)
        self.begun.set()
        assert self.end.wait(60)
        with Job.lock:
            Job.at_once -= 1
        self.done.set()


@pytest.fixture(autouse=True)
def nobody_works():
    Job.at_once, Job.most, Job.order = 0, 0, ()


@pytest.mark.parametrize("count", [1, 2, 4])
def test_never_more_at_once_than_there_are_workers_and_first_come_first_served(count):
    workers, jobs = Workers(count), [Job(n) for n in range(9)]
    for job in jobs:
        workers.enter(job)
    assert [workers.place(job) for job in jobs] == [0] * count + list(range(1, 10 - count))
    for n, job in enumerate(jobs):
        assert job.begun.wait(60)
        assert workers.place(job) == 0
        last = jobs[n + count :]
        assert [workers.place(other) for other in last] == list(range(1, len(last) + 1))
        job.end.set()
        if last:
            assert last[0].begun.wait(60)
    wait_for(lambda: all(job.done.is_set() for job in jobs))
    assert Job.most == count
    assert Job.order[count:] == tuple(range(count, 9))


def test_who_leaves_the_queue_is_never_served_and_the_others_move_up():
    workers, jobs = Workers(1), [Job(n) for n in range(4)]
    for job in jobs:
        workers.enter(job)
    assert jobs[0].begun.wait(60)
    assert workers.leave(jobs[2])
    assert not workers.leave(jobs[2])
    assert not workers.leave(jobs[0])  # at work, not in the queue
    assert not workers.leave(Job())
    assert [workers.place(job) for job in jobs] == [0, 1, 0, 2]
    for job in jobs:
        job.end.set()
    wait_for(lambda: jobs[3].done.is_set())
    assert Job.order == (0, 1, 3)
    assert not jobs[2].begun.is_set()


def test_one_may_come_back():
    workers, job = Workers(1), Job()
    job.end.set()
    for times in (1, 2, 3):
        workers.enter(job)
        wait_for(lambda times=times: len(Job.order) == times and job.done.is_set())
        job.done.clear()


def test_a_place_is_free_again_after_work_that_raised(monkeypatch):
    caught = []
    monkeypatch.setattr(threading, "excepthook", caught.append)

    class Fails:
        def work(self):
            raise RuntimeError("it must not, but if it does")

    workers, job = Workers(1), Job()
    workers.enter(Fails())
    workers.enter(job)
    assert job.begun.wait(60)
    job.end.set()
    wait_for(lambda: caught)
