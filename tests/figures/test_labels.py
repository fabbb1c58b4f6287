"""Names at the ends of curves."""

import numpy as np

from figures.labels import apart


def test_two_names_for_one_end_lie_around_it():
    np.testing.assert_allclose(apart([5.0, 5.0], 1.0), [4.5, 5.5])


def test_names_with_room_stay_where_their_curves_end():
    np.testing.assert_allclose(apart([3.0, 1.0, 2.0], 0.5), [3.0, 1.0, 2.0])


def test_a_stack_stays_below_the_highest():
    np.testing.assert_allclose(apart([9.0, 9.0, 9.0], 1.0, 9.0), [7.0, 8.0, 9.0])


def test_a_stack_stays_above_the_lowest():
    np.testing.assert_allclose(apart([1.0, 1.0, 2.0], 1.0, 9.0, 1.0), [1.0, 2.0, 3.0])
