"""A loss curve that was drawn: how it is read, and how near a loss comes to it."""

import numpy as np
import pytest

from recipes.curve_sketch import ALONG, NEARBY, TOP, drawn_curve, loss_along, share_near


def test_a_line_is_read_at_every_place_and_goes_on_level_beyond_its_ends():
    curve = drawn_curve("loss~250.800.750.400")
    np.testing.assert_allclose(curve[ALONG <= 0.25], 0.8)
    np.testing.assert_allclose(curve[ALONG >= 0.75], 0.4)
    np.testing.assert_allclose(curve[np.isclose(ALONG, 0.5)], 0.6)


def test_it_may_be_drawn_from_right_to_left_and_a_later_line_counts():
    there, back = "0.900.1000.100", "1000.100.0.900"
    np.testing.assert_array_equal(drawn_curve(f"loss~{there}"), drawn_curve(f"loss~{back}"))
    over = drawn_curve(f"loss~{there}~400.0.600.0")
    assert (over[(ALONG >= 0.4) & (ALONG <= 0.6)] == 0).all()
    np.testing.assert_allclose(over[-1], 0.1)


def test_between_two_lines_it_goes_straight_and_an_upright_one_is_a_place():
    curve = drawn_curve("loss~0.1000.200.1000~800.0.1000.0")
    np.testing.assert_allclose(curve[np.isclose(ALONG, 0.5)], 0.5)
    assert np.isfinite(drawn_curve("loss~501.0.501.1000")).all()


@pytest.mark.parametrize(
    "text", ["", "loss", "loss~", "0.500.1000.500", "loss~0.5", "loss~0.0.1001.5", "loss~a.b.c.d"]
)
def test_anything_else_is_none(text):
    with pytest.raises(ValueError, match="expected"):
        drawn_curve(text)


def test_a_loss_lies_along_the_film_as_its_steps_do_and_ends_with_the_plot():
    steps = np.array([0, 9, 99, 999])
    loss = loss_along(steps, np.array([2.0, 100.0, 1.0, 0.0]))
    at = [np.abs(ALONG - np.log1p(step) / np.log1p(999)).argmin() for step in steps]
    np.testing.assert_allclose(loss[at], [1 / TOP, 1, 0.5 / TOP, 0], atol=0.02)
    later = loss_along(steps + 500, np.array([2.0, 100.0, 1.0, 0.0]))
    np.testing.assert_array_equal(loss, later)  # a film that began beyond step 0


def test_the_share_is_of_the_way_on_which_both_are_near():
    loss = np.where(ALONG < 0.5, 0.6, 0.0)
    assert share_near(loss, loss) == 1
    assert share_near(np.full_like(loss, 0.6), loss) == pytest.approx(0.5, abs=0.01)
    assert share_near(loss + 0.99 * NEARBY, loss) == 1
    assert share_near(loss + 1.01 * NEARBY, loss) == 0
