"""Penalties on large weights against their formulas and against finite differences."""

import math
from itertools import pairwise

import numpy as np
import pytest

from nn_core import SGD, BinaryCrossEntropy, MeanSquaredError, Penalty, Trainer, mlp
from tests.nn_core.common import make_trainer, problem, slopes

BOTH = [(0.03, 0.0), (0.0, 0.02), (0.03, 0.02)]
LR = 0.1


def penalty(theta, l1, l2, sizes=(3, 4, 4, 1)):
    """R, a weight at a time, from the flat vector: weights of a layer, then its biases."""
    total, start = 0.0, 0
    for n_in, n_out in pairwise(sizes):
        for w in theta[start : start + n_in * n_out]:
            total += l1 * abs(w) + l2 * w * w
        start += n_in * n_out + n_out
    return total


def one_step(net, x, t, l1, l2):
    """The gradient that a full-batch step went down."""
    start = net.theta.copy()
    Trainer(net, BinaryCrossEntropy(), SGD(LR), x, t, len(x), l1=l1, l2=l2).step()
    return start, (start - net.theta) / LR


@pytest.mark.parametrize(("l1", "l2"), [(0, 0), *BOTH])
def test_value_is_its_formula(l1, l2):
    net, _, _ = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    assert Penalty(l1, l2).value(net) == pytest.approx(penalty(net.theta, l1, l2), rel=1e-14)


@pytest.mark.parametrize(("l1", "l2"), BOTH)
def test_a_step_goes_down_the_slope_of_the_loss_and_the_penalty_together(l1, l2):
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    start, gone = one_step(net, x, t, l1, l2)

    def both(theta):
        net.theta = theta
        return BinaryCrossEntropy().value(net.predict(x), t) + penalty(theta, l1, l2)

    np.testing.assert_allclose(gone, slopes(both, start), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("l1", "l2"), BOTH)
def test_biases_go_free(l1, l2):
    net, x, t = problem("tanh", BinaryCrossEntropy, depth=2, batch=7)
    twin = net.copy()
    one_step(net, x, t, l1, l2), one_step(twin, x, t, 0, 0)
    for mine, free in zip(net.dense, twin.dense, strict=True):
        np.testing.assert_array_equal(mine.b, free.b)
        assert (mine.W != free.W).all()


def test_l2_alone_shrinks_all_weights_by_the_same_share_each_step():
    net, x = mlp([2, 1]), np.array([[1.0, 1.0]])
    net.theta = [3.0, -3.0, 7.0]  # the answer is 7, as asked, now and while W shrinks
    Trainer(net, MeanSquaredError(), SGD(LR), x, np.array([[7.0]]), 1, l2=0.5).run(steps=5)
    shrunk = 3 * (1 - 2 * LR * 0.5) ** 5
    np.testing.assert_allclose(net.theta, [shrunk, -shrunk, 7], rtol=1e-14)


def test_l1_alone_takes_the_same_from_every_weight_each_step_and_leaves_0_alone():
    net, x = mlp([3, 1]), np.array([[1.0, 1.0, 1.0]])
    net.theta = [3.0, -3.0, 0.0, 7.0]
    Trainer(net, MeanSquaredError(), SGD(LR), x, np.array([[7.0]]), 1, l1=0.5).run(steps=5)
    np.testing.assert_allclose(net.theta, [2.75, -2.75, 0, 7], rtol=1e-14)


def test_the_recorded_loss_is_without_the_penalty_and_the_gradient_with_it():
    plain, penalised = (make_trainer(l2=l2, batch_size=10, record_at={0, 1}) for l2 in (0, 5.0))
    plain.step(), penalised.step()
    assert penalised.history["loss"][0] == plain.history["loss"][0]
    assert penalised.history["grad_norm"][1] > plain.history["grad_norm"][1]


def test_a_penalty_makes_the_learned_weights_smaller():
    plain, small = make_trainer(), make_trainer(l2=0.05)
    plain.run(epochs=50), small.run(epochs=50)
    for mine, theirs in zip(small.net.dense, plain.net.dense, strict=True):
        assert np.linalg.norm(mine.W) < np.linalg.norm(theirs.W)


def test_float32_stays_float32():
    trainer = make_trainer(dtype=np.float32, l1=0.1, l2=0.1)
    trainer.step()
    assert trainer.net.theta.dtype == trainer.net.grad.dtype == np.float32


@pytest.mark.parametrize("wrong", [-0.1, math.nan, math.inf, "0.1", None])
@pytest.mark.parametrize("name", ["l1", "l2"])
def test_a_weight_of_the_penalty_that_is_negative_or_not_finite_is_refused(name, wrong):
    with pytest.raises(ValueError, match=rf"^{name}: expected .* got "):
        Penalty(**{name: wrong})
    with pytest.raises(ValueError, match=rf"^{name}: expected .* got "):
        make_trainer(**{name: wrong})
