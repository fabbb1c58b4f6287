"""Names at the ends of curves, and powers of ten as ticks."""

import numpy as np

from figures.labels import apart, powers_of_ten


def test_two_names_for_one_end_lie_around_it():
    np.testing.assert_allclose(apart([5.0, 5.0], 1.0), [4.5, 5.5])


def test_names_with_room_stay_where_their_curves_end():
    np.testing.assert_allclose(apart([3.0, 1.0, 2.0], 0.5), [3.0, 1.0, 2.0])


def test_a_stack_stays_below_the_highest():
    np.testing.assert_allclose(apart([9.0, 9.0, 9.0], 1.0, 9.0), [7.0, 8.0, 9.0])


def test_a_stack_stays_above_the_lowest():
    np.testing.assert_allclose(apart([1.0, 1.0, 2.0], 1.0, 9.0, 1.0), [1.0, 2.0, 3.0])


def test_names_keep_their_distance_and_their_places_in_the_list():
    np.testing.assert_allclose(apart([0.5, 0.5, 0.1], 0.2), [0.4, 0.6, 0.1])
    np.testing.assert_allclose(apart([1.0, 0.99], 0.1, 1.0), [1.0, 0.9])
    assert apart([], 0.1).size == 0


def test_powers_of_ten_are_few_and_written_out():
    ticks = powers_of_ten(-30, 1)
    assert len(ticks["tickvals"]) == len(ticks["ticktext"]) <= 7
    assert powers_of_ten(-2, 1)["ticktext"] == ["10⁻²", "10⁻¹", "1", "10¹"]
