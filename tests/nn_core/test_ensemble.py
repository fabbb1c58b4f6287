"""Ensembles: each lane beside the same network trained alone."""

import numpy as np
import pytest

from nn_core import (
    ACTIVATIONS,
    OPTIMIZERS,
    SGD,
    BinaryCrossEntropy,
    Ensemble,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    Trainer,
    cosine,
    mlp,
    normal,
    numerical_gradient,
)
from tests.nn_core.common import OUTPUTS, targets

BATCH, LANES, LR = 9, 4, 0.05
DEPTHS = {"linear": [], "one hidden layer": [6], "two": [5, 4], "three": [4, 3, 5]}


def sample(loss_class, dtype=np.float64):
    """A batch of three inputs for this loss."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(BATCH, 3)).astype(dtype)
    t = targets(loss_class, BATCH, OUTPUTS[loss_class], rng)
    return x, t.astype(dtype) if t.ndim == 2 else t


def starts(loss_class, hidden=(6,), activation="tanh", **options):
    options = {"seeds": range(LANES), "init": "normal"} | options
    return Ensemble([3, *hidden, OUTPUTS[loss_class]], activation, **options)


def alone(ensemble, lane, loss, optimizer, x, t, steps, **options):
    """The trainer of one lane's network by itself, after so many steps."""
    trainer = Trainer(ensemble.network(lane), loss, optimizer, x, t, BATCH, **options)
    trainer.run(steps=steps)
    return trainer


def last_bits(found, expected):
    """The largest difference, in units of the last bit of the largest number."""
    bit = np.finfo(expected.dtype).eps * abs(expected).max()
    return abs(found - expected).max() / bit


# A lane is a network


@pytest.mark.parametrize("init", ["normal", "glorot_uniform", "zeros", normal(0.1), "notebook_c"])
def test_a_lane_starts_as_mlp_does_from_its_seed(init):
    ensemble = Ensemble([2, 4, 1], "sigmoid", init, seeds=[3, 11])
    for row, seed in zip(ensemble.theta, [3, 11], strict=True):
        np.testing.assert_array_equal(row, mlp([2, 4, 1], "sigmoid", init, seed).theta)


@pytest.mark.parametrize("hidden", DEPTHS.values(), ids=DEPTHS)
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_a_lane_answers_as_the_network_alone(activation, hidden):
    ensemble, (x, _) = starts(SoftmaxCrossEntropy, hidden, activation), sample(SoftmaxCrossEntropy)
    z = ensemble.predict(x)
    assert z.shape == (LANES, BATCH, 3)
    for lane in range(LANES):
        assert last_bits(z[lane], ensemble.network(lane).predict(x)) <= 4


def test_the_trace_is_that_of_each_network():
    ensemble, (x, _) = starts(SoftmaxCrossEntropy, [5, 4]), sample(SoftmaxCrossEntropy)
    trace = ensemble.forward(x)
    assert trace[0] is x
    for lane in range(LANES):
        expected = ensemble.network(lane).forward(x)
        for mine, theirs in zip(trace[1:], expected[1:], strict=True):
            assert last_bits(mine[lane], theirs) <= 4


@pytest.mark.parametrize("hidden", DEPTHS.values(), ids=DEPTHS)
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "gelu"])
def test_gradients_of_every_lane_agree_with_finite_differences(activation, loss_class, hidden):
    ensemble, (x, t), loss = (
        starts(loss_class, hidden, activation),
        sample(loss_class),
        loss_class(),
    )
    trace = ensemble.forward(x)
    ensemble.backward(trace, loss.grad(trace[-1], t))
    for lane in range(LANES):
        expected = numerical_gradient(ensemble.network(lane), loss, x, t)
        np.testing.assert_allclose(ensemble.grad[lane], expected, rtol=1e-6, atol=1e-8)


# Training


