"""Training: the same numbers whichever way a run is cut, and an honest record of them."""

import math

import numpy as np
import pytest

from nn_core import (
    OPTIMIZERS,
    SGD,
    Adam,
    BinaryCrossEntropy,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    Trainer,
    log_spaced,
    mlp,
)
from tests.nn_core.common import (
    BATCH,
    OUTPUTS,
    SAMPLES,
    assert_same_run,
    data,
    make_trainer,
    targets,
)

STEPS = 3  # an epoch of 10 samples in batches of 4


class Witness(MeanSquaredError):
    """Remembers the targets of every batch that it was asked the gradient of."""

    def __init__(self):
        super().__init__()
        self.batches = []

    def each_grad(self, z, t):
        self.batches.append(t[:, 0].astype(int).tolist())
        return super().each_grad(z, t)


def batches_seen(epochs, batch_size=BATCH, seed=0, replace=False):
    """The samples in each batch, by their numbers."""
    loss, t = Witness(), np.arange(float(SAMPLES))[:, None]
    net, x = mlp([1, 1]), np.ones((SAMPLES, 1))
    Trainer(net, loss, SGD(1e-6), x, t, batch_size, seed, replace=replace).run(epochs=epochs)
    return loss.batches


# What a step is


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_full_batch_step_is_the_gradient_of_the_loss_times_the_learning_rate(reduction):
    net, (x, t), loss = mlp([3, 4, 1]), data(), BinaryCrossEntropy(reduction)
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    expected = net.theta - 0.1 * net.grad
    Trainer(net, loss, SGD(0.1), x, t, batch_size=SAMPLES).step()
    np.testing.assert_allclose(net.theta, expected, rtol=1e-14)


def test_training_makes_the_loss_smaller_and_the_answers_right():
    trainer = make_trainer(record_at={0, 300})
    history = trainer.run(epochs=100)
    assert history["loss"][1] < 0.5 * history["loss"][0]
    assert history["accuracy"][1] == 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_stays_the_callers(dtype):
    net, (x, t) = mlp([3, 4, 1], dtype=dtype), data(dtype)
    for optimizer in (SGD(0.1), Adam(0.1)):
        Trainer(net, BinaryCrossEntropy(), optimizer, x, t, BATCH).run(epochs=1)
        assert net.theta.dtype == net.grad.dtype == net.predict(x).dtype == dtype


@pytest.mark.parametrize("kind", [np.int64, np.uint8, bool, np.float32, np.float64])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("loss_class", [MeanSquaredError, BinaryCrossEntropy])
def test_targets_of_0_and_1_train_alike_in_whatever_type_they_come(loss_class, dtype, kind):
    x, t = data(dtype)
    net, expected = (mlp([3, 4, 1], dtype=dtype) for _ in range(2))
    Trainer(expected, loss_class(), SGD(0.1), x, t, BATCH).run(epochs=2)
    Trainer(net, loss_class(), SGD(0.1), x, t.astype(kind), BATCH).run(epochs=2)
    np.testing.assert_array_equal(net.theta, expected.theta)


def test_the_data_stay_as_they_were():
    net, (x, t) = mlp([3, 4, 1]), data()
    x.flags.writeable = t.flags.writeable = False
    Trainer(net, BinaryCrossEntropy(), SGD(0.1), x, t, BATCH).run(epochs=2)


# The same numbers every time


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_same_seed_same_run(optimizer, replace, dropout):
    one, other = (
        make_trainer(optimizer, dropout=dropout, replace=replace, keep_batch_loss=True)
        for _ in range(2)
    )
    one.run(epochs=5), other.run(epochs=5)
    assert_same_run(one, other)


def test_another_seed_silences_other_units():
    one, other = (make_trainer(seed=seed, batch_size=SAMPLES, dropout=0.5) for seed in (1, 2))
    one.step(), other.step()
    assert (one.net.theta != other.net.theta).any()


