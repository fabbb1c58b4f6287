"""Training goes on with other settings as long as the network is of the same shape and start."""

from dataclasses import replace

import pytest

from recipes.boundaries import BoundariesSettings
from recipes.keeping import starts_over

USUAL = BoundariesSettings()


@pytest.mark.parametrize(
    "changed",
    [
        {"lr": 0.3},
        {"optimizer": "adam"},
        {"activation": "relu"},
        {"batch": 1},
        {"l2": 0.01},
        {"dropout": 0.1},
        {"dataset": "circles"},
        {"noise": 0.1, "points": 100},
        {"loss": "squared_error"},
        {"epochs": 100},
        {"widths": "4 relu, 4"},
    ],
)
def test_it_goes_on(changed):
    assert starts_over(USUAL, replace(USUAL, **changed)) == ""


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"hidden": 5}, "another shape"),
        ({"layers": 3}, "another shape"),
        ({"widths": "4, 3"}, "another shape"),
        ({"inputs": ("x₁", "x₁x₂")}, "another shape"),
        ({"inputs": ("x₂", "x₁")}, "another shape"),
        ({"seed": 1}, "Other starting weights"),
        ({"init": "zeros"}, "Other starting weights"),
    ],
)
def test_it_starts_over_and_says_why(changed, why):
    assert why in starts_over(USUAL, replace(USUAL, **changed))
