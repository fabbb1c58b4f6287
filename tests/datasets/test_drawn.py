"""Strokes become an image as MNIST's makers, and those of the bundled digits, made theirs."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image, ImageDraw

from datasets.digits import bundled_digits
from datasets.drawn import as_digit, centre_of, in_two_places, scribbled, without_specks

ONE = [[(560, 150), (460, 870)]]
SEVEN = [[(250, 200), (770, 200), (460, 870)]]
FIVE = [
    [(330, 200), (330, 500), (600, 480), (680, 650), (560, 850), (320, 800)],
    [(330, 200), (700, 210)],
]
EIGHT = [
    [(500, 500), (350, 320), (500, 170), (650, 320)],
    [(650, 320), (350, 700), (500, 850), (650, 700), (500, 500)],
]
DIGITS = [ONE, SEVEN, FIVE, EIGHT]

points = st.tuples(st.integers(200, 800), st.integers(200, 800))
# Every stroke is large enough to be meant, at any scale that is tried: 70 · 0.3 is more than a dot,
# and a tenth of the largest is 60.
drawings = st.lists(
    st.lists(points, min_size=2, max_size=12).filter(lambda s: np.ptp(s, axis=0).max() > 70),
    min_size=1,
    max_size=4,
)


def strokes(lists, scale=1.0, right=0.0, down=0.0):
    return [np.array(points) * scale + (right, down) for points in lists]


def box(image):
    """Height and width of what is not paper."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return np.ptp(rows) + 1, np.ptp(columns) + 1


@pytest.mark.parametrize("side", [8, 28])
@pytest.mark.parametrize("nothing", [[], [[(500, 500)]], [[(500, 500), (505, 503)], [(20, 30)]]])
def test_without_a_stroke_there_is_no_digit(side, nothing):
    assert as_digit(strokes(nothing), side) is None


@pytest.mark.parametrize("side", [14, 16, 32, 56])
def test_images_of_another_side_have_the_same_in_proportion(side):
    for digit in DIGITS:
        usual, other = (as_digit(strokes(digit), s).reshape(s, s) for s in (28, side))
        np.testing.assert_allclose(
            centre_of(other) / side, centre_of(usual) / 28, atol=0.3 / min(side, 28)
        )
        assert other.mean() == pytest.approx(usual.mean(), rel=0.1)


def test_mnists_rule_restated_with_a_real_pen():
    """Drawn large by Pillow, with a pen of 2.4 of 28 pixels, and made small again."""
    for digit in DIGITS:
        flat = as_digit(strokes(digit), 28)
        assert (flat.shape, flat.dtype) == ((784,), np.float32)
        points = np.concatenate(strokes(digit))
        scale = 17.6 / np.ptp(points, axis=0).max()
        large, many = Image.new("L", (28 * 16, 28 * 16)), 16
        pen, radius = ImageDraw.Draw(large), 1.2 * many
        ways = [np.array(s, float) for s in digit]
        lengths = np.concatenate([np.hypot(*np.diff(w, axis=0).T) for w in ways])
        middles = np.concatenate([(w[1:] + w[:-1]) / 2 for w in ways])
        mass = lengths @ middles / lengths.sum()
        for way in ways:
            spots = ((way - mass) * scale + 14.5) * many
            for a, b in pairwise(spots):
                pen.line([*a, *b], 255, width=round(2 * radius))
            for x, y in spots:
                pen.ellipse([x - radius, y - radius, x + radius, y + radius], 255)
        small = np.asarray(large.resize((28, 28), Image.Resampling.BOX)) / 255
        np.testing.assert_allclose(flat.reshape(28, 28), small, atol=0.3)
        assert abs(flat.reshape(28, 28) - small).mean() < 0.02


@settings(max_examples=60)
@given(drawings)
def test_a_digit_fills_mnists_box(lists):
    image = as_digit(strokes(lists), 28).reshape(28, 28)
    assert 20 <= max(box(image)) <= 22  # pixels that the box only touches are grey
    assert 0 <= image.min() <= image.max() <= 1