def test_dropout_silences_other_units_every_step():
    trainer = make_trainer(lr=1e-12, batch_size=SAMPLES, dropout=0.5, record_at=range(30))
    norms = trainer.run(steps=29)["grad_norm"]  # the same data and, nearly, the same parameters
    assert (abs(np.diff(norms[1:], axis=0)) > 1e-6).all()


def test_dropout_acts_in_training_and_not_in_the_record():
    trainer = make_trainer(dropout=0.5, record_at=range(10), keep_batch_loss=True, batch_size=10)
    trainer.run(steps=9)
    x, t = data()
    assert trainer.history["loss"][-1] == BinaryCrossEntropy().value(trainer.net.predict(x), t)
    assert (np.array(trainer.batch_loss) != trainer.history["loss"][:9]).all()


@pytest.mark.parametrize("replace", [False, True])
def test_another_seed_takes_the_batches_in_another_order(replace):
    assert batches_seen(1, seed=1, replace=replace) != batches_seen(1, seed=2, replace=replace)


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_running_epochs_is_stepping_that_often(optimizer, replace):
    whole, stepped = (make_trainer(optimizer, replace=replace) for _ in range(2))
    whole.run(epochs=2)
    for _ in range(2 * STEPS):
        stepped.step()
    assert_same_run(whole, stepped)


@pytest.mark.parametrize("dropout", [0.0, 0.3])
@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("pieces", [[1, 11], [2, 2, 8], [3, 9], [5, 4, 3], [0, 12]])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_in_pieces_is_the_run_in_one(optimizer, pieces, replace, dropout):
    whole, split = (make_trainer(optimizer, dropout=dropout, replace=replace) for _ in range(2))
    whole.run(epochs=4)
    for steps in pieces:
        split.run(steps=steps)
    assert_same_run(whole, split)


@pytest.mark.parametrize("steps_before", [3, 6, 4, 5])
def test_a_run_resumed_at_any_step_in_a_new_trainer_ends_as_the_uninterrupted_one(steps_before):
    whole, first, second = (make_trainer() for _ in range(3))
    whole.run(steps=9)
    first.run(steps=steps_before)
    second.net.theta, second.step_count = first.net.theta, steps_before
    second.run(steps=9 - steps_before)
    np.testing.assert_array_equal(second.net.theta, whole.net.theta)


@pytest.mark.parametrize("replace", [False, True])
def test_a_network_goes_on_from_its_step_as_a_longer_training_does(replace):
    seen = frozenset(range(0, 20, 3))
    options = {"dropout": 0.5, "replace": replace, "record_at": seen, "snapshot_at": seen}
    whole, first = make_trainer(**options), make_trainer(**options)
    whole.run(steps=17)
    first.run(steps=7)
    then = make_trainer(**options, first_step=7)
    assert (then.step_count, then.history["step"]) == (7, [])
    then.net.theta = first.net.theta
    then.run(steps=10)
    np.testing.assert_array_equal(then.net.theta, whole.net.theta)
    assert then.history["step"] == list(then.snapshots) == [9, 12, 15]
    assert then.history["loss"] == whole.history["loss"][3:]


def test_history_and_snapshots_do_not_touch_the_training():
    bare = make_trainer(record_at=())
    watched = make_trainer(
        record_at=range(100), snapshot_at=range(100), validation=data(), keep_batch_loss=True
    )
    bare.run(epochs=3), watched.run(epochs=3)
    np.testing.assert_array_equal(bare.net.theta, watched.net.theta)


