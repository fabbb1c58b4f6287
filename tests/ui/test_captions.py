import numpy as np
import pytest
from figures.boundaries import BoundaryHistory, BoundaryView

from figures.activations import activation_curves
from ui.captions import activation_caption, boundary_caption, listed, number

TARGETS = np.array([0, 1, 1, 0])


def said(outputs, losses=(0.7, 0.6, 0.3), steps=(0, 500, 1000)):
    view = BoundaryView(1000, None, None, None, TARGETS, np.array(outputs))
    history = BoundaryHistory(np.array(steps), np.array(losses))
    return boundary_caption(view, history)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.7310586, "0.731"),
        (-2.0, "−2"),
        (0.0, "0"),
        (4.539787e-05, "4.54 × 10⁻⁵"),
        (-1.5e-7, "−1.5 × 10⁻⁷"),
        (1234567.0, "1.23 × 10⁶"),
    ],
)
def test_numbers_have_three_significant_digits(value, text):
    assert number(value) == text


def test_lists_read_as_a_person_would_say_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_solved_undecided_plateau_and_wrong_are_told_apart():
    assert "all of the four answers are right" in said([0.1, 0.9, 0.9, 0.1])
    assert "three of the four answers are right" in said([0.1, 0.9, 0.2, 0.1])
    flat = said([0.0, 0.49, 1.0, 0.51], losses=(0.7, 0.3475, 0.347))
    assert "two of the four answers are stuck near ½: **0.4900** and **0.5100**" in flat
    assert "plateau" in flat
    falling = said([0.0, 0.49, 1.0, 0.51])
    assert "still undecided" in falling
    assert "plateau" not in falling


def test_a_solved_network_is_never_called_stuck():
    assert "no further" not in said([0.1, 0.9, 0.9, 0.1], losses=(0.7, 0.1, 0.1))


def test_divergence_names_its_step():
    view = BoundaryView(1000, None, None, None, TARGETS, np.array([0.5] * 4))
    history = BoundaryHistory(np.array([0, 1000]), np.array([0.7, 0.6]))
    assert "At step **1,234**" in boundary_caption(view, history, 1234)


def test_a_slope_of_exactly_zero_is_not_called_nearly_flat():
    assert "exactly 0" in activation_caption(activation_curves("relu", -1.0))
    assert "saturated" in activation_caption(activation_curves("tanh", 4.0))
