"""What is said of a reader's own points."""

import numpy as np

from datasets.own_points import EXAMPLE, OwnPoints
from figures.own_points import clash


def test_spots_of_two_colours_are_counted():
    x = np.array([[0, 0], [-0.0, 0], [1, 1], [1, 1], [2, 2], [3, 3], [3, 3]], np.float32)
    label = np.array([0, 1, 1, 1, 0, 1, 1], np.uint8)
    assert clash(OwnPoints(x, label)).startswith("At one spot a point of each colour")
    label[-1] = 0
    assert clash(OwnPoints(x, label)).startswith("At 2 spots a point of each colour")
    assert clash(EXAMPLE) == ""