# Batches


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("samples", [40, 2500])
def test_training_on_bytes_is_training_on_the_numbers_they_stand_for(samples, replace):
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (samples, 64), np.uint8)
    x, t = pixels / np.float32(255), rng.integers(0, 10, samples)

    def trained(x, prepare=None):
        net = mlp([64, 8, 10], "sigmoid", seed=1, dtype=np.float32)
        trainer = Trainer(
            net,
            SoftmaxCrossEntropy(),
            Adam(0.01),
            x,
            t,
            40,
            replace=replace,
            validation=(x[:30], t[:30]),
            keep_batch_loss=True,
            prepare=prepare,
        )
        trainer.run(epochs=2)
        return trainer

    bytes_, numbers = trained(pixels, lambda pixels: pixels / np.float32(255)), trained(x)
    assert_same_run(bytes_, numbers)
    # a row of the history, though it is made of some samples at a time
    last = numbers.loss.value(numbers.net.predict(x), t)
    assert bytes_.history["loss"][-1] == pytest.approx(last, rel=1e-6)


def test_what_is_prepared_wrongly_is_refused():
    net, pixels = mlp([4, 10], dtype=np.float32), np.zeros((3, 4), np.uint8)
    with pytest.raises(ValueError, match="x: expected float32"):
        Trainer(net, SoftmaxCrossEntropy(), SGD(0.1), pixels, np.zeros(3, int), 3)
    with pytest.raises(ValueError, match="x: expected float32"):
        Trainer(net, SoftmaxCrossEntropy(), SGD(0.1), pixels, np.zeros(3, int), 3,
                prepare=lambda pixels: pixels / 255.0)  # fmt: skip


def test_without_replacement_an_epoch_covers_each_sample_once():
    batches = batches_seen(epochs=3)
    assert [len(batch) for batch in batches] == [4, 4, 2] * 3
    epochs = [np.concatenate(batches[start : start + STEPS]).tolist() for start in (0, 3, 6)]
    for epoch in epochs:
        assert sorted(epoch) == list(range(SAMPLES))
    assert epochs[0] != epochs[1] != epochs[2] != epochs[0]


@pytest.mark.parametrize(("batch_size", "steps"), [(1, 10), (3, 4), (4, 3), (5, 2), (10, 1)])
def test_with_replacement_an_epoch_is_as_many_whole_draws_as_the_samples_need(batch_size, steps):
    batches = batches_seen(epochs=2, batch_size=batch_size, replace=True)
    assert [len(batch) for batch in batches] == [batch_size] * 2 * steps


def test_with_replacement_a_batch_as_large_as_the_data_is_drawn_too():
    batches = batches_seen(epochs=5, batch_size=SAMPLES, replace=True)
    assert all(len(batch) == SAMPLES for batch in batches)
    assert any(len(set(batch)) < SAMPLES for batch in batches)
    assert len({tuple(batch) for batch in batches}) == 5


def test_with_replacement_every_sample_comes_about_equally_often_and_some_twice_in_a_batch():
    batches = batches_seen(epochs=500, replace=True)
    counts = np.bincount(np.concatenate(batches), minlength=SAMPLES)
    expected = len(batches) * BATCH / SAMPLES
    assert len(counts) == SAMPLES
    assert abs(counts - expected).max() < 5 * math.sqrt(expected)
    assert any(len(set(batch)) < BATCH for batch in batches)


@pytest.mark.parametrize("batch_size", [SAMPLES, SAMPLES + 1, 1000])
def test_a_batch_as_large_as_the_data_is_all_of_them(batch_size):
    batches = batches_seen(epochs=2, batch_size=batch_size)
    assert [sorted(batch) for batch in batches] == [list(range(SAMPLES))] * 2


def test_inputs_and_targets_of_a_batch_belong_together():
    numbers = np.arange(1.0, SAMPLES + 1)[:, None]
    net = mlp([1, 1])
    net.theta = [2.0, 0.0]  # already right, so that every batch of true pairs has loss 0
    trainer = Trainer(
        net, MeanSquaredError(), SGD(0.1), numbers, 2 * numbers, 3, keep_batch_loss=True
    )
    trainer.run(epochs=3)
    assert trainer.batch_loss == [0] * 12


# The record


