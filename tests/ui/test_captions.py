import numpy as np
import pytest

from figures.activations import activation_curves
from figures.numbers import number
from figures.stage import Outcome
from nn_core import activation
from ui.captions import activation_caption, boundary_caption, home_caption, listed

FOUR = Outcome(
    step=1000,
    epochs=1000.0,
    loss=0.3,
    half_way=0.6,
    first=0.7,
    accuracy=1.0,
    test_loss=None,
    test_accuracy=None,
    answers=np.array([0.1, 0.9, 0.9, 0.1]),
    targets=np.array([0.0, 1, 1, 0]),
    classes=True,
    dead=0,
    diverged_at=None,
)
MANY = FOUR._replace(
    epochs=50.0,
    accuracy=0.75,
    test_loss=0.4,
    test_accuracy=0.5,
    answers=np.zeros(20),
    targets=np.zeros(20),
)
STUCK = np.array([0.0, 0.49, 1.0, 0.51])


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


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([0.1, 0.9, 0.9, 0.1], "all of the four answers are right"),
        ([0.1, 0.9, 0.2, 0.1], "three of the four answers are right"),
        ([0.1, 0.2, 0.2, 0.9], "one of the four answers is right"),
        ([0.9, 0.2, 0.2, 0.9], "none of the four answers are right"),
    ],
)
def test_four_answers_are_counted(answers, said):
    assert f"At the end, after **1,000** steps, {said}." in boundary_caption(
        FOUR._replace(answers=np.array(answers))
    )


def test_undecided_and_plateau_are_told_apart():
    flat = boundary_caption(FOUR._replace(answers=STUCK, half_way=0.3475, loss=0.347))
    assert "two of the four answers are stuck near ½: **0.4900** and **0.5100**" in flat
    assert "plateau" in flat
    falling = boundary_caption(FOUR._replace(answers=STUCK))
    assert "still undecided" in falling
    assert "plateau" not in falling
    one = boundary_caption(FOUR._replace(answers=np.array([0.0, 0.49, 1, 0])))
    assert "one of the four answers is still undecided" in one


def test_many_points_are_a_share_with_the_unseen_beside_it():
    caption = boundary_caption(MANY)
    assert (
        "At the end, after **1,000** steps (50 epochs), it gets **75.0%** of its points right"
        in caption
    )
    assert "**50.0%** of unseen ones" in caption
    assert "**0.3**, on unseen points **0.4**" in caption
    alone = boundary_caption(MANY._replace(test_loss=None, test_accuracy=None))
    assert "unseen" not in alone
    assert "it gets **75.0%** of its points right." in alone


def test_a_loss_that_stopped_and_one_that_never_moved_are_told_apart():
    assert "The loss has stopped falling." in boundary_caption(MANY._replace(half_way=0.301))
    never = boundary_caption(MANY._replace(first=0.302, half_way=0.301))
    assert "In all that time the loss has hardly moved." in never
    assert "stopped" not in never
    assert "The loss has" not in boundary_caption(MANY)


def test_a_network_that_gets_all_right_is_never_called_stuck():
    for end in (MANY, FOUR):
        caption = boundary_caption(end._replace(accuracy=1.0, half_way=0.3))
        assert "stopped" not in caption
        assert "plateau" not in caption


def test_a_number_is_off_by_the_root_of_its_loss():
    caption = boundary_caption(MANY._replace(classes=False, loss=0.04))
    assert (
        "off by about **0.2** (at unseen points 0.632). Loss (how wrong it is): **0.04**."
        in caption
    )
    assert "right" not in caption


def test_dead_units_are_counted():
    assert "One hidden unit is *dead*" in boundary_caption(MANY._replace(dead=1))
    assert "3 hidden units are *dead*" in boundary_caption(MANY._replace(dead=3))
    assert "dead" not in boundary_caption(MANY)


def test_a_point_comes_first_and_only_its_numbers_follow():
    end = MANY._replace(dead=2, half_way=0.3)
    caption = boundary_caption(end, "A point.")
    assert caption == (
        "A point. At the end, after **1,000** steps, it gets **75.0%** of its points "
        "right, **50.0%** of unseen ones. Loss: **0.3**."
    )


def test_a_point_comes_first_also_where_a_number_is_asked_for():
    end = MANY._replace(classes=False)
    assert boundary_caption(end, "A point.").startswith("A point. At the end, after **1,000**")
    assert boundary_caption(end).startswith("At the end")


def test_divergence_names_its_step_after_the_point_if_there_is_one():
    lost = MANY._replace(diverged_at=1234)
    assert boundary_caption(lost).startswith("At step **1,234** the numbers left")
    assert boundary_caption(lost, "A point.").startswith("A point. At step **1,234**")


def test_homes_caption_goes_from_the_first_loss_to_the_last():
    assert "**0.7**), correct themselves 1,000 times, and end at **0.3**" in home_caption(FOUR)


def test_a_slope_of_exactly_zero_is_not_called_nearly_flat():
    assert "exactly 0" in activation_caption(activation_curves(activation("relu"), -1.0))
    assert "saturated" in activation_caption(activation_curves(activation("tanh"), 4.0))
