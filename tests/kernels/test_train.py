"""The compiled loop is held to nn_core: the same steps, the same history, the same end."""

import importlib
import random
import runpy

import numpy as np
import pytest

from kernels import plan as planning
from kernels.compiled import wait
from kernels.plan import KINDS, plan
from kernels.train import suits, train
from nn_core import (
    ACTIVATIONS,
    ELU,
    LOSSES,
    OPTIMIZERS,
    SGD,
    Activation,
    BinaryCrossEntropy,
    LeakyReLU,
    MeanSquaredError,
    SoftmaxCrossEntropy,
    StopWhen,
    Trainer,
    mlp,
    optimizer,
)
from recipes.boundaries import (
    PRESETS,
    BoundariesSettings,
    boundaries_data,
    boundaries_trainer,
)
from tests.several import around, settings_of
from tests.sweeps import sweep

USUAL = 24  # of the sampled settings are always tried


def sampled(seed, rates=(0.001, 0.01, 0.03, 0.1, 1.0, 10.0), **always):
    """A function that makes a trainer of settings drawn from this seed, the same every time."""
    rng = random.Random(seed)
    kind = always.get("optimizer") or rng.choice(list(OPTIMIZERS))
    bends = [*(kind.name for kind in KINDS), LeakyReLU(0.2), ELU(0.5)]
    loss = rng.choice(list(LOSSES.values()))(rng.choice(["mean", "mean", "sum"]))
    outputs = {BinaryCrossEntropy: 1, MeanSquaredError: rng.choice([1, 2])}.get(type(loss), 3)
    hidden = [rng.randint(1, 16) for _ in range(rng.randint(0, 4))]
    activations = [rng.choice(bends) for _ in hidden]
    dropout, lr = rng.choice([0.0, 0.0, 0.3]), rng.choice(rates)
    init = rng.choice(["glorot_uniform", "he_normal", "normal", "lecun_normal"])
    n, batch = rng.randint(5, 60), rng.choice([1, 4, 10, 1000])
    points = np.random.default_rng(seed)
    x = points.normal(size=(n, rng.randint(1, 4)))
    if isinstance(loss, SoftmaxCrossEntropy):
        t = points.integers(3, size=n)
    else:
        t = points.integers(2, size=(n, outputs)).astype(float)
    further = {
        "l1": rng.choice([0.0, 0.0, 0.01]),
        "l2": rng.choice([0.0, 0.0, 0.01]),
        "replace": rng.random() < 0.2,
        "validation": rng.choice([None, (x[:3], t[:3])]),
    }
    frames = frozenset([0, 1, 2, 7, 20, 50, 120, 199, 200])

    def make():
        net = mlp([x.shape[1], *hidden, outputs], activations, init, seed, dropout=dropout)
        return Trainer(
            net, loss, optimizer(kind, lr), x, t, batch, seed,
            record_at=frames, snapshot_at=frames, **further,
        )  # fmt: skip

    return make


def film_trainer(settings):
    return boundaries_trainer(settings, boundaries_data(settings))


