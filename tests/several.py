"""Points of several classes, and the settings that train on them."""

import numpy as np

from datasets.own_points import OWN, OwnPoints, written
from recipes.boundaries import BoundariesSettings


def around(classes, each=8, names=()):
    """So many clouds of points on a circle, one a class."""
    rng, label = np.random.default_rng(classes), np.repeat(np.arange(classes), each)
    angle = 2 * np.pi * label / classes
    x = 3.5 * np.column_stack([np.cos(angle), np.sin(angle)]) + rng.normal(0, 0.4, (len(label), 2))
    return OwnPoints(x.astype(np.float32), label.astype(np.uint8), tuple(names))


def settings_of(points, kind=BoundariesSettings, **changed):
    """The settings of a training on these points."""
    return kind(dataset=OWN, own_points=written(points), **changed)
