"""A boundary as somebody draws it: read, completed, and how much of the plane it has right."""

import numpy as np
import pytest

from recipes.sketch import SIDE, Plane, completed, drawn, parts, share_right

ALONG = (np.arange(SIDE) + 0.5) / SIDE
ACROSS, UP = np.meshgrid(ALONG, ALONG[::-1])
A_LINE_OF_CELLS = 2.5 / SIDE  # nothing is said of the cells under a line


def plane(blue, *points):
    """A plane with these points, (across, up, whether it is blue) each."""
    told = np.array(points, float).reshape(-1, 3)
    return Plane(blue, told[:, :2], told[:, 2] == 1)


def right(text, of):
    return share_right([completed(line) for line in drawn(text)], of)


def test_a_drawing_is_read_as_its_corners():
    first, second = drawn("0.500.1000.250~10.20.30.40.50.60")
    np.testing.assert_array_equal(first, [[0, 0.5], [1, 0.25]])
    np.testing.assert_array_equal(second, [[0.01, 0.02], [0.03, 0.04], [0.05, 0.06]])


@pytest.mark.parametrize(
    "text",
    ["", "learned", "286", "1.2", "1.2.3", "1.2.3.4.5", "1.2.3.1001", "1.2.3.4~", "-1.2.3.4",
     "1.2.3.4~5.6", "1..2.3", "1.2.3.4\n", "١.2.3.4", ".".join(["1"] * 602)],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        drawn(text)


def test_a_line_goes_on_to_the_edges_in_its_own_direction():
    line = completed(np.array([[0.4, 0.4], [0.6, 0.5]]))
    np.testing.assert_allclose(line[[0, -1]], [[0, 0.2], [1, 0.7]])
    np.testing.assert_allclose(completed(np.array([[0.3, 0.2], [0.3, 0.8]]))[[0, -1], 1], [0, 1])


def test_a_line_that_comes_back_is_closed():
    angle = np.linspace(0, 2 * np.pi * 0.96, 30)
    ring = np.column_stack([0.5 + 0.3 * np.cos(angle), 0.5 + 0.3 * np.sin(angle)])
    np.testing.assert_array_equal(completed(ring)[-1], ring[0])
    inside = (ACROSS - 0.5) ** 2 + (UP - 0.5) ** 2 < 0.3**2
    found = parts([completed(ring)])
    assert set(np.unique(found)) == {0, 1, 2}
    assert share_right([completed(ring)], plane(inside, (0.5, 0.5, 1), (0.9, 0.9, 0))) > 0.98


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_of_two_upright_lines_what_lies_between_is_wrong(at):
    of = plane(ACROSS > 0.6, (0.01, 0.5, 0), (0.99, 0.5, 1))
    text = f"{1000 * at:.0f}.300.{1000 * at:.0f}.700"
    assert right(text, of) == pytest.approx(1 - abs(0.6 - at), abs=A_LINE_OF_CELLS)


def test_up_is_up():
    of = plane(UP > 0.7, (0.5, 0.95, 1), (0.5, 0.05, 0))
    assert right("0.700.1000.700", of) > 1 - A_LINE_OF_CELLS
    assert right("0.300.1000.300", of) == pytest.approx(0.6, abs=A_LINE_OF_CELLS)


def test_the_points_say_which_part_is_which_colour():
    inverted = plane(ACROSS > 0.5, (0.1, 0.5, 1), (0.9, 0.5, 0))
    assert right("500.0.500.1000", inverted) < A_LINE_OF_CELLS


def test_a_part_without_points_or_with_as_many_of_both_is_taken_kindly():
    assert right("500.0.500.1000", plane(ACROSS > 0.5)) > 1 - A_LINE_OF_CELLS
    both = plane(ACROSS > 0.5, (0.9, 0.2, 0), (0.9, 0.8, 1))
    assert right("500.0.500.1000", both) > 1 - A_LINE_OF_CELLS


def test_a_cross_has_four_parts_and_all_of_xor_right():
    cross = "500.0.500.1000~0.500.1000.500"
    assert parts([completed(line) for line in drawn(cross)]).max() == 4
    corners = [(x, y, (x < 0.5) != (y < 0.5)) for x in (0.2, 0.8) for y in (0.2, 0.8)]
    assert right(cross, plane((ACROSS < 0.5) != (UP < 0.5), *corners)) > 0.98
    assert right("0.500.1000.500", plane((ACROSS < 0.5) != (UP < 0.5), *corners)) == pytest.approx(
        0.5, abs=A_LINE_OF_CELLS
    )
