"""Weights from elsewhere are a run that has not trained: read as their own library reads them."""

import io
import warnings

import numpy as np
import pytest
from safetensors.numpy import save
from sklearn.neural_network import MLPClassifier

from datasets.digits import bundled_digits
from nn_core import mlp
from recipes.mnist import MnistSettings
from runs.answers import answers_of, moment_of, net_at, unseen_by
from runs.began import Began
from runs.brought import Brought
from runs.opened import activations_of, opened_weights, with_activation
from runs.registry import Registry
from runs.run import State, TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.saved_runs import npz, refused

DIGITS = bundled_digits()
OURS = {"relu": "relu", "tanh": "tanh", "logistic": "sigmoid"}


@pytest.fixture(
    scope="module",
    params=[
        "relu",
        *(pytest.param(name, marks=pytest.mark.sweep) for name in ("tanh", "logistic")),
    ],
)
def theirs(request):
    """A network that scikit-learn trained."""
    net = MLPClassifier(
        (20, 20), request.param, max_iter=12, random_state=0, learning_rate_init=0.01
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return net.fit(DIGITS.x_train, DIGITS.t_train)


def files_of(net):
    pairs = list(zip(net.coefs_, net.intercepts_, strict=True))
    torch = {f"{2 * k}.{part}": np.ascontiguousarray(a) for k, (W, b) in enumerate(pairs)
             for part, a in (("weight", W.T), ("bias", b))}  # fmt: skip
    keras = {f"arr_{k}": a for k, a in enumerate(a for pair in pairs for a in pair)}
    return {"net.safetensors": save(torch), "torch.npz": npz(torch), "keras.npz": npz(keras)}


@pytest.fixture
def registry(tmp_path):
    return Registry(Workers(1), Store(tmp_path / "runs"), brought=Brought(tmp_path / "data"))


def test_it_reads_what_it_read_there_with_the_activation_that_it_had(theirs, registry):
    said = theirs.predict(DIGITS.x_test)
    for name, content in files_of(theirs).items():
        saved = opened_weights(name, io.BytesIO(content), MnistSettings(lr=0.01), DIGITS)
        assert saved.settings.activation == OURS[theirs.activation]
        assert (saved.settings.hidden, saved.settings.layers, saved.settings.lr) == (20, 2, 0.01)
        assert saved.began == Began(file=name)
        assert saved.state["history_val_accuracy"] == pytest.approx(
            [(said == DIGITS.t_test).mean()]
        )
        run = registry.opened(saved, DIGITS)
        assert isinstance(run, TrainingRun)
        assert run.state is State.PAUSED
        moment = moment_of(run, -1)
        answers = answers_of(run, moment, unseen_by(run, DIGITS))
        np.testing.assert_array_equal(answers.said, said)
    shares = activations_of(run)
    assert max(shares, key=shares.get) == OURS[theirs.activation]
    assert shares[OURS[theirs.activation]] == pytest.approx((said == DIGITS.t_test).mean())


def test_another_activation_is_another_run_of_the_same_weights_which_trains_on(theirs, registry):
    name, content = next(iter(files_of(theirs).items()))
    recipe = MnistSettings(epochs=1, stop_at="90%")
    run = registry.opened(opened_weights(name, io.BytesIO(content), recipe, DIGITS), DIGITS)
    saved, digits = with_activation(run, "gelu")
    other = registry.opened(saved, digits)
    assert isinstance(other, TrainingRun)
    assert other.id != run.id
    assert other.settings.activation == "gelu"
    np.testing.assert_array_equal(other.saved().theta, run.saved().theta)
    assert other.saved().state["history_val_accuracy"][0] == pytest.approx(
        activations_of(run)["gelu"]
    )
    other.one_batch()
    found = registry.find(other.id, DIGITS)
    assert (found.look().step, found.began) == (1, Began(file=name))


def test_layers_of_different_sizes_train_on_and_are_found_again(registry):
    net = mlp([64, 12, 7, 10], "relu", "he_normal", 3, np.float32)
    arrays = [array for layer in net.dense for array in (layer.W, layer.b)]
    content = npz({f"arr_{k}": array for k, array in enumerate(arrays)})
    saved = opened_weights("keras.npz", io.BytesIO(content), MnistSettings(epochs=1), DIGITS)
    run = registry.opened(saved, DIGITS)
    assert run.settings.units() == [12, 7]
    np.testing.assert_array_equal(run.look().theta, net.theta)
    run.one_batch()
    again = Registry(Workers(1), registry.store, brought=registry.brought).find(run.id, DIGITS)
    assert (again.look().step, again.look().sizes) == (1, [64, 12, 7, 10])
    np.testing.assert_array_equal(again.look().theta, run.look().theta)
    said = net_at(again, moment_of(again, 0)).predict(DIGITS.x_test).argmax(axis=1)
    assert (said == net.predict(DIGITS.x_test).argmax(axis=1)).mean() > 0.9  # rounded weights


def test_weights_beyond_all_numbers_are_one_sentence_and_nothing_is_kept(registry):
    huge = npz({"a": np.full((64, 5), 3e38), "b": np.zeros(5), "c": np.full((5, 10), 3e38),
                "d": np.zeros(10)})  # fmt: skip
    said = refused(opened_weights, "huge.npz", io.BytesIO(huge), MnistSettings(), DIGITS)
    assert "so large that its answers are no longer numbers" in said
    assert not registry.store.folder.exists()
