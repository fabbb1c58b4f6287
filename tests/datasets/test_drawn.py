"""A drawing becomes an image as MNIST's makers made theirs."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from datasets.drawn import as_digit
from nn_core import SoftmaxCrossEntropy
from recipes.mnist import mnist_net
from runs.recording import recording

SHEET = 140


def sheet(*boxes, size=SHEET):
    """Paper with full ink in each box (top, bottom, left, right)."""
    paper = np.zeros((size, size), np.uint8)
    for top, bottom, left, right in boxes:
        paper[top:bottom, left:right] = 255
    return paper


def centre(image):
    """The centre of mass (row, column), in pixels from the top left corner."""
    places = np.arange(len(image)) + 0.5
    return image.sum(axis=1) @ places / image.sum(), image.sum(axis=0) @ places / image.sum()


def box(image):
    """Height and width of what is not paper."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return np.ptp(rows) + 1, np.ptp(columns) + 1


@pytest.mark.parametrize("side", [8, 28])
def test_without_ink_there_is_no_digit(side):
    assert as_digit(sheet(), side) is None
    assert as_digit(np.full((SHEET, SHEET), 20, np.uint8), side) is None  # a smudge


@pytest.mark.parametrize(("side", "longest"), [(28, 20), (8, 8)])
@pytest.mark.parametrize(
    "ink",
    [
        (60, 61, 60, 61),
        (0, 1, 0, 1),
        (139, 140, 139, 140),
        (0, 140, 0, 140),
        (10, 130, 66, 74),
        (66, 74, 10, 130),
        (70, 71, 0, 140),
        (0, 140, 139, 140),
        (20, 60, 90, 140),
    ],
)
def test_the_longest_side_fills_the_box_and_the_proportions_stay(side, longest, ink):
    flat = as_digit(sheet(ink), side)
    assert (flat.shape, flat.dtype) == ((side * side,), np.float32)
    assert (flat.min(), flat.max()) == (pytest.approx(0, abs=1e-6), 1) or side == 8
    assert 0 <= flat.min() <= flat.max() <= 1
    image = flat.reshape(side, side)
    height, width = ink[1] - ink[0], ink[3] - ink[2]
    scale = longest / max(height, width)
    assert box(image) == (max(1, round(height * scale)), max(1, round(width * scale)))
    for middle in centre(image):
        assert abs(middle - side / 2) <= 1


@settings(max_examples=60)
@given(
    st.lists(st.tuples(*[st.integers(30, 100)] * 2, *[st.integers(4, 12)] * 2), min_size=1),
    st.integers(-28, 28),
    st.integers(-28, 28),
)
def test_where_on_the_paper_it_is_drawn_makes_no_difference(blobs, down, right):
    here = sheet(*((y - h, y + h, x - w, x + w) for y, x, h, w in blobs))
    rows, columns = (np.flatnonzero(here.any(axis=a)) for a in (1, 0))
    down = np.clip(down, -rows[0], SHEET - 1 - rows[-1])
    right = np.clip(right, -columns[0], SHEET - 1 - columns[-1])
    there = np.roll(here, (down, right), axis=(0, 1))
    np.testing.assert_array_equal(as_digit(here, 28), as_digit(there, 28))
    image = as_digit(here, 28).reshape(28, 28)
    assert max(box(image)) == 20
    for middle, length in zip(centre(image), box(image), strict=True):
        far = abs(middle - 14.5)  # the middle of pixel 14, where MNIST has it
        # Within a pixel of the middle, unless that would push the ink over the edge.
        assert far <= 1 or length > 20 - 2 * (far - 1)


def test_a_lopsided_drawing_lies_by_its_weight_not_by_its_box():
    image = as_digit(sheet((20, 120, 20, 60), (60, 70, 60, 120)), 28).reshape(28, 28)
    for middle in centre(image):
        assert abs(middle - 14) <= 1
    columns = np.flatnonzero(image.any(axis=0))
    assert (columns[0] + columns[-1] + 1) / 2 > 15  # the box is off to the right


def test_a_bundled_digit_drawn_large_comes_back_at_8_by_8():
    square = np.zeros((8, 8), np.uint8)
    square[:, 2:6] = 255
    square[2:6, 3:5] = 0
    large = np.kron(square, np.ones((15, 15), np.uint8))
    back = as_digit(np.pad(large, 10), 8).reshape(8, 8)
    np.testing.assert_allclose(back, square / 255, atol=0.3)  # a little blurred


def test_an_mnist_digit_drawn_five_times_as_large_stays_nearly_itself_and_is_read(mnist):
    saved = recording()
    net = mnist_net(saved.settings, 784)
    net.theta = saved.theta
    rng = np.random.default_rng(0)
    seen = []
    for pixels in mnist.x_test[:200]:
        image = Image.fromarray(np.rint(pixels * 255).astype(np.uint8).reshape(28, 28))
        large = np.asarray(image.resize((SHEET, SHEET), Image.Resampling.NEAREST))
        rows, columns = (np.flatnonzero(large.any(axis=axis)) for axis in (1, 0))
        down = rng.integers(-rows[0], SHEET - rows[-1])
        right = rng.integers(-columns[0], SHEET - columns[-1])
        seen.append(as_digit(np.roll(large, (down, right), axis=(0, 1)), 28))
    off = abs(np.array(seen) - mnist.x_test[:200])
    assert np.median(off.mean(axis=1)) < 0.07
    read = SoftmaxCrossEntropy().classes(net.predict(np.array(seen)))
    assert (read == mnist.t_test[:200]).mean() >= 0.94
