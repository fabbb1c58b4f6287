"""What several tests of the core share: small problems, slopes by differences."""

import numpy as np

from nn_core import (
    OPTIMIZERS,
    Activation,
    BinaryCrossEntropy,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    Trainer,
    mlp,
)

OUTPUTS = {MeanSquaredError: 2, BinaryCrossEntropy: 1, SoftmaxCrossEntropy: 3}
SAMPLES, BATCH = 10, 4  # so that an epoch is 4 + 4 + 2
CLEARANCE = 1e-3  # between any z and a kink at 0, a hundred times what finite differences move it


def targets(loss_class, batch, outputs, rng):
    """Targets of the kind this loss takes."""
    if loss_class is SoftmaxCrossEntropy:
        return rng.integers(outputs, size=batch)
    return rng.integers(2, size=(batch, outputs)).astype(float)


def slopes(function, z, h=1e-6):
    """Central differences of a number with respect to every entry of z."""
    found = np.empty_like(z)
    for place in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[place] = h
        found[place] = (function(z + step) - function(z - step)) / (2 * h)
    return found


def bent(net, x):
    """Every z that goes into an activation, an array a layer."""
    trace = net.forward(x)
    return [z for z, layer in zip(trace, net.layers, strict=False) if isinstance(layer, Activation)]


def away_from_kinks(net, x):
    """Whether finite differences leave every unit on its side of 0."""
    return all(abs(z).min() > CLEARANCE for z in bent(net, x))


def some_on(net, x):
    """Whether every layer has a unit above 0, so that ReLU lets some error through."""
    return all((z > 0).any() for z in bent(net, x))


def problem(activation, loss_class, depth, batch):
    """A network with `depth` hidden layers, biases not 0, and a batch for it away from kinks."""
    outputs = OUTPUTS[loss_class]
    net = mlp([3, *[4] * depth, outputs], activation)
    for seed in range(100):
        rng = np.random.default_rng(seed)
        net.theta = 0.7 * rng.normal(size=net.theta.size)
        x = rng.normal(size=(batch, 3))
        if away_from_kinks(net, x) and some_on(net, x):
            return net, x, targets(loss_class, batch, outputs, rng)
    raise AssertionError("found no batch away from the kinks")


def data(dtype=np.float64):
    """Ten points in three dimensions, and on which side of a plane they lie."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(SAMPLES, 3)).astype(dtype)
    return x, (x[:, :1] > 0).astype(dtype)


def make_trainer(
    optimizer="sgd", seed=0, batch_size=BATCH, *, lr=0.1, dropout=0.0, dtype=np.float64, **options
):
    """A 3-4-1 network about to learn `data`, the same one every time."""
    net, (x, t) = mlp([3, 4, 1], seed=1, dropout=dropout, dtype=dtype), data(dtype)
    rule = OPTIMIZERS[optimizer](lr)
    return Trainer(net, BinaryCrossEntropy(), rule, x, t, batch_size, seed, **options)


def assert_same_run(one, other):
    """All that two trainers learned and remember agrees, bit for bit."""
    for name in ("history", "batch_loss", "step_count", "diverged_at", "stopped"):
        assert getattr(one, name) == getattr(other, name), name
    assert list(one.snapshots) == list(other.snapshots)
    pairs = [(one.snapshots[step], other.snapshots[step]) for step in one.snapshots]
    for mine, yours in [*pairs, (one.net.theta, other.net.theta), (one.net.grad, other.net.grad)]:
        assert mine.dtype == yours.dtype
        np.testing.assert_array_equal(mine, yours)
