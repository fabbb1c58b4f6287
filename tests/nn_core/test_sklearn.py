"""The whole beside scikit-learn's MLPClassifier: the same weights in, the same numbers out."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from nn_core import SGD, Adam, BinaryCrossEntropy, SoftmaxCrossEntropy, Trainer, mlp

SAMPLES, INPUTS, LR = 30, 4, 0.3
ACTIVATIONS = {"logistic": "sigmoid", "tanh": "tanh", "relu": "relu"}
CLOSE = {"rtol": 0, "atol": 1e-6}

every_network = pytest.mark.parametrize(
    ("hidden", "activation", "classes"),
    [
        (hidden, activation, classes)
        for hidden in ([5], [5, 3], [6, 5, 4])
        for activation in ACTIVATIONS
        for classes in (2, 3)
    ],
)
unfinished = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


class Pair:
    """The same network twice, ours and scikit-learn's, and the same data for both."""

    def __init__(self, hidden, activation, classes, **settings):
        rng = np.random.default_rng(len(hidden))
        self.x, self.labels = (
            rng.normal(size=(SAMPLES, INPUTS)),
            rng.integers(classes, size=SAMPLES),
        )
        self.binary = classes == 2
        self.loss = BinaryCrossEntropy() if self.binary else SoftmaxCrossEntropy()
        self.t = self.labels[:, None].astype(float) if self.binary else self.labels
        self.net = mlp([INPUTS, *hidden, 1 if self.binary else classes], ACTIVATIONS[activation])
        self.net.theta = 0.7 * rng.normal(size=self.net.theta.size)
        settings = {"solver": "sgd", "momentum": 0, "alpha": 0, "random_state": 0} | settings
        self.theirs = MLPClassifier(
            hidden, activation=activation, learning_rate_init=LR, batch_size=SAMPLES, **settings
        )
        self.theirs.partial_fit(self.x, self.labels, classes=range(classes))
        self.theirs.coefs_ = [layer.W.copy() for layer in self.net.dense]
        self.theirs.intercepts_ = [layer.b.copy() for layer in self.net.dense]

    def train(self, optimizer, steps=1, **options):
        """Full-batch steps of ours."""
        trainer = Trainer(self.net, self.loss, optimizer, self.x, self.t, SAMPLES, **options)
        trainer.run(steps=steps)

    def assert_same_weights(self):
        for layer, W, b in zip(
            self.net.dense, self.theirs.coefs_, self.theirs.intercepts_, strict=True
        ):
            np.testing.assert_allclose(layer.W, W, **CLOSE)
            np.testing.assert_allclose(layer.b, b, **CLOSE)


@every_network
def test_the_same_weights_give_the_same_probabilities_and_classes(hidden, activation, classes):
    pair = Pair(hidden, activation, classes)
    z = pair.net.predict(pair.x)
    theirs = pair.theirs.predict_proba(pair.x)
    np.testing.assert_allclose(
        pair.loss.output(z), theirs[:, 1:] if pair.binary else theirs, **CLOSE
    )
    np.testing.assert_array_equal(pair.loss.classes(z), pair.theirs.predict(pair.x))
    assert pair.loss.accuracy(z, pair.t) == pair.theirs.score(pair.x, pair.labels)


@every_network
def test_one_step_of_gradient_descent_arrives_at_the_same_weights(hidden, activation, classes):
    pair = Pair(hidden, activation, classes)
    loss, start = pair.loss.value(pair.net.predict(pair.x), pair.t), pair.net.theta.copy()
    pair.theirs.partial_fit(pair.x, pair.labels)
    pair.train(SGD(LR))
    pair.assert_same_weights()
    assert pair.theirs.loss_ == pytest.approx(loss, rel=1e-9)
    assert abs(pair.net.theta - start).max() > 1e-3


@pytest.mark.parametrize("classes", [2, 3])
def test_one_step_with_l2_arrives_at_the_same_weights(classes):
    alpha = 3.0  # theirs counts ½ α ΣW² for all samples together
    pair = Pair([5, 3], "tanh", classes, alpha=alpha)
    pair.theirs.partial_fit(pair.x, pair.labels)
    pair.train(SGD(LR), l2=alpha / (2 * SAMPLES))
    pair.assert_same_weights()


@unfinished
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize(
    ("settings", "make"),
    [
        ({}, lambda: SGD(LR)),
        ({"momentum": 0.9, "nesterovs_momentum": False}, lambda: SGD(LR, 0.9)),
        ({"momentum": 0.9, "nesterovs_momentum": True}, lambda: SGD(LR, 0.9, nesterov=True)),
        ({"solver": "adam", "epsilon": 1e-12}, lambda: Adam(LR, epsilon=1e-12)),
    ],
    ids=["sgd", "momentum", "nesterov", "adam"],
)
def test_twenty_steps_arrive_at_the_same_weights(settings, make, classes):
    pair = Pair([5], "tanh", classes, warm_start=True, max_iter=20, tol=0, **settings)
    pair.theirs.fit(pair.x, pair.labels)  # with a fresh optimizer, from the weights it has
    pair.train(make(), steps=20)
    assert pair.theirs.n_iter_ == 20
    pair.assert_same_weights()