def test_history_has_keras_keys_and_a_row_after_every_epoch():
    history = make_trainer().run(epochs=5)
    assert set(history) == {"step", "loss", "accuracy", "grad_norm"}
    assert history["step"] == [3, 6, 9, 12, 15]
    assert {len(column) for column in history.values()} == {5}


def test_history_has_the_validation_columns_if_there_are_such_data():
    rng = np.random.default_rng(9)
    x, t = rng.normal(size=(6, 3)), rng.integers(2, size=(6, 1)).astype(float)
    trainer = make_trainer(validation=(x, t))
    history = trainer.run(epochs=5)
    assert set(history) == {"step", "loss", "accuracy", "val_loss", "val_accuracy", "grad_norm"}
    assert {len(column) for column in history.values()} == {5}
    z = trainer.net.predict(x)
    assert history["val_loss"][-1] == BinaryCrossEntropy().value(z, t)
    assert history["val_accuracy"][-1] == ((z > 0) == (t > 0.5)).mean()


def test_every_row_is_what_the_network_of_that_step_says_about_all_the_data():
    steps = [0, 2, 3, 7]
    trainer = make_trainer(record_at=steps, snapshot_at=steps)
    history, (x, t) = trainer.run(epochs=3), data()
    assert history["step"] == steps
    for row, step in enumerate(steps):
        trainer.net.theta = trainer.snapshots[step]
        z = trainer.net.predict(x)
        assert history["loss"][row] == BinaryCrossEntropy().value(z, t)
        assert history["accuracy"][row] == ((z > 0) == (t > 0.5)).mean()


def test_grad_norm_is_the_length_of_the_last_gradient_a_layer():
    trainer = make_trainer(record_at={0, 2})
    trainer.run(steps=2)
    grad = trainer.net.grad  # 3·4 + 4 numbers of the first layer, then 4 + 1
    expected = [math.sqrt(sum(g * g for g in part)) for part in (grad[:16], grad[16:])]
    assert trainer.history["grad_norm"][-1] == pytest.approx(expected, rel=1e-14)


def test_grad_norm_before_the_first_step_knows_no_gradient_whatever_the_network_did_before():
    net, (x, t), loss = mlp([3, 4, 1]), data(), BinaryCrossEntropy()
    trace = net.forward(x)
    net.backward(trace, loss.grad(trace[-1], t))
    trainer = Trainer(net, loss, SGD(0.1), x, t, BATCH, record_at={0})
    assert trainer.history["grad_norm"] == [[0, 0]]


def test_snapshots_are_the_parameters_at_the_steps_asked_for_and_stay_so():
    trainer = make_trainer(snapshot_at={0, 2, 5})
    seen = {0: trainer.net.theta.copy()}
    for step in range(1, 8):
        trainer.step()
        seen[step] = trainer.net.theta.copy()
    assert sorted(trainer.snapshots) == [0, 2, 5]
    for step, theta in trainer.snapshots.items():
        np.testing.assert_array_equal(theta, seen[step])


def test_batch_losses_are_those_before_each_step():
    trainer = make_trainer(batch_size=SAMPLES, record_at=range(100), keep_batch_loss=True)
    history = trainer.run(steps=5)
    np.testing.assert_allclose(trainer.batch_loss, history["loss"][:5], rtol=1e-14)


def test_no_batch_loss_is_kept_unless_asked_for():
    trainer = make_trainer()
    trainer.run(epochs=1)
    assert trainer.batch_loss == []


def test_epoch_counts_the_passes_so_far():
    trainer = make_trainer()
    assert trainer.epoch == 0
    trainer.run(epochs=2)
    assert trainer.epoch == 2
    trainer.step()
    assert trainer.epoch == pytest.approx(2 + 1 / STEPS)


@pytest.mark.parametrize("wrong", [{}, {"epochs": 1, "steps": 1}])
def test_run_wants_either_epochs_or_steps(wrong):
    with pytest.raises(ValueError, match=r"expected either epochs or steps"):
        make_trainer().run(**wrong)


