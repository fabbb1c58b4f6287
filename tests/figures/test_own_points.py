"""What is said of a reader's own points."""

import numpy as np

from datasets.own_points import EXAMPLE, Axis, OwnPoints
from datasets.plane import Unit
from figures.own_points import clash, off_by, scales, what_they_are
from tests.several import around


def test_spots_of_two_colours_are_counted():
    x = np.array([[0, 0], [-0.0, 0], [1, 1], [1, 1], [2, 2], [3, 3], [3, 3]], np.float32)
    label = np.array([0, 1, 1, 1, 0, 1, 1], np.uint8)
    assert clash(OwnPoints(x, label)).startswith("At one spot points of different colours")
    label[-1] = 0
    assert clash(OwnPoints(x, label)).startswith("At 2 spots points of different colours")
    label[1] = 2
    assert clash(OwnPoints(x, label)).startswith("At 2 spots")
    assert clash(EXAMPLE) == ""


def test_every_class_is_named_by_its_colour():
    said = what_they_are(around(3, names=("cat", "<b>", "ox")))
    assert said.startswith("Orange is *cat*, blue *\\<b\\>*, green *ox*.")


def test_numbers_are_said_by_their_column_and_clash_where_they_differ_at_a_spot():
    x = np.array([[0, 0], [-0.0, 0], [1, 1], [1, 1], [2, 2]], np.float32)
    t = np.array([-1, 1, 0.5, 0.5, 0], np.float32)
    points = OwnPoints(x, t, number=Axis("<b>rent", 100.0, 900.0))
    assert what_they_are(points) == (
        "*\\<b\\>rent* is learned as a number: **100** is −1, orange, and **900** is 1, blue. "
        "At one spot points of different numbers lie on each other: no network gets all points of "
        "that spot right."
    )


def test_a_readers_numbers_are_said_as_people_write_them():
    """A price of 1,234,500 was once said as 1.23 × 10⁶, 999.9 as 1 × 10³."""
    x, t = np.zeros((3, 2), np.float32), np.array([-1, 1, 0], np.float32)
    axes = Axis("size", 999.9, 12345.678), Axis("age", -1200.0, 0.25)
    said = what_they_are(OwnPoints(x, t, (), axes, Axis("price", 376500.0, 1234500.0)))
    assert "**376,500** is −1, orange, and **1,234,500** is 1, blue." in said
    assert "x₁ is *size* (**999.9** to **12,345.68**), x₂ *age* (**−1200** to **0.25**)" in said
    off = off_by(0.1, Unit("price", 429000.0))
    assert off == "off by about **0.1** (**42,900** of *price*)"


def test_a_column_of_one_number_is_not_said_to_be_drawn_from_end_to_end():
    x, label = np.array([[0, -5], [0, 5]], np.float32), np.array([0, 1], np.uint8)
    axes = Axis("year", 1999.0, 1999.0), Axis("size", 2.0, 4.0)
    assert scales(OwnPoints(x, label, ("a", "b"), axes)) == (
        "x₁ is *year* (**1999** in every row), drawn at 0; "
        "x₂ is *size* (**2** to **4**), drawn from −5 to 5."
    )


def test_how_far_answers_are_off_is_said_on_the_readers_scale_too():
    assert off_by(0.25, None) == "off by about **0.25**"
    assert off_by(0.25, None, 0.5) == "off by about **0.25** (at unseen points 0.5)"
    assert off_by(0.25, Unit("rent", 400.0), 0.5) == (
        "off by about **0.25** (**100** of *rent*; at unseen points 0.5)"
    )