@settings(max_examples=40)
@given(drawings, st.floats(0.3, 1.2), st.floats(-60, 60), st.floats(-60, 60))
def test_neither_size_nor_place_makes_a_difference(lists, scale, right, down):
    here, there = strokes(lists), strokes(lists, scale, right, down)
    np.testing.assert_allclose(as_digit(here, 28), as_digit(there, 28), atol=1e-5)
    # A pixel on the edge of the ink may fall on either side of it.
    off = abs(as_digit(here, 8) - as_digit(there, 8))
    assert off.max() <= 2 / 16


@pytest.mark.parametrize("side", [8, 28])
@pytest.mark.parametrize("scale", [0.25, 1.0])
def test_a_speck_is_left_out_wherever_it_lies_and_a_part_of_the_digit_is_not(side, scale):
    for digit in DIGITS:
        here = strokes(digit, scale)
        for x, y in ((10, 10), (1000, 990), (500, 30)):
            speck = np.array([(x, y), (x + 6, y + 4)])
            np.testing.assert_array_equal(as_digit([*here, speck], side), as_digit(here, side))
            assert len(without_specks([speck, *here])) == len(here)
    assert len(without_specks(strokes(FIVE, scale))) == 2


def test_the_bundled_rule_fills_the_height_and_has_as_much_ink_as_the_bundled_digits():
    x = bundled_digits().x_train
    ink = x.sum(axis=1).mean()
    rows = x.reshape(-1, 8, 8).any(axis=2).mean(axis=0)
    assert rows.min() == 1  # they fill theirs
    for digit in DIGITS:
        image = as_digit(strokes(digit), 8).reshape(8, 8)
        assert image.any(axis=1).all()
        assert image.sum() == pytest.approx(ink, rel=0.03)
        assert set(np.unique(image * 16)) <= set(range(17))


def test_the_bundled_rule_sets_a_leaning_digit_upright():
    leaning = [[(600, 150), (300, 870)]]
    image = as_digit(strokes(leaning), 8).reshape(8, 8)
    places = np.arange(8) + 0.5
    columns = image @ places / image.sum(axis=1)
    assert np.ptp(columns) < 1


# Why it may be no digit


def test_two_digits_beside_or_below_each_other_are_ink_in_two_places():
    for one in DIGITS:
        for other in DIGITS:
            size = np.ptp(np.concatenate(strokes(one)), axis=0)
            low = np.concatenate(strokes(one)).min(axis=0)
            away = low + size - np.concatenate(strokes(other)).min(axis=0)
            beside = strokes(other, 1, away[0] + 100, 0)
            assert in_two_places([*strokes(one), *beside])
            assert in_two_places([*beside, *strokes(one)])
    zeros = strokes([[(400, 100), (600, 300), (400, 450), (250, 300), (400, 100)]])
    assert in_two_places([*zeros, *(stroke + np.array((0, 500)) for stroke in zeros)])


def test_one_digit_of_several_strokes_is_in_one_place():
    four = [[(400, 150), (250, 550), (700, 560)], [(600, 300), (580, 900)]]
    ten_to_two = [[(300, 200), (310, 500)], [(320, 200), (700, 190)], [(305, 500), (600, 850)]]
    for digit in (*DIGITS, four, ten_to_two):
        assert not in_two_places(strokes(digit))
        assert not in_two_places([*strokes(digit), np.array([(990, 20), (995, 22)])])
    assert not in_two_places([])


def test_a_scribble_has_more_ink_than_a_digit():
    to_and_fro = [[(200 + 600 * (i % 2), 200 + 60 * i) for i in range(11)]]
    assert scribbled(strokes(to_and_fro))
    assert scribbled(strokes(to_and_fro, 0.2))
    for digit in DIGITS:
        assert not scribbled(strokes(digit))
    assert not scribbled([])
