import numpy as np
import pytest

from figures.free import Box, free_box

ACROSS = np.array([0.0, 1.0])


def runs_through(box, x, y):
    """Whether a curve does: looked at in a thousand places of it."""
    at = np.linspace(x[0], x[-1], 1000)
    height = np.interp(at, x, y)
    within = (at > box.left) & (at < box.left + box.width)
    return bool((within & (height > box.bottom) & (height < box.bottom + box.height)).any())


def test_words_stay_where_they_are_wanted_if_no_curve_is_there():
    box = free_box(0.5, 0.2, [(ACROSS, np.array([0.9, 0.9]))], [], (0.5, 0.1))
    assert (box.left, box.width, box.height) == (0.5, 0.5, 0.2)
    assert box.bottom == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("seed", range(30))
def test_words_lie_on_no_curve_and_on_no_words_where_there_is_room(seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 1, 200)
    fall = rng.uniform(0.5, 0.9) * np.exp(-x * rng.uniform(3, 30))
    rise = 0.95 - 0.2 * np.exp(-x * rng.uniform(3, 30))
    boxes = []
    for wanted in (0.75, 0.55):
        boxes.append(free_box(0.7, 0.18, [(x, fall), (x, rise)], boxes, (0.3, wanted)))
    assert not boxes[0].meets(boxes[1])
    for box in boxes:
        assert box.bottom >= 0
        assert box.bottom + box.height <= 1 + 1e-9
        assert not runs_through(box, x, fall)
        assert not runs_through(box, x, rise)


def test_a_curve_that_is_steep_between_two_points_is_not_looked_past():
    x, y = np.array([0.0, 0.5, 0.501, 1.0]), np.array([0.1, 0.1, 0.9, 0.9])
    box = free_box(0.8, 0.3, [(x, y)], [], (0.2, 0.4))
    sides = [free_box(0.4, 0.3, [(x, y)], [], (0.6, 0.4)), box]
    assert not runs_through(sides[0], x, y)
    assert box.bottom >= 0


def test_words_that_may_begin_elsewhere_do_so_before_a_curve_strikes_them():
    x, y = np.linspace(0, 1, 50), np.linspace(0, 1, 50)
    box = free_box(0.4, 0.2, [(x, y)], [], (0.3, 0.35), lefts=[0.05, 0.3, 0.6])
    assert not runs_through(box, x, y)


def test_where_no_place_is_free_words_still_lie_on_no_others_and_in_the_panel():
    x = np.linspace(0, 1, 400)
    y = 0.5 + 0.5 * np.sin(200 * x)
    first = free_box(0.9, 0.3, [(x, y)], [], (0.1, 0.4))
    second = free_box(0.9, 0.3, [(x, y)], [first], (0.1, 0.4))
    assert not first.meets(second)


def test_words_wider_than_a_panel_and_a_curve_without_a_point_are_no_trouble():
    box = free_box(1.7, 0.2, [(np.empty(0), np.empty(0))], [], (0, 0.5))
    assert (box.left, box.width) == (0, 1)


def test_boxes_that_touch_do_not_meet():
    assert not Box(0, 0, 1, 0.2).meets(Box(0, 0.2, 1, 0.2))
    assert Box(0, 0, 1, 0.2).meets(Box(0.5, 0.1, 1, 0.2))