def apart(ours, theirs):
    """The largest difference where theirs are finite; a share of |theirs|, where that is > 1."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    with np.errstate(all="ignore"):
        differences = np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))
    return differences[np.isfinite(theirs)].max(initial=0)


def assert_near(ours, theirs, most=1e-9):
    """Finite in the same places, and no further apart than this."""
    np.testing.assert_array_equal(np.isfinite(ours), np.isfinite(theirs))
    assert apart(ours, theirs) <= most


def assert_remembers_alike(ours, theirs, most=1e-9):
    assert ours.step_count == theirs.step_count
    assert ours.diverged_at == theirs.diverged_at
    assert list(ours.snapshots) == list(theirs.snapshots)
    assert ours.history.keys() == theirs.history.keys()
    assert ours.history["step"] == theirs.history["step"]
    assert_near(list(ours.snapshots.values()), list(theirs.snapshots.values()), most)
    for name in ours.history:
        if "accuracy" not in name:
            assert_near(ours.history[name], theirs.history[name], most)
    assert_near(ours.net.theta, theirs.net.theta, most)


def test_the_table_of_activations_is_the_loops():
    names = "identity step sigmoid tanh relu leaky_relu elu softplus silu gelu gelu_tanh"
    assert [kind.name for kind in KINDS] == names.split()
    wait()
    f_and_slope = importlib.import_module("kernels.loop").f_and_slope.py_func
    assert np.isnan(f_and_slope(len(KINDS), 0.0, 0.7)).all()


def test_an_activation_that_the_loop_does_not_know_is_nn_cores(monkeypatch):
    class Softsign(Activation):
        name = "softsign"

        def f(self, z):
            return z / (1 + abs(z))

        def derivative(self, z, a):
            return (1 - abs(a)) ** 2

    def make():
        x = np.random.default_rng(0).normal(size=(20, 2))
        t = (x[:, :1] > 0).astype(float)
        return Trainer(mlp([2, 4, 1], "softsign"), BinaryCrossEntropy(), SGD(0.5), x, t, 5)

    monkeypatch.setitem(ACTIVATIONS, "softsign", Softsign)
    anew = runpy.run_path(planning.__file__)  # as it is read where the table has one more
    monkeypatch.setitem(train.__globals__, "plan", anew["plan"])
    ours, theirs = make(), make()
    assert not suits(ours)
    assert not anew["knows"]("softsign")
    assert anew["knows"]("gelu_tanh")
    train(ours, 50)
    theirs.run(steps=50)
    np.testing.assert_array_equal(ours.net.theta, theirs.net.theta)


# Where a network has blown up, numbers of 1e7 and more are added and cancel, and where a saturated
# unit's 1 − a² meets a gradient of millions, the last digits of a are all that counts. There two
# ways of summing differ by more than 1e-9 of a small parameter, and nn_core differs as much from
# itself once its start is moved by one rounding. So a step is measured by the network's largest
# parameter, and 200 steps also by how far a nudged nn_core departs from nn_core.
ROUNDING = 2.0**-52


@sweep("seed", range(200), usual=range(USUAL))
def test_one_step_from_any_state_is_nn_cores(seed):
    make = sampled(seed)
    theirs, ours = make(), make()
    assert plan(ours) is not None
    for _ in range(200):
        state = theirs.state()
        theirs.step()
        ours.load_state(state)
        train(ours, 1)
        assert ours.diverged_at == theirs.diverged_at
        if theirs.ended:
            break
        largest = max(1, np.abs(theirs.net.theta).max())
        assert np.abs(ours.net.theta - theirs.net.theta).max() <= 1e-9 * largest


@sweep("seed", range(100), usual=range(8))
@pytest.mark.parametrize("kind", ["sgd", "nesterov", "adam"])
def test_after_200_steps_the_parameters_are_nn_cores(kind, seed):
    make = sampled(seed, rates=(0.001, 0.01, 0.03, 0.1), optimizer=kind)
    ours, theirs, nudged = make(), make(), make()
    nudged.net.theta = nudged.net.theta * (1 + ROUNDING)
    train(ours, 200)
    theirs.run(steps=200)
    nudged.run(steps=200)
    if nudged.diverged_at == theirs.diverged_at:
        assert ours.diverged_at == theirs.diverged_at
    if theirs.diverged_at is None:
        departs = apart(nudged.net.theta, theirs.net.theta)
        assert_remembers_alike(ours, theirs, max(1e-9, 100 * departs))


def test_the_default_film_is_nn_cores_to_its_end():
    ours, theirs = film_trainer(BoundariesSettings()), film_trainer(BoundariesSettings())
    train(ours, 20_000)
    theirs.run(steps=20_000)
    assert_remembers_alike(ours, theirs)


LOST = [
    BoundariesSettings(lr=100.0, activation="relu", loss="squared_error", init="he_normal"),
    BoundariesSettings(lr=100.0, activation="identity", loss="squared_error", optimizer="momentum"),
    BoundariesSettings(lr=30.0, activation="relu", loss="squared_error", batch=1, hidden=8),
]


@pytest.mark.parametrize("settings", LOST)
def test_training_diverges_at_nn_cores_step(settings):
    ours, theirs = film_trainer(settings), film_trainer(settings)
    train(ours, 5000)
    theirs.run(steps=5000)
    assert theirs.diverged_at is not None
    assert ours.diverged_at == ours.step_count == theirs.diverged_at
    assert list(ours.snapshots) == list(theirs.snapshots)
    assert ours.history["step"] == theirs.history["step"]


def test_a_recorded_number_that_overflows_is_divergence_too():
    def make():
        net = mlp([1, 1], init="zeros")
        net.theta = [1e100, 0.0]
        x, t = np.array([[1e100]]), np.array([[0.0]])  # (z − t)² overflows at once
        return Trainer(net, MeanSquaredError(), SGD(1e-300), x, t, 1, record_at={3, 5})

    ours, theirs = make(), make()
    train(ours, 9)
    theirs.run(steps=9)
    assert ours.diverged_at == theirs.diverged_at
    assert ours.step_count == theirs.step_count
    assert ours.history["step"] == theirs.history["step"] == []


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_pieces_the_numbers_are_the_same(seed):
    make = sampled(seed)
    whole, pieces = make(), make()
    train(whole, 150)
    for steps in (1, 2, 40, 7, 100):
        train(pieces, steps)
    assert pieces.history == whole.history
    for name, array in whole.state().items():
        if name != "last_step":
            np.testing.assert_array_equal(pieces.state()[name], array)


def test_it_goes_on_from_nn_core_and_nn_core_from_it():
    ours, theirs = film_trainer(BoundariesSettings()), film_trainer(BoundariesSettings())
    for steps in (50, 100):
        train(ours, steps)
        ours.run(steps=25)
    theirs.run(steps=200)
    assert_remembers_alike(ours, theirs)


def test_the_study_notes_xor_ends_as_they_print_it():
    """Notebook C's 150,000 steps and its own figures."""
    x, t = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    net, loss = mlp([2, 2, 1], "sigmoid", "notebook_c"), BinaryCrossEntropy()
    trainer = Trainer(net, loss, SGD(0.1), x, t, 4, record_at=frozenset([0, 149_900]))
    train(trainer, 150_000)
    expected = [0.770718622225264, 0.3470067255462489]
    np.testing.assert_allclose(trainer.history["loss"], expected, rtol=1e-12)
    printed = [6.21620551e-04, 4.99846111e-01, 9.99591612e-01, 5.00196568e-01]
    np.testing.assert_allclose(loss.output(net.predict(x))[:, 0], printed, rtol=5e-9)