# Divergence


def all_finite(history):
    return all(np.isfinite(column).all() for column in history.values())


@pytest.fixture(params=[np.float32, np.float64])
def diverged(request):
    net, (x, t) = mlp([3, 8, 1], "relu", dtype=request.param), data(request.param)
    trainer = Trainer(
        net,
        MeanSquaredError(),
        SGD(1e6),
        x,
        t,
        BATCH,
        validation=(x, t),
        record_at=range(1000),
        snapshot_at=range(1000),
        keep_batch_loss=True,
    )
    trainer.run(steps=100)
    return trainer


def test_divergence_ends_the_run_and_says_at_which_step(diverged):
    assert 1 <= diverged.diverged_at < 100
    assert diverged.step_count == diverged.diverged_at


def test_divergence_keeps_the_record_up_to_the_last_finite_step(diverged):
    assert diverged.history["step"] == list(range(diverged.diverged_at))
    assert list(diverged.snapshots) == list(range(diverged.diverged_at))
    assert all_finite(diverged.history)
    assert all(np.isfinite(theta).all() for theta in diverged.snapshots.values())


def test_after_divergence_further_steps_do_nothing(diverged):
    history = {name: list(column) for name, column in diverged.history.items()}
    theta, count = diverged.net.theta.copy(), diverged.step_count
    diverged.step()
    diverged.run(epochs=3)
    assert (diverged.history, diverged.step_count) == (history, count)
    np.testing.assert_array_equal(diverged.net.theta, theta)


def test_a_run_that_does_not_diverge_says_so():
    trainer = make_trainer()
    trainer.run(epochs=3)
    assert trainer.diverged_at is None


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_loss_that_overflows_before_the_parameters_do_is_divergence_too(dtype):
    net = mlp([1, 1], dtype=dtype)
    x, t = np.array([[100.0]], dtype), np.array([[1.0]], dtype)
    trainer = Trainer(  # the error grows 19-fold a step, the loss 361-fold
        net, MeanSquaredError(), SGD(1e-3), x, t, 1, record_at=range(1000), keep_batch_loss=True
    )
    trainer.run(steps=500)
    assert trainer.diverged_at is not None
    assert all_finite(trainer.history)
    assert np.isfinite(trainer.batch_loss).all()


@pytest.mark.parametrize(
    ("loss", "t"),
    [
        (MeanSquaredError(), np.ones((2, 2))),
        (SoftmaxCrossEntropy(), np.array([0, 1])),
    ],
)
def test_logits_that_overflow_while_the_parameters_do_not_are_divergence_too(loss, t):
    net, x = mlp([2, 2, 2, 2], "identity"), np.ones((2, 2))
    net.theta = np.full(net.theta.size, 1e110)
    trainer = Trainer(net, loss, SGD(0.1), x, t, 2, record_at=range(100))
    trainer.run(steps=3)
    assert trainer.diverged_at is not None
    assert all_finite(trainer.history)


# A learning rate of a million


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_huge_learning_rate_on_a_deep_network_is_divergence_with_every_optimizer(optimizer):
    net, (x, t) = mlp([3, *[8] * 6, 1], "leaky_relu", dtype=np.float32), data(np.float32)
    trainer = Trainer(
        net, MeanSquaredError(), OPTIMIZERS[optimizer](1e6), x, t, BATCH, record_at=range(1000)
    )
    trainer.run(steps=200)
    assert 1 <= trainer.diverged_at == trainer.step_count < 200
    assert trainer.history["step"] == list(range(trainer.diverged_at))
    assert all_finite(trainer.history)


