"""The gradient of a batch: held to the trainer's own next step, and to finite differences."""

from dataclasses import replace

import numpy as np
import pytest

from nn_core import Penalty, SoftmaxCrossEntropy, mlp, numerical_gradient
from recipes.batch_gradient import Batch, batch_of, gradient_on
from recipes.mnist import mnist_trainer
from tests.saved_runs import SMALL, small_digits


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"drawing": "shuffled"},
        {"dropout": 0.5, "layers": 2},
        {"l2": 0.01, "l1": 0.001},
        {"crooked": True, "batch": 20},
        {"images": 5, "batch": 100},
    ],
)
@pytest.mark.parametrize("steps", [0, 4, 11])
def test_it_is_the_gradient_that_the_next_step_of_training_finds(changed, steps):
    trainer = mnist_trainer(replace(SMALL, **changed), small_digits())
    trainer.run(steps=steps)
    found = gradient_on(trainer.net, batch_of(trainer, trainer.step_count))
    trainer.step()
    np.testing.assert_array_equal(found.grad, trainer.net.grad)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softplus"])
def test_it_is_how_the_loss_changes_with_each_weight(activation):
    net = mlp([6, 5, 4, 3], activation, "glorot_uniform", 2)
    rng = np.random.default_rng(0)
    x, t = rng.random((9, 6)), rng.integers(0, 3, 9)
    before = net.theta.copy(), net.grad.copy()
    found = gradient_on(net, Batch(x, t))
    expected = numerical_gradient(net, SoftmaxCrossEntropy(), x, t)
    np.testing.assert_allclose(found.grad, expected, atol=1e-9)
    np.testing.assert_array_equal(net.theta, before[0])
    np.testing.assert_array_equal(net.grad, before[1])
    pulled = gradient_on(net, Batch(x, t, penalty=Penalty(l2=0.1)))
    np.testing.assert_allclose(pulled.dense[1].dW, found.dense[1].dW + 0.2 * net.dense[1].W)