def test_what_the_loop_cannot_do_nn_core_does():
    def make(**changes):
        net = mlp([2, 3, 1], dtype=changes.pop("dtype", np.float64))
        x, t = np.ones((4, 2), net.dtype), np.ones((4, 1))
        return Trainer(net, BinaryCrossEntropy(), SGD(0.1), x, t, 2, **changes)

    assert plan(make()) is not None
    for changes in ({"dtype": np.float32}, {"keep_batch_loss": True}, {"stop": StopWhen(0.5)}):
        ours, theirs = make(**changes), make(**changes)
        assert plan(ours) is None
        train(ours, 10)
        theirs.run(steps=10)
        np.testing.assert_array_equal(ours.net.theta, theirs.net.theta)


@pytest.mark.parametrize(
    ("settings", "loops"),
    [
        ({"hidden": 16, "layers": 6}, True),
        ({"hidden": 16, "batch": 100}, True),
        ({"hidden": 16, "batch": 1000}, False),  # 200 points: the tie that nn_core wins
        ({"hidden": 8, "batch": 1000}, True),
        ({"hidden": 16, "batch": 1000, "activation": "relu"}, True),
        ({"hidden": 16, "batch": 1000, "points": 1000, "activation": "relu"}, False),
        ({"hidden": 16, "batch": 1000, "points": 1000, "activation": "gelu"}, True),
        ({"widths": "16 gelu, 16 tanh", "batch": 1000}, False),  # one that nn_core is quick at
        ({"widths": "16 gelu, 16", "batch": 1000, "activation": "relu"}, True),
    ],
)
def test_large_layers_in_large_batches_are_nn_cores(settings, loops):
    trainer = film_trainer(BoundariesSettings(**settings))
    assert suits(trainer) is loops
    other = film_trainer(BoundariesSettings(**settings))
    train(trainer, 3)
    other.run(steps=3)
    assert_remembers_alike(trainer, other)


@pytest.mark.parametrize("classes", [3, 10])
@pytest.mark.parametrize("changed", [{}, {"optimizer": "adam", "activation": "relu", "lr": 0.01}])
def test_a_film_of_several_classes_is_nn_cores(classes, changed):
    settings = settings_of(around(classes), **changed)
    ours, theirs = film_trainer(settings), film_trainer(settings)
    assert plan(ours) is not None
    train(ours, 1)
    theirs.run(steps=1)
    assert_remembers_alike(ours, theirs)
    train(ours, 99)
    theirs.run(steps=99)
    assert_remembers_alike(ours, theirs)


@pytest.mark.parametrize("name", ["Two can, sometimes", "Dead ReLUs", "Spiral, deep"])
def test_presets_are_the_loops(name):
    assert plan(film_trainer(PRESETS[name].settings)) is not None