@pytest.mark.parametrize("hidden", DEPTHS.values(), ids=DEPTHS)
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_lane_after_one_step_and_after_thirty_is_the_network_alone_to_its_last_bits(
    optimizer, loss_class, hidden
):
    x, t = sample(loss_class)
    for steps, bits in ((1, 4), (30, 200)):
        ensemble, untrained = starts(loss_class, hidden), starts(loss_class, hidden)
        ensemble.train(loss_class(), OPTIMIZERS[optimizer](LR), x, t, steps)
        assert (ensemble.theta != untrained.theta).any(axis=1).all()
        for lane in range(LANES):
            given = loss_class(), OPTIMIZERS[optimizer](LR), x, t, steps
            assert last_bits(ensemble.theta[lane], alone(untrained, lane, *given).net.theta) <= bits


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_after_a_thousand_steps_a_lane_is_within_a_billionth_as_the_docstring_says(optimizer):
    x, t = sample(BinaryCrossEntropy)
    given = BinaryCrossEntropy(), OPTIMIZERS[optimizer](0.01), x, t, 1000
    untrained, ensemble = (starts(BinaryCrossEntropy, seeds=[0, 1]) for _ in range(2))
    ensemble.train(*given)
    given = given[0], OPTIMIZERS[optimizer](0.01), *given[2:]
    expected = alone(untrained, 1, *given, record_at=()).net.theta
    np.testing.assert_allclose(ensemble.theta[1], expected, rtol=0, atol=1e-9 * abs(expected).max())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_lane_can_have_a_learning_rate_of_its_own(optimizer):
    (x, t), rates = sample(BinaryCrossEntropy), np.array([0.001, 0.01, 0.1, 0.3])
    ensemble, untrained = starts(BinaryCrossEntropy), starts(BinaryCrossEntropy)
    ensemble.train(BinaryCrossEntropy(), OPTIMIZERS[optimizer](rates), x, t, steps=30)
    for lane, lr in enumerate(rates):
        given = BinaryCrossEntropy(), OPTIMIZERS[optimizer](lr), x, t, 30
        assert last_bits(ensemble.theta[lane], alone(untrained, lane, *given).net.theta) <= 200


def test_a_schedule_is_followed_step_by_step():
    x, t = sample(BinaryCrossEntropy)
    ensemble, untrained = starts(BinaryCrossEntropy), starts(BinaryCrossEntropy)
    ensemble.train(BinaryCrossEntropy(), SGD(cosine(0.5, 20, 0.01)), x, t, steps=30)
    expected = alone(untrained, 2, BinaryCrossEntropy(), SGD(cosine(0.5, 20, 0.01)), x, t, 30)
    assert last_bits(ensemble.theta[2], expected.net.theta) <= 200


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_the_history_is_that_of_every_lane_by_itself(loss_class, reduction):
    (x, t), steps = sample(loss_class), [0, 3, 10]
    ensemble, untrained = starts(loss_class), starts(loss_class)
    history = ensemble.train(loss_class(reduction), SGD(0.01), x, t, 10, record_at=steps)
    assert history["step"] == steps
    for lane in range(LANES):
        given = loss_class(reduction), SGD(0.01), x, t, 10
        expected = alone(untrained, lane, *given, record_at=steps).history["loss"]
        found = [row[lane] for row in history["loss"]]
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_history_goes_from_before_the_first_step_to_after_the_last():
    given = BinaryCrossEntropy(), SGD(LR), *sample(BinaryCrossEntropy)
    assert starts(BinaryCrossEntropy).train(*given, 3, record_at=range(100))["step"] == [0, 1, 2, 3]
    assert starts(BinaryCrossEntropy).train(*given, 3) == {"step": [], "loss": []}


def test_training_in_pieces_with_one_optimizer_is_training_in_one():
    x, t = sample(BinaryCrossEntropy)
    whole, pieces, optimizer = (
        *(starts(BinaryCrossEntropy) for _ in range(2)),
        OPTIMIZERS["adam"](LR),
    )
    whole.train(BinaryCrossEntropy(), OPTIMIZERS["adam"](LR), x, t, steps=10)
    for steps in (3, 0, 7):
        pieces.train(BinaryCrossEntropy(), optimizer, x, t, steps)
    np.testing.assert_array_equal(whole.theta, pieces.theta)


