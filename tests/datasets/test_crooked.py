"""Crooked copies: how far they go, that chance repeats, and that training resumes with them."""

import numpy as np
import pytest
from scipy import ndimage

from datasets.crooked import MOST, Most, bent, crooked, marked
from datasets.digits import Digits, Kind, bundled_digits
from kernels import train
from nn_core import SGD, BinaryCrossEntropy, Trainer, mlp
from recipes.mnist import MnistSettings, mnist_trainer

NOTHING = Most(0, 0, 0, 0)


class Chance:
    """Chance that always draws the same number."""

    def __init__(self, value):
        self.value = value

    def uniform(self, low=0.0, high=1.0, size=None):
        return np.full(size, self.value)


@pytest.fixture
def blobs():
    """Five smooth images (5, 28, 28) with paper around the ink."""
    rough = np.random.default_rng(0).random((5, 28, 28))
    rough[:, :7], rough[:, -7:], rough[:, :, :7], rough[:, :, -7:] = 0, 0, 0, 0
    smooth = ndimage.gaussian_filter(rough, (0, 1.5, 1.5))
    return (smooth / smooth.max()).astype(np.float32)


def test_without_any_crookedness_a_copy_is_the_digit(blobs):
    np.testing.assert_allclose(bent(blobs, NOTHING, np.random.default_rng(0)), blobs, atol=1e-6)


@pytest.mark.parametrize("value", [-1.0, -0.4, 0.7])
@pytest.mark.parametrize("what", ["turn", "slant", "wide"])
def test_a_copy_is_what_scipy_makes_of_the_digit(blobs, what, value):
    """The same places looked up by scipy.ndimage, bilinear, paper beyond."""
    most = NOTHING._replace(**{what: getattr(MOST[28], what)})
    a, s, w = (getattr(most, name) * value for name in ("turn", "slant", "wide"))
    turned = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])  # x, y
    matrix = (turned @ [[1, s], [0, 1]] / np.exp(w))[::-1, ::-1]  # row, column
    middle = np.array([13.5, 13.5])
    copies = bent(blobs, most, Chance(value))
    for image, copy in zip(blobs, copies, strict=True):
        there = ndimage.affine_transform(image, matrix, middle - matrix @ middle, order=1)
        np.testing.assert_allclose(copy, there, atol=1e-5)


def test_thicker_and_thinner_are_towards_the_darkest_and_the_lightest_neighbour(blobs):
    cross = ndimage.generate_binary_structure(2, 1)
    thicker, thinner = (bent(blobs, Most(0, 0, 0, 0.5), Chance(v)) for v in (1.0, -1.0))
    for image, more, less in zip(blobs, thicker, thinner, strict=True):
        dark = ndimage.maximum_filter(image, footprint=cross, mode="constant")
        light = ndimage.minimum_filter(image, footprint=cross, mode="constant")
        np.testing.assert_allclose(more, (image + dark) / 2, atol=1e-6)
        np.testing.assert_allclose(less, (image + light) / 2, atol=1e-6)


def test_the_same_chance_makes_the_same_copies_and_another_others(blobs):
    x, t = blobs.reshape(5, 784), np.array([1, 0, 7, 3, 1])
    first, same, other = (crooked(x, t, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tobytes() == same.tobytes()
    assert (first != other).any(axis=1).all()
    assert (first.shape, first.dtype) == (x.shape, np.float32)
    assert 0 <= first.min() <= first.max() <= 1


def test_only_ones_zeros_and_sevens_get_a_mark_and_only_some():
    upright = np.zeros((28, 28), np.float32)
    upright[4:24, 13:16] = 1
    images = np.repeat(upright[np.newaxis], 1000, axis=0)
    t = np.arange(1000) % 10
    out = marked(images, t, np.random.default_rng(0))
    changed = (out != images).any(axis=(1, 2))
    assert not changed[~np.isin(t, (0, 1, 7))].any()
    for digit in (0, 1, 7):
        assert 0.15 < changed[t == digit].mean() < 0.45
    assert (images == upright).all()  # what was given stays as it is
    assert (marked(np.zeros((9, 28, 28), np.float32), np.ones(9, int), Chance(0.0)) == 0).all()


def test_a_flag_comes_down_on_the_left_of_a_ones_top():
    upright = np.zeros((28, 28), np.float32)
    upright[4:24, 13:16] = 1
    out = marked(upright[np.newaxis], np.array([1]), Chance(0.25))[0]
    new = np.argwhere((out > 0.5) & (upright == 0))
    assert len(new) > 5
    assert abs(out.sum(axis=0) @ (np.arange(28) + 0.5) / out.sum() - 14.5) <= 1


def some_digits(kind):
    if kind is Kind.BUNDLED:
        return bundled_digits()
    rng = np.random.default_rng(0)
    x, t = rng.random((60, 784), np.float32), rng.integers(0, 10, 60)
    return Digits(kind, x, t, x[:10], t[:10])


@pytest.mark.parametrize("kind", list(Kind))
def test_training_on_copies_repeats_and_resumes_bit_for_bit(kind):
    digits, settings = (
        some_digits(kind),
        MnistSettings(crooked=True, images=100, batch=20, hidden=5),
    )
    whole, first, second = (mnist_trainer(settings, digits) for _ in range(3))
    whole.run(epochs=4)
    first.run(steps=7)  # in the middle of an epoch
    second.load_state(first.state())
    second.run(steps=whole.step_count - 7)
    assert second.net.theta.tobytes() == whole.net.theta.tobytes()
    assert second.history == whole.history
    plain = mnist_trainer(MnistSettings(images=100, batch=20, hidden=5), digits)
    plain.run(epochs=4)
    assert plain.net.theta.tobytes() != whole.net.theta.tobytes()
    # The history is of the digits as they are.
    z = whole.net.predict(digits.x_train[:100])
    assert whole.history["accuracy"][-1] == (z.argmax(axis=1) == digits.t_train[:100]).mean()


def test_the_compiled_loop_leaves_training_on_copies_to_nn_core():
    x, t = np.eye(2), np.array([[0.0], [1.0]])
    net, varied = mlp([2, 1], dtype=np.float64), []

    def vary(x, t, rng):
        varied.append(len(x))
        return x

    train(Trainer(net, BinaryCrossEntropy(), SGD(0.1), x, t, 1, record_at=(), vary=vary), 6)
    assert varied == [1] * 6
