"""What must hold for every network, batch and number: Hypothesis looks for the one that breaks it.

The same examples every time, so that a run says the same as the last.
"""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy import special
from sklearn import metrics

from nn_core import (
    ACTIVATIONS,
    OPTIMIZERS,
    BinaryCrossEntropy,
    Ensemble,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    Trainer,
    activation,
    confusion_matrix,
    gradient_check,
    input_gradient,
    mlp,
)
from tests.activation_formulas import SLOPES
from tests.nn_core.common import (
    OUTPUTS,
    assert_same_run,
    away_from_kinks,
    make_trainer,
    slopes,
    targets,
)

thirty = settings(max_examples=30, derandomize=True)
fifty = settings(max_examples=50, derandomize=True)

SEEDS = st.integers(0, 2**32 - 1)
BENDS = st.sampled_from(sorted(ACTIVATIONS))


@st.composite
def networks(draw, losses=tuple(OUTPUTS), bends=BENDS):
    """A network of up to three hidden layers, a loss with its reduction, and a batch for them."""
    loss = draw(st.sampled_from(losses))(draw(st.sampled_from(["mean", "sum"])))
    outputs = 1 if isinstance(loss, BinaryCrossEntropy) else draw(st.integers(1, 4))
    hidden = draw(st.lists(st.integers(1, 5), max_size=3))
    net = mlp([draw(st.integers(1, 4)), *hidden, outputs], draw(bends))
    rng = np.random.default_rng(draw(SEEDS))
    net.theta = 0.8 * rng.normal(size=net.theta.size)
    x = rng.normal(size=(draw(st.integers(1, 6)), net.sizes[0]))
    assume(away_from_kinks(net, x))
    return net, loss, x, targets(type(loss), len(x), outputs, rng)


def gradient(net, loss, x, t):
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    return net.grad.copy()


# Gradients


@fifty
@given(networks())
def test_every_gradient_agrees_with_finite_differences(problem):
    assert gradient_check(*problem) < 1e-5


@fifty
@given(networks())
def test_every_gradient_of_the_input_agrees_with_finite_differences(problem):
    net, loss, x, t = problem
    trace = net.forward(x)
    dx = net.backward(trace, loss.grad(trace[-1], t))
    expected = slopes(lambda moved: loss.value(net.predict(moved), t), x)
    np.testing.assert_allclose(dx, expected, rtol=1e-5, atol=1e-7)


@fifty
@given(networks(), st.data())
def test_every_logit_has_the_input_gradient_of_finite_differences(problem, data):
    net, _, x, _ = problem
    output = data.draw(st.integers(0, net.sizes[-1] - 1))
    expected = slopes(lambda moved: net.predict(moved)[:, output].sum(), x)
    np.testing.assert_allclose(input_gradient(net, x, output), expected, rtol=1e-5, atol=1e-7)


@fifty
@given(networks())
def test_a_batchs_gradient_is_the_sum_or_the_mean_of_its_samples(problem):
    net, loss, x, t = problem
    one_by_one = [gradient(net, loss, x[k : k + 1], t[k : k + 1]) for k in range(len(x))]
    together = np.sum if loss.reduction == "sum" else np.mean
    expected = together(one_by_one, axis=0)
    np.testing.assert_allclose(gradient(net, loss, x, t), expected, rtol=1e-10, atol=1e-12)


@fifty
@given(networks(), SEEDS)
def test_the_order_of_a_batch_does_not_matter(problem, seed):
    net, loss, x, t = problem
    order = np.random.default_rng(seed).permutation(len(x))
    value, grad = loss.value(net.predict(x), t), gradient(net, loss, x, t)
    assert loss.value(net.predict(x[order]), t[order]) == pytest.approx(value, rel=1e-12)
    found = gradient(net, loss, x[order], t[order])
    np.testing.assert_allclose(found, grad, rtol=1e-10, atol=1e-12)


@thirty
@given(networks(bends=st.sampled_from(["sigmoid", "tanh", "softplus", "silu", "gelu_tanh"])))
def test_a_small_step_against_the_gradient_makes_the_loss_smaller(problem):
    net, loss, x, t = problem
    before, grad = loss.value(net.predict(x), t), gradient(net, loss, x, t)
    assume(np.linalg.norm(grad) > 1e-4)
    net.theta -= 1e-4 / np.linalg.norm(grad) * grad
    assert loss.value(net.predict(x), t) < before


