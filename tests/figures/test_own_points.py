"""What is said of a reader's own points."""

import numpy as np

from datasets.own_points import EXAMPLE, OwnPoints
from figures.own_points import clash, what_they_are
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
