import pytest

from figures.activations import activation_curves
from figures.words import number
from ui.captions import activation_caption, listed


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


def test_a_slope_of_exactly_zero_is_not_called_nearly_flat():
    assert "exactly 0" in activation_caption(activation_curves("relu", -1.0))
    assert "saturated" in activation_caption(activation_curves("tanh", 4.0))