# Activations, for any number


@fifty
@given(z=st.floats(-1e50, 1e50))
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_slope_is_its_formula_at_any_number(name, z):
    f, array = activation(name), np.array([[z]])
    slope = f.derivative(array, f.forward(array))
    assert slope[0, 0] == pytest.approx(SLOPES[name](z), rel=1e-9, abs=1e-14)


@fifty
@given(z=st.floats(width=32, allow_nan=False, allow_infinity=False))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_no_finite_number_gives_anything_but_a_finite_number(name, dtype, z):
    f, array = activation(name), np.array([[z]], dtype)
    a = f.forward(array)
    assert np.isfinite(a).all()
    assert np.isfinite(f.derivative(array, a)).all()


# Losses


@fifty
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6), st.floats(-1e4, 1e4))
def test_softmax_is_scipys_and_does_not_mind_a_number_taken_from_every_logit(logits, shift):
    loss, z = SoftmaxCrossEntropy(), np.array([logits])
    p = loss.output(z)
    np.testing.assert_allclose(p, special.softmax(z, axis=1), rtol=1e-12)
    assert p.sum() == pytest.approx(1, rel=1e-14)
    np.testing.assert_allclose(loss.output(z - shift), p, rtol=1e-9, atol=1e-11)


@fifty
@given(st.floats(-1e4, 1e4), st.floats(0, 1))
def test_binary_cross_entropy_is_scipys_for_any_logit_and_target(logit, target):
    z, t = np.array([[logit]]), np.array([[target]])
    expected = -target * special.log_expit(logit) - (1 - target) * special.log_expit(-logit)
    assert BinaryCrossEntropy().value(z, t) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    slope = BinaryCrossEntropy().grad(z, t)[0, 0]
    assert slope == pytest.approx(special.expit(logit) - target, rel=1e-12, abs=1e-15)


@thirty
@given(SEEDS, st.integers(1, 30), st.integers(2, 12))
def test_confusion_is_scikit_learns_for_any_labels(seed, size, classes):
    predicted, target = np.random.default_rng(seed).integers(classes, size=(2, size))
    expected = metrics.confusion_matrix(target, predicted, labels=range(classes))
    np.testing.assert_array_equal(confusion_matrix(predicted, target, classes), expected)


# Training


@thirty
@given(
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    dropout=st.sampled_from([0.0, 0.4]),
    replace=st.booleans(),
    batch_size=st.integers(1, 11),
    seed=SEEDS,
    cuts=st.tuples(st.integers(0, 12), st.integers(0, 12)),
)
def test_a_run_cut_anywhere_ends_as_the_uninterrupted_one(cuts, **options):
    whole, first, second, third = (
        make_trainer(**options, record_at=range(99), snapshot_at={3, 7}) for _ in range(4)
    )
    whole.run(steps=12)
    early, late = sorted(cuts)
    first.run(steps=early)
    second.load_state(first.state())
    second.run(steps=late - early)
    third.load_state(second.state())
    third.run(steps=12 - late)
    assert_same_run(whole, third)


@thirty
@given(
    loss_class=st.sampled_from([MeanSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy]),
    bend=BENDS,
    hidden=st.lists(st.integers(1, 6), max_size=3),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    batch=st.integers(1, 12),
    lanes=st.integers(1, 4),
    seed=SEEDS,
)
def test_every_lane_of_an_ensemble_takes_the_step_of_the_network_alone(
    loss_class, bend, hidden, optimizer, batch, lanes, seed
):
    rng, sizes = np.random.default_rng(seed), [3, *hidden, OUTPUTS[loss_class]]
    x, t = rng.normal(size=(batch, 3)), targets(loss_class, batch, sizes[-1], rng)
    ensemble = Ensemble(sizes, bend, "normal", range(lanes))
    ensemble.train(loss_class(), OPTIMIZERS[optimizer](0.01), x, t, steps=1)
    for lane in range(lanes):
        net = mlp(sizes, bend, "normal", lane)
        Trainer(net, loss_class(), OPTIMIZERS[optimizer](0.01), x, t, batch).step()
        np.testing.assert_allclose(ensemble.theta[lane], net.theta, rtol=1e-12, atol=1e-13)