@pytest.mark.parametrize("activation", ["tanh", "relu", "gelu_tanh"])
@pytest.mark.parametrize("loss_class", OUTPUTS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_huge_learning_rate_neither_raises_nor_warns_and_the_record_is_finite(
    optimizer, loss_class, activation
):
    outputs, (x, _) = OUTPUTS[loss_class], data()
    t = targets(loss_class, SAMPLES, outputs, np.random.default_rng(0))
    trainer = Trainer(
        mlp([3, 8, outputs], activation),
        loss_class(),
        OPTIMIZERS[optimizer](1e6),
        x,
        t,
        BATCH,
        validation=(x, t),
        l2=1e-3,
    )
    trainer.run(epochs=30)
    assert trainer.step_count == (trainer.diverged_at or 90)
    assert all_finite(trainer.history)
    assert trainer.ended == (trainer.diverged_at is not None)


# What is refused


def nan_in(array):
    array = array.copy()
    array[3, 0] = np.nan
    return array


X, T = data()


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("x", {"x": nan_in(X)}),
        ("x", {"x": np.where(X > 1, np.inf, X)}),
        ("x", {"x": X[:, :2]}),
        ("x", {"x": X[0]}),
        ("x", {"x": X.tolist()}),
        ("x", {"x": X.astype(np.float32)}),
        ("x", {"x": X[:0], "t": T[:0]}),
        ("x", {"x": X.astype(str)}),
        ("x", {"x": X.astype(object)}),
        ("t", {"t": T[:-1]}),
        ("t", {"t": T[:, 0]}),
        ("t", {"t": T.T}),
        ("t", {"t": T.tolist()}),
        ("t", {"t": nan_in(T)}),
        ("t", {"t": None}),
        ("t", {"t": np.full((SAMPLES, 1), "cat")}),
        ("t", {"t": np.full((SAMPLES, 1), None)}),
        ("batch_size", {"batch_size": 0}),
        ("batch_size", {"batch_size": -4}),
        ("batch_size", {"batch_size": 2.5}),
        ("batch_size", {"batch_size": "4"}),
        ("batch_size", {"batch_size": True}),
    ],
)
def test_a_wrong_argument_is_refused_by_its_name(name, changed):
    given = {"x": X, "t": T, "batch_size": 4} | changed
    with pytest.raises(ValueError, match=rf"^{name}: expected .* got "):
        Trainer(mlp([3, 1]), BinaryCrossEntropy(), SGD(0.1), **given)


@pytest.mark.parametrize(
    "validation",
    [(X[:, :2], T), (X.astype(np.float32), T), (X, T[:-1]), (X, T[:, 0]), (nan_in(X), T)],
    ids=["x too narrow", "x float32", "t too short", "t flat", "x with NaN"],
)
def test_validation_data_that_do_not_fit_are_refused_before_the_first_step(validation):
    with pytest.raises(ValueError, match=r"expected .* got "):
        Trainer(mlp([3, 1]), BinaryCrossEntropy(), SGD(0.1), X, T, 4, validation=validation)


@pytest.mark.parametrize(
    "t", [np.zeros(SAMPLES), np.full(SAMPLES, 3), np.full(SAMPLES, -1), np.zeros((SAMPLES, 1), int)]
)
def test_labels_that_are_none_are_refused(t):
    with pytest.raises(ValueError, match=r"^t: expected .* got "):
        Trainer(mlp([3, 3]), SoftmaxCrossEntropy(), SGD(0.1), X, t, 4)


# Steps to look at


@pytest.mark.parametrize(
    ("last", "count"),
    [(1000, 120), (20_000, 120), (150_000, 50), (5, 10), (1, 3), (7, 3), (0, 10), (9, 2)],
)
def test_log_spaced_steps_go_from_0_to_the_last_ever_wider(last, count):
    steps = log_spaced(last, count)
    assert (steps[0], steps[-1]) == (0, last)
    assert len(steps) <= count
    assert all(type(step) is int for step in steps)
    gaps = np.diff(steps)
    assert (gaps > 0).all()
    assert len(gaps) == 0 or gaps[0] <= gaps[-1]


def test_log_spaced_steps_are_every_step_if_there_are_few():
    assert log_spaced(3, 50) == [0, 1, 2, 3]