def test_float32_stays_float32_and_trains_as_the_network_alone():
    x, t = sample(BinaryCrossEntropy, np.float32)
    ensemble, untrained = (starts(BinaryCrossEntropy, dtype=np.float32) for _ in range(2))
    ensemble.train(BinaryCrossEntropy(), SGD(LR), x, t, steps=30)
    arrays = [ensemble.theta, ensemble.grad, ensemble.predict(x), ensemble.network(0).theta]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
    expected = alone(untrained, 1, BinaryCrossEntropy(), SGD(LR), x, t, 30).net.theta
    assert last_bits(ensemble.theta[1], expected) <= 200


def test_the_data_stay_as_they_were():
    x, t = sample(BinaryCrossEntropy)
    x.flags.writeable = t.flags.writeable = False
    starts(BinaryCrossEntropy).train(BinaryCrossEntropy(), SGD(LR), x, t, steps=2)


# Divergence


@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu_tanh"])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_lane_that_diverges_leaves_the_others_alone_and_warns_not(
    optimizer, loss_class, activation
):
    x, t = sample(loss_class)
    lost, healthy = (starts(loss_class, activation=activation) for _ in range(2))
    lost.theta[1] = np.nan
    for ensemble in (lost, healthy):
        given = loss_class(), OPTIMIZERS[optimizer](LR), x, t, 20
        history = ensemble.train(*given, record_at=range(21))
    others = [0, 2, 3]
    np.testing.assert_array_equal(lost.theta[others], healthy.theta[others])
    np.testing.assert_array_equal(lost.diverged, [False, True, False, False])
    assert not healthy.diverged.any()
    assert np.isfinite(history["loss"]).all()


def test_a_learning_rate_far_too_large_for_one_lane_is_divergence_of_that_lane():
    (x, t), rates = sample(MeanSquaredError), np.array([0.01, 1e6, 0.01, 0.02])
    ensemble, untrained = (starts(MeanSquaredError, activation="leaky_relu") for _ in range(2))
    given = {"steps": 150, "record_at": range(151)}
    history = ensemble.train(MeanSquaredError(), SGD(rates), x, t, **given)
    np.testing.assert_array_equal(ensemble.diverged, [False, True, False, False])
    assert np.isnan(ensemble.theta[1]).any()
    losses = np.array(history["loss"])
    assert np.isfinite(losses[:, [0, 2, 3]]).all()
    assert np.isnan(losses[-1, 1])
    for lane in (0, 2, 3):
        given = MeanSquaredError(), SGD(float(rates[lane])), x, t, 150
        expected = alone(untrained, lane, *given).net.theta
        np.testing.assert_allclose(ensemble.theta[lane], expected, rtol=1e-9)


@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_learning_rate_of_a_million_neither_raises_nor_warns(optimizer, loss_class):
    x, t = sample(loss_class)
    ensemble = starts(loss_class, activation="leaky_relu")
    ensemble.train(loss_class(), OPTIMIZERS[optimizer](1e6), x, t, 50, record_at=range(51))
    assert (ensemble.theta != starts(loss_class, activation="leaky_relu").theta).all()


@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_huge_logits_are_judged_without_a_warning(loss_class):
    ensemble, (x, t) = starts(loss_class, hidden=()), sample(loss_class)
    ensemble.theta[:] = 1e4 * np.sign(ensemble.theta)
    history = ensemble.train(loss_class(), SGD(1e-9), x, t, 1, record_at=range(2))
    assert np.isfinite(history["loss"]).all()
    assert np.isfinite(loss_class().output(ensemble.predict(x))).all()


# Its parameters


def test_assigning_theta_copies_the_numbers_and_every_lane_answers_by_them():
    ensemble, (x, _) = starts(BinaryCrossEntropy), sample(BinaryCrossEntropy)
    values = np.random.default_rng(5).normal(size=ensemble.theta.shape)
    ensemble.theta = values
    kept, values[:] = values.copy(), 0
    np.testing.assert_array_equal(ensemble.theta, kept)
    for lane in range(LANES):
        net = mlp([3, 6, 1])
        net.theta = kept[lane]
        assert last_bits(ensemble.predict(x)[lane], net.predict(x)) <= 4


