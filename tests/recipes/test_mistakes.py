import numpy as np
import pytest

from recipes.mistakes import found, most_often, reliability

T = np.array([4, 4, 4, 9, 9, 1])
SAID = np.array([9, 4, 9, 9, 4, 1])
SURE = np.array([0.6, 0.9, 0.95, 0.55, 0.7, 1.0])


def test_the_surest_of_the_chosen_mistakes_comes_first_and_of_what_is_right_the_least_sure():
    assert found(T, SAID, SURE).tolist() == [2, 4, 0]
    assert found(T, SAID, SURE, truth=4).tolist() == [2, 0]
    assert found(T, SAID, SURE, guess=4).tolist() == [4]
    assert found(T, SAID, SURE, truth=9, guess=4).tolist() == [4]
    assert found(T, SAID, SURE, truth=9, guess=9).tolist() == [3]
    assert found(T, SAID, SURE, truth=1, guess=9).tolist() == []
    more = found(np.array([3, 3]), np.array([3, 3]), np.array([0.9, 0.5]), truth=3, guess=3)
    assert more.tolist() == [1, 0]


def test_of_answers_that_were_so_sure_it_counts_how_many_were_right():
    rng = np.random.default_rng(0)
    sure, right = rng.random(500), rng.random(500) < 0.7
    counted = reliability(sure, right)
    gap = 0.0
    for low, high, answers, mean, share in zip(*counted, strict=True):
        here = (sure >= low) & (sure < high)
        assert answers == here.sum()
        assert mean == pytest.approx(sure[here].mean())
        assert share == pytest.approx(right[here].mean())
        gap += here.mean() * abs(mean - share)
    assert counted.gap == pytest.approx(gap)


def test_who_is_quite_sure_belongs_to_the_surest_and_nobody_is_no_number():
    counted = reliability(np.array([1.0, 0.9]), np.array([True, False]))
    assert counted.answers.tolist() == [0] * 9 + [2]
    assert counted.right[-1] == 0.5
    assert np.isnan(counted.sure[:-1]).all()
    assert reliability(np.empty(0), np.empty(0, bool)).gap == 0


def test_what_is_taken_for_what_most_often_by_the_share_of_its_row():
    assert most_often(np.array([[90, 9], [3, 8]])) == [(1, 0, 3 / 11), (0, 1, 9 / 99)]
    assert most_often(np.diag([5, 5])) == []
    assert most_often(np.array([[0, 0], [1, 1]])) == [(1, 0, 0.5)]
