"""Many trainings side by side end as each would alone, and rest between two pieces."""

import itertools
import threading

import numpy as np
import pytest

from nn_core import SGD, BinaryCrossEntropy, Trainer, mlp
from runs.side_by_side import side_by_side

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([[0.0], [1.0], [1.0], [0.0]])


def trainer(seed, rate=1.0):
    net = mlp([2, 2, 1], "tanh", "normal", seed)
    return Trainer(net, BinaryCrossEntropy(), SGD(rate), X, T, 4, seed, record_at={0, 50})


def alone(seed):
    one = trainer(seed)
    one.run(steps=50)
    return one.net.theta


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_each_ends_as_it_would_alone_and_none_twice(at_once):
    ended = []
    for _share, some in side_by_side(range(30), trainer, 50, at_once):
        ended += some
    assert sorted(place for place, _ in ended) == list(range(30))
    for place, one in ended:
        assert one.step_count == 50
        np.testing.assert_allclose(one.net.theta, alone(place), rtol=1e-9)


def test_between_two_pieces_no_thread_of_it_runs(monkeypatch):
    monkeypatch.setattr("runs.side_by_side.PIECE", 0.01)
    before, shares = set(threading.enumerate()), []
    for share, _ in side_by_side(range(200), trainer, 50_000, 2):
        shares.append(share)
        begun = {thread.name for thread in set(threading.enumerate()) - before}
        assert not any("ThreadPoolExecutor" in name for name in begun)
        if len(shares) == 5:
            break
    assert len(shares) > 0
    assert shares == sorted(shares)


def test_it_gets_on_though_its_threads_begin_when_their_time_is_over(monkeypatch):
    monkeypatch.setattr("runs.side_by_side.PIECE", 0.0)  # as if the machine were that busy
    *_, last = itertools.islice(side_by_side(range(5), trainer, 50, 2), 1000)
    assert last.share == 1


def test_a_training_that_ends_early_has_ended():
    pieces = list(side_by_side([0, 1], lambda seed: trainer(seed, 1e300), 50))
    assert pieces[-1].share == 1
    ended = [one for piece in pieces for _, one in piece.ended]
    assert all(one.diverged_at is not None for one in ended)
    assert len(ended) == 2


def test_what_goes_wrong_in_a_thread_is_raised():
    def broken(seed):
        raise RuntimeError("no such trainer")

    with pytest.raises(RuntimeError, match="no such trainer"):
        list(side_by_side([0], broken, 50))