def test_changing_one_number_of_theta_changes_that_lane_only():
    ensemble, (x, _) = starts(BinaryCrossEntropy), sample(BinaryCrossEntropy)
    before = ensemble.predict(x)
    ensemble.theta[2, -1] += 1  # the last bias
    after = ensemble.predict(x)
    np.testing.assert_allclose(after[2], before[2] + 1, rtol=1e-12)
    np.testing.assert_array_equal(after[[0, 1, 3]], before[[0, 1, 3]])


def test_a_network_taken_out_has_parameters_of_its_own():
    ensemble = starts(BinaryCrossEntropy)
    net, theta = ensemble.network(1), ensemble.theta.copy()
    np.testing.assert_array_equal(net.theta, theta[1])
    net.theta[:] = 7
    np.testing.assert_array_equal(ensemble.theta, theta)
    np.testing.assert_array_equal(ensemble.network(0).theta, theta[0])


# What is refused


@pytest.mark.parametrize("wrong", [np.zeros((LANES, 30)), np.zeros(31), np.zeros((1, 31)), 0.0])
def test_theta_of_another_shape_is_refused(wrong):
    with pytest.raises(ValueError, match=r"^theta: expected shape \(4, 31\), got "):
        starts(BinaryCrossEntropy).theta = wrong


def test_no_seeds_are_refused():
    with pytest.raises(ValueError, match=r"^seeds: expected .* got none"):
        Ensemble([2, 1], seeds=[])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("activation", {"activation": "tan"}),
        ("init", {"init": "norml"}),
        ("sizes", {"sizes": [2]}),
        ("dtype", {"dtype": np.int64}),
    ],
)
def test_what_mlp_refuses_is_refused(name, wrong):
    with pytest.raises(ValueError, match=rf"^{name}: .*expected .* got "):
        Ensemble(**{"sizes": [2, 2, 1]} | wrong)


X, T = sample(BinaryCrossEntropy)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("x", {"x": X[:, :2]}),
        ("x", {"x": X[0]}),
        ("x", {"x": X[None]}),
        ("x", {"x": X.astype(np.float32)}),
        ("x", {"x": X.tolist()}),
        ("t", {"t": T[:-1]}),
        ("t", {"t": T[:, 0]}),
        ("t", {"t": 2 * T}),
    ],
)
def test_data_that_do_not_fit_are_refused(name, wrong):
    given = {"x": X, "t": T, "steps": 3} | wrong
    with pytest.raises(ValueError, match=rf"^{name}: expected .* got "):
        starts(BinaryCrossEntropy).train(BinaryCrossEntropy(), SGD(LR), **given)


@pytest.mark.parametrize("loss_class", OUTPUTS)
def test_no_data_at_all_are_refused(loss_class):
    x, t = sample(loss_class)
    with pytest.raises(ValueError, match=r"^x: expected .* got "):
        starts(loss_class).train(loss_class(), SGD(LR), x[:0], t[:0], steps=3)


@pytest.mark.parametrize("networks", [2, LANES + 1])
def test_as_many_learning_rates_as_networks_are_expected(networks):
    rates = np.full(networks, LR)
    with pytest.raises(ValueError, match=r"^lr: expected .* got "):
        starts(BinaryCrossEntropy).train(BinaryCrossEntropy(), SGD(rates), X, T, steps=3)


# Notebook C's maps of starts

XOR_X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
XOR_T = np.array([[0.0], [1], [1], [0]])


def solved(init, hidden):
    """The share of 100 starts whose four answers are within 0.1 after 4,000 steps."""
    ensemble, loss = Ensemble([2, hidden, 1], "sigmoid", init, range(100)), BinaryCrossEntropy()
    ensemble.train(loss, SGD(1.0), XOR_X, XOR_T, steps=4000)
    off = abs(loss.output(ensemble.predict(XOR_X)) - XOR_T)
    return (off < 0.1).all(axis=(1, 2)).mean()


def test_about_as_many_starts_with_three_units_learn_xor_as_in_the_notebooks_table():
    deviation = np.sqrt(0.953 * 0.047 / 100)  # the table has 20,000 steps: most need far fewer
    assert solved("normal", hidden=3) == pytest.approx(0.953, abs=3 * deviation)


def test_no_start_with_two_units_and_tiny_weights_learns_xor_as_in_the_notebooks_table():
    assert solved(normal(0.01), hidden=2) == 0
