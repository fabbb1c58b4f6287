"""Names at the ends of curves, and powers of ten as ticks."""

import numpy as np

from figures.labels import apart, powers_of_ten


def test_labels_keep_their_distance_their_order_and_the_top():
    np.testing.assert_allclose(apart([0.5, 0.5, 0.1], 0.2), [0.4, 0.6, 0.1])
    np.testing.assert_allclose(apart([1.0, 0.99], 0.1, 1.0), [1.0, 0.9])
    assert apart([], 0.1).size == 0


def test_powers_of_ten_are_few_and_written_out():
    ticks = powers_of_ten(-30, 1)
    assert len(ticks["tickvals"]) == len(ticks["ticktext"]) <= 7
    assert powers_of_ten(-2, 1)["ticktext"] == ["10⁻²", "10⁻¹", "1", "10¹"]
