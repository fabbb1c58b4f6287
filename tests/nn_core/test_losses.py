"""Losses against scipy and scikit-learn, their gradients against finite differences."""

import numpy as np
import pytest
from scipy import special
from sklearn import metrics

from nn_core import BinaryCrossEntropy, MeanSquaredError, Sigmoid, SoftmaxCrossEntropy
from tests.nn_core.common import slopes

LOSSES = [MeanSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy]
BATCH = 7


def outputs_and_targets(loss_class, batch=BATCH):
    """Logits of a size that a network would give, and targets of the kind this loss takes."""
    rng = np.random.default_rng(3)
    if loss_class is SoftmaxCrossEntropy:
        return 2 * rng.normal(size=(batch, 4)), rng.integers(4, size=batch)
    if loss_class is BinaryCrossEntropy:
        return 2 * rng.normal(size=(batch, 1)), rng.integers(2, size=(batch, 1)).astype(float)
    return rng.normal(size=(batch, 2)), rng.normal(size=(batch, 2))


@pytest.mark.parametrize("batch", [1, BATCH])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("loss_class", LOSSES)
def test_gradient_is_exactly_that_of_the_value(loss_class, reduction, batch):
    loss, (z, t) = loss_class(reduction), outputs_and_targets(loss_class, batch)
    expected = slopes(lambda moved: loss.value(moved, t), z)
    np.testing.assert_allclose(loss.grad(z, t), expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("loss_class", LOSSES)
def test_sum_is_the_mean_times_the_batch(loss_class):
    z, t = outputs_and_targets(loss_class)
    mean, total = loss_class("mean"), loss_class("sum")
    assert total.value(z, t) == pytest.approx(BATCH * mean.value(z, t), rel=1e-14)
    np.testing.assert_allclose(total.grad(z, t), BATCH * mean.grad(z, t), rtol=1e-14)


@pytest.mark.parametrize("loss_class", LOSSES)
def test_mean_is_what_comes_without_saying(loss_class):
    z, t = outputs_and_targets(loss_class)
    assert loss_class().value(z, t) == loss_class("mean").value(z, t)


def test_squared_error_is_scikit_learns_summed_over_the_outputs():
    z, t = outputs_and_targets(MeanSquaredError)
    each_output = metrics.mean_squared_error(t, z, multioutput="raw_values")
    assert MeanSquaredError().value(z, t) == pytest.approx(each_output.sum(), rel=1e-14)


def test_binary_cross_entropy_is_scikit_learns_log_loss_of_its_probabilities():
    z, t = outputs_and_targets(BinaryCrossEntropy)
    expected = metrics.log_loss(t[:, 0], special.expit(z[:, 0]))
    assert BinaryCrossEntropy().value(z, t) == pytest.approx(expected, rel=1e-13)


def test_binary_cross_entropy_takes_targets_between_0_and_1():
    z, t = np.array([[-3.0], [0.5], [2.0]]), np.array([[0.25], [0.5], [0.9]])
    p = special.expit(z)
    expected = np.mean(-special.xlogy(t, p) - special.xlogy(1 - t, 1 - p))
    assert BinaryCrossEntropy().value(z, t) == pytest.approx(expected, rel=1e-13)


def test_softmax_cross_entropy_is_scikit_learns_log_loss_of_its_probabilities():
    z, t = outputs_and_targets(SoftmaxCrossEntropy)
    expected = metrics.log_loss(t, special.softmax(z, axis=1), labels=range(4))
    assert SoftmaxCrossEntropy().value(z, t) == pytest.approx(expected, rel=1e-13)


def test_outputs_are_the_probabilities_scipy_gives():
    z, _ = outputs_and_targets(BinaryCrossEntropy)
    np.testing.assert_allclose(BinaryCrossEntropy().output(z), special.expit(z), rtol=1e-14)
    z, _ = outputs_and_targets(SoftmaxCrossEntropy)
    expected = special.softmax(z, axis=1)
    np.testing.assert_allclose(SoftmaxCrossEntropy().output(z), expected, rtol=1e-14)


def test_output_of_squared_error_is_the_networks_own():
    z, _ = outputs_and_targets(MeanSquaredError)
    np.testing.assert_array_equal(MeanSquaredError().output(z), z)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("target", [0, 1])
@pytest.mark.parametrize("z", [-1e4, 1e4])
def test_binary_cross_entropy_of_huge_logits_is_0_or_the_logit(z, target, dtype):
    loss, z, t = BinaryCrossEntropy(), np.array([[z]], dtype), np.array([[target]], dtype)
    right = (z[0, 0] > 0) == target
    assert loss.value(z, t) == (0 if right else 1e4)
    np.testing.assert_array_equal(loss.grad(z, t), [[0 if right else 1 - 2 * target]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_cross_entropy_of_huge_logits_is_their_distance(dtype):
    loss, z, t = SoftmaxCrossEntropy("sum"), np.array([[1e4, -1e4]] * 2, dtype), np.array([0, 1])
    assert loss.value(z, t) == 2e4
    np.testing.assert_array_equal(loss.output(z), [[1, 0]] * 2)
    np.testing.assert_array_equal(loss.grad(z, t), [[0, 0], [1, -1]])


@pytest.mark.parametrize("loss_class", LOSSES)
def test_float32_stays_float32(loss_class):
    z, t = outputs_and_targets(loss_class)
    z, t = z.astype(np.float32), t.astype(np.float32) if t.ndim == 2 else t
    assert loss_class().grad(z, t).dtype == np.float32
    assert loss_class().output(z).dtype == np.float32


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("loss_class", LOSSES)
def test_a_stack_of_networks_is_judged_one_by_one(loss_class, reduction):
    loss, (z, t) = loss_class(reduction), outputs_and_targets(loss_class)
    stack = np.stack([z, 2 * z, 1 - z])
    for lane, alone in enumerate(stack):
        assert loss.value(stack, t)[lane] == pytest.approx(loss.value(alone, t), rel=1e-14)
        np.testing.assert_allclose(loss.grad(stack, t)[lane], loss.grad(alone, t), rtol=1e-14)
        np.testing.assert_allclose(loss.output(stack)[lane], loss.output(alone), rtol=1e-14)
        np.testing.assert_array_equal(loss.classes(stack)[lane], loss.classes(alone))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_huge_logits_of_a_stack_of_networks_give_the_right_numbers_without_a_warning(dtype):
    z = np.array([[[1e4]], [[-1e4]]], dtype)
    np.testing.assert_array_equal(Sigmoid().forward(z), [[[1]], [[0]]])
    binary, t = BinaryCrossEntropy(), np.ones((1, 1), dtype)
    np.testing.assert_array_equal(binary.value(z, t), [0, 1e4])
    np.testing.assert_array_equal(binary.grad(z, t), [[[0]], [[-1]]])
    softmax, z, t = SoftmaxCrossEntropy(), np.concatenate([z, -z], axis=2), np.array([0])
    np.testing.assert_array_equal(softmax.output(z), [[[1, 0]], [[0, 1]]])
    np.testing.assert_array_equal(softmax.value(z, t), [0, 2e4])
    np.testing.assert_array_equal(softmax.grad(z, t), [[[0, 0]], [[-1, 1]]])


@pytest.mark.parametrize("loss_class", LOSSES)
def test_leaves_outputs_and_targets_as_they_were(loss_class):
    loss, (z, t) = loss_class(), outputs_and_targets(loss_class)
    z.flags.writeable = t.flags.writeable = False
    loss.value(z, t), loss.grad(z, t), loss.classes(z), loss.accuracy(z, t)


@pytest.mark.parametrize("loss_class", LOSSES)
def test_value_is_a_plain_float(loss_class):
    assert type(loss_class().value(*outputs_and_targets(loss_class))) is float


@pytest.mark.parametrize("loss_class", LOSSES)
def test_accuracy_is_scikit_learns_of_the_classes(loss_class):
    loss, (z, t) = loss_class(), outputs_and_targets(loss_class)
    target = t if t.ndim == 1 else t[:, 0] > 0.5
    assert loss.accuracy(z, t) == metrics.accuracy_score(target, loss.classes(z))


def test_classes_follow_the_threshold_in_the_docstring():
    z = np.array([[-1.0], [0.0], [1e-9], [0.5], [0.6]])
    np.testing.assert_array_equal(BinaryCrossEntropy().classes(z), [0, 0, 1, 1, 1])
    np.testing.assert_array_equal(MeanSquaredError().classes(z), [0, 0, 0, 0, 1])
    z = np.array([[0.0, 3.0, 1.0], [-1.0, -2.0, -3.0]])
    np.testing.assert_array_equal(SoftmaxCrossEntropy().classes(z), [1, 0])


WRONG_TARGETS = [
    pytest.param(MeanSquaredError, np.zeros(4), id="squared error, without a column"),
    pytest.param(MeanSquaredError, np.zeros((1, 3)), id="squared error, one row for all"),
    pytest.param(BinaryCrossEntropy, np.zeros((4, 1)), id="binary, one column for three"),
    pytest.param(BinaryCrossEntropy, np.zeros((3, 3)), id="binary, too few"),
    pytest.param(SoftmaxCrossEntropy, np.zeros((4, 1), int), id="softmax, a column"),
    pytest.param(SoftmaxCrossEntropy, np.zeros((4, 3), int), id="softmax, one-hot"),
    pytest.param(SoftmaxCrossEntropy, np.zeros(3, int), id="softmax, too few"),
    pytest.param(SoftmaxCrossEntropy, np.array([0, 1, 2, 3]), id="softmax, label too large"),
    pytest.param(SoftmaxCrossEntropy, np.array([0, 1, 2, -1]), id="softmax, label negative"),
    pytest.param(SoftmaxCrossEntropy, np.zeros(4), id="softmax, labels no whole numbers"),
]


@pytest.mark.parametrize(("loss_class", "t"), WRONG_TARGETS)
def test_value_refuses_targets_that_do_not_fit_four_rows_of_three_outputs(loss_class, t):
    with pytest.raises(ValueError, match=r"^t: expected .* got "):
        loss_class().value(np.zeros((4, 3)), t)


@pytest.mark.parametrize(("loss_class", "t"), WRONG_TARGETS)
def test_gradient_refuses_targets_that_do_not_fit_four_rows_of_three_outputs(loss_class, t):
    with pytest.raises(ValueError, match=r"^t: expected .* got "):
        loss_class().grad(np.zeros((4, 3)), t)


@pytest.mark.parametrize("wrong", ["average", "", None, 1])
@pytest.mark.parametrize("loss_class", LOSSES)
def test_unknown_reduction_is_refused(loss_class, wrong):
    with pytest.raises(ValueError, match=r"^reduction: expected .*mean.*sum.*, got "):
        loss_class(wrong)
