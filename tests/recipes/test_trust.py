"""What a network that has seen crooked digits may be believed."""

import numpy as np
import pytest

from datasets.crooked import crooked
from datasets.drawn import as_digit
from nn_core import SoftmaxCrossEntropy
from recipes.trust import RIGHT, STRANGE, Trust, looks, threshold
from runs.recording import Recording, recorded_run, recorded_trust
from tests.sweeps import sweep


def test_the_threshold_is_the_lowest_above_which_so_many_are_right():
    likely = np.array([0.99, 0.5, 0.9, 0.8, 0.7, 0.6])
    right = np.array([True, False, True, False, True, True])
    # From the top: 1, 1, 2/3, 3/4, 4/5, 4/6 are right.
    assert threshold(likely, right, 1.0) == 0.9
    assert threshold(likely, right, 0.8) == 0.6
    assert threshold(likely, right, 0.6) == 0.5
    assert threshold(likely, ~right & (likely < 0.9), 1.0) == 1.0


def test_strangeness_is_what_a_class_cannot_explain():
    """Beside the same by projection onto an orthonormal basis, found by numpy's SVD."""
    rng = np.random.default_rng(0)
    x, t = rng.random((600, 36)), np.arange(600) % 10
    means, ways = looks(x, t)
    found = Trust(means, ways, 1, 1).strangeness(x[:50], t[:50])
    for image, digit, share in zip(x[:50], t[:50], found, strict=True):
        of_it = x[t == digit] - x[t == digit].mean(axis=0)
        basis = np.linalg.svd(of_it, full_matrices=False)[2][:20]
        off = image - x[t == digit].mean(axis=0)
        rest = off - basis.T @ (basis @ off)
        assert share == pytest.approx(rest @ rest / (image @ image), rel=1e-3)


@pytest.fixture
def net():
    run = recorded_run(Recording.CROOKED)
    return run.net(run.look())


@sweep("images", [2_000, 10_000], usual=[2_000])
def test_what_is_sure_of_other_copies_of_unseen_digits_is_right(mnist, net, images):
    """Copies drawn by another chance than those by which the threshold was found."""
    every = slice(None, None, 10_000 // images)
    t = mnist.t_test[every]
    x = crooked(mnist.x_test[every], t, np.random.default_rng(123))
    probabilities = SoftmaxCrossEntropy().output(net.predict(x))
    trust, read = recorded_trust(), probabilities.argmax(axis=1)
    sure = trust.sure(x, probabilities)
    assert (read == t)[sure].mean() >= RIGHT - 0.1 / np.sqrt(images)
    assert sure.mean() > 0.6
    usual = trust.strangeness(x, read) <= trust.too_strange
    assert usual.mean() == pytest.approx(STRANGE, abs=1 / np.sqrt(images))


A = [[(200, 900), (500, 100), (800, 900)], [(320, 620), (680, 620)]]
M = [[(150, 900), (150, 150), (500, 600), (850, 150), (850, 900)]]
X = [[(200, 150), (800, 850)], [(800, 150), (200, 850)]]
K = [[(250, 150), (250, 850)], [(750, 150), (250, 500), (750, 850)]]
E = [[(750, 150), (250, 150), (250, 850), (750, 850)], [(250, 500), (650, 500)]]
H = [[(250, 150), (250, 850)], [(750, 150), (750, 850)], [(250, 500), (750, 500)]]


@pytest.mark.parametrize("letter", [A, M, X, K, E, H], ids="AMXKEH")
def test_of_a_letter_it_is_not_sure(net, letter):
    image = as_digit([np.array(stroke) for stroke in letter], 28)[np.newaxis]
    probabilities = SoftmaxCrossEntropy().output(net.predict(image))
    assert not recorded_trust().sure(image, probabilities)[0]
