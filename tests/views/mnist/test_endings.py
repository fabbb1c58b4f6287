"""How a run on digits ended, in words, each sentence held to a finding of its own.

The bundled digits are small enough to train on here; MNIST itself is in the sweep.
"""

import re
from dataclasses import asdict, replace
from itertools import pairwise

import numpy as np
import pytest

from datasets.digits import bundled_digits
from nn_core import ACTIVATIONS
from recipes.mnist import MnistSettings as M, mnist_net, mnist_trainer
from runs.run import TrainingRun
from runs.store import Store
from runs.workers import Workers
from tests.endings import NUMBER, near
from tests.sweeps import sweep
from tests.words import as_sentence
from views.mnist.training import Settings, caption, numbers, try_this

GOOD = M(init="glorot_uniform", lr=0.3, drawing="shuffled", batch=32, activation="relu", epochs=10)
FEW_SEEN = replace(GOOD, images=100, init="normal × 0.1", epochs=100)
SMALL = replace(GOOD, images=100, epochs=3)

# What a caption has to say, of which settings, "bundled" or "mnist".
ENDINGS = {
    "": [GOOD, replace(GOOD, activation="tanh", seed=1)],
    "one digit": [M(layers=3, epochs=5), M(init="zeros", activation="tanh", epochs=5),
                  M(layers=2, epochs=5, seed=2)],
    "vanishing": [M(layers=3, epochs=5), M(layers=3, epochs=5, seed=1), M(layers=2, epochs=5)],
    "dead": [M(activation="relu", lr=3.0, epochs=5), M(activation="relu", lr=3.0, epochs=5, seed=1),
             M(activation="relu", lr=10.0, epochs=3, init="he_normal", layers=2)],
    "copies": [M(init="zeros", epochs=5), M(init="zeros", epochs=5, layers=2, hidden=9),
               M(init="zeros", activation="softplus", epochs=5)],
    "zeros": [M(init="zeros", activation="tanh", epochs=3),
              M(init="zeros", activation="relu", epochs=3)],
    "step": [M(activation="step", epochs=3), M(activation="step", epochs=3, layers=2, seed=4)],
    "too strong": [replace(GOOD, l2=0.1), replace(GOOD, l1=0.1),
                   replace(GOOD, l2=0.1, l1=0.03, seed=3)],
    "too long": [M(lr=30.0, epochs=10, init="glorot_uniform"),
                 replace(GOOD, activation="sigmoid", lr=30.0)],
    "slow": [replace(GOOD, lr=0.0003), replace(GOOD, lr=0.0001, epochs=5, seed=2)],
    "few steps": [replace(GOOD, batch=1000, images=1000, lr=0.1, init="he_normal")],
    "by heart|apart": [FEW_SEEN, replace(FEW_SEEN, seed=2),
                       replace(FEW_SEEN, images=5)],
    "diverged": [M(activation="identity", lr=30.0, epochs=5)],
}  # fmt: skip
CASES = [(ending, settings) for ending, several in ENDINGS.items() for settings in several]
USUAL = [(ending, several[0]) for ending, several in ENDINGS.items()]
REASONS = {"vanishing", "dead", "copies", "zeros", "step", "too strong", "too long", "slow",
           "few steps", "by heart", "apart"}  # fmt: skip


class Run:
    """A run at its end, and its numbers worked out anew."""

    def __init__(self, settings, digits, folder, stop_at=None):
        self.settings, self.digits = settings, digits
        run = TrainingRun(settings, digits, Workers(0), Store(folder))
        steps = stop_at or settings.epochs * run.trainer.steps_per_epoch
        run.trainer.run(steps=steps)
        run._progress = run._progress_in(run._state_at_rest())
        if stop_at:
            run.stop()
        self.theta, self.history = run.look().theta, run.look().history
        self.sizes = run.trainer.net.sizes
        self.x, self.t = run.trainer.x, run.trainer.t
        look = numbers(Settings(**asdict(settings)), run)._replace(point="")
        tried = as_sentence(try_this(Settings(**asdict(settings)), look))
        self.said, self.brief = f"{caption(look)} {tried}", caption(look, True)

    def layers(self, theta):
        at = 0
        for n_in, n_out in pairwise(self.sizes):
            W, b = theta[at : at + n_in * n_out], theta[at + n_in * n_out : at + (n_in + 1) * n_out]
            yield W.reshape(n_in, n_out), b
            at += (n_in + 1) * n_out

    def answers(self, theta, x):
        """What each layer answers, the last its sums."""
        out, (*hidden, (W, b)) = [], self.layers(theta)
        for W1, b1 in hidden:
            x = ACTIVATIONS[self.settings.activation]().f(x @ W1 + b1)
            out.append(x)
        return [*out, x @ W + b]

    def loss(self, theta, x, t):
        z = self.answers(theta.astype(np.float64), x)[-1]
        return float((np.logaddexp.reduce(z, axis=1) - z[np.arange(len(t)), t]).mean())

    def tested(self):
        return self.digits.x_test, self.digits.t_test

    def reads(self, theta):
        return self.answers(theta, self.digits.x_test)[-1].argmax(axis=1)

    def right(self, theta=None):
        theta = self.theta if theta is None else theta
        return float((self.reads(theta) == self.digits.t_test).mean())

    def first_batches(self, count, **changed):
        trainer = mnist_trainer(replace(self.settings, **changed), self.digits)
        trainer.run(steps=count)
        return self.__class__.right(_with(self, changed), trainer.net.theta)


def _with(run, changed):
    """The same run, whose answers are of other settings."""
    other = object.__new__(Run)
    other.__dict__ = run.__dict__ | {"settings": replace(run.settings, **changed)}
    return other


def changed_in(text):
    labels = {s.label.lower(): name for name, s in M.allowed().items()}
    out = {}
    for label, said in re.findall(r"\*([^*]+)\* (.+?)(?= and \*|$)", text):
        said = re.sub(r".*\((.+)\)$", r"\1", said)  # plain words have the name behind them
        default = getattr(M(), labels[label.lower()])
        out[labels[label.lower()]] = said if isinstance(default, str) else type(default)(said)
    return out


def lost_on_the_way(run, said):
    """The slope of the loss along the first and the last layer's gradient, by differences."""
    x, t = run.x[:1000].astype(np.float64), run.t[:1000]
    theta = run.theta.astype(np.float64)
    rng, ratios = np.random.default_rng(0), []
    sizes = [W.size + b.size for W, b in run.layers(theta)]
    for begin, size in ((0, sizes[0]), (len(theta) - sizes[-1], sizes[-1])):
        squares = []
        for _ in range(60):  # E |slope along a random direction|² is |gradient|²
            way = np.zeros_like(theta)
            way[begin : begin + size] = rng.standard_normal(size)
            up, down = (run.loss(theta + h * way, x, t) for h in (1e-3, -1e-3))
            squares.append(((up - down) / 2e-3) ** 2)
        ratios.append(np.sqrt(np.mean(squares)))
    return ratios[0] < 0.1 * ratios[1]


def diverges_at(run):
    trainer = mnist_trainer(run.settings, run.digits)
    trainer.run(epochs=run.settings.epochs)
    return trainer.diverged_at


CLAIMS = {
    "share": (r"It reads \*\*([\d.]+)%\*\* of the test digits",
              lambda run, said: abs(100 * run.right() - float(said[1])) < 0.06),
    "one digit": (r"it calls (every one|[\d.]+% of them) an? (\d)",
                  lambda run, said: (run.reads(run.theta) == int(said[2])).mean() > 0.989
                  and (said[1] != "every one" or len(set(run.reads(run.theta))) == 1)),
    "vanishing": (r"\*vanishing gradient\*", lost_on_the_way),
    "some dead": (r"(\d+) of \d+ hidden units are \*dead\*: 0 at all training digits",
                  lambda run, said: int(said[1]) == sum(
                      (a == 0).all(axis=0).sum() for a in run.answers(run.theta, run.x)[:-1])),
    "dead": (r"(all (\d+)|(\d+) of (\d+)) units of a hidden layer are \*dead\*",
             lambda run, said: any(
                 (a == 0).all(axis=0).sum() == int(said[2] or said[3])
                 for a in run.answers(run.theta, run.x)[:-1])),
    "copies": (r"\*copies\* of one",
               lambda run, said: any(
                   np.ptp(a, axis=1).max() <= 0.03 * max(np.ptp(a.mean(axis=1)), 1e-4)
                   for a in run.answers(run.theta, run.x[:500])[:-1])),
    "zeros": (r"[Aa]ll weights began at 0 and stay there",
              lambda run, said: not any(W.any() for W, _ in run.layers(run.theta))),
    "step": (r"\*step\* has slope 0",
             lambda run, said: run.settings.activation == "step" and np.array_equal(
                 next(run.layers(run.theta))[0], mnist_net(run.settings, run.sizes[0]).dense[0].W)),
    "too strong": (r"\*too strong\*", lambda run, said: bool(run.settings.l1 or run.settings.l2) and
                   run.first_batches(200, l1=0.0, l2=0.0) > run.right()),
    "too long": (r"steps are \*too long\*", lambda run, said: any(
        run.first_batches(200, lr=lr) > run.right() for lr in (0.03, 0.1, 0.3, 1.0, 3.0))),
    "slow": (r"\*slow\*, not stuck", lambda run, said: bool(
        (np.diff(run.history["loss"]) < 0).all())),
    "few steps": (r"one step an epoch, and ([\d,]+) are \*too few\*",
                  lambda run, said: run.settings.batch >= len(run.x)
                  and int(said[1].replace(",", "")) == run.settings.epochs),
    "by heart": (rf"lowest at step (\S+) \(\*\*{NUMBER}\*\*\) and has risen to \*\*{NUMBER}\*\*",
                 lambda run, said: near(said[2], min(run.history["val_loss"]))
                 and near(said[3], run.loss(run.theta, *run.tested()), 0.01)),
    "apart": (rf"own digits it gets \*\*{NUMBER}%\*\* right, of unseen ones \*\*{NUMBER}%\*\*",
              lambda run, said: near(said[2], 100 * run.right(), 0.06)),
    "worse": (r"\*larger than at the start\*", lambda run, said:
              run.loss(run.theta, run.x, run.t) > run.history["loss"][0]),
    "hardly": (r"\*hardly moved\*", lambda run, said:
               abs(run.loss(run.theta, run.x, run.t) / run.history["loss"][0] - 1) < 0.11),
    "diverged": (r"After step ([\d,]+) the numbers left", lambda run, said:
                 diverges_at(run) == int(said[1].replace(",", ""))),
    "remedy": (r"Try (.+?): here that read \*\*([\d.]+)%\*\* of the test digits after (\d+) b",
               lambda run, said: abs(100 * run.first_batches(int(said[3]), **changed_in(said[1]))
                                     - float(said[2])) < 0.06),
}  # fmt: skip


def claims(said):
    found = {name: re.search(pattern, said, re.IGNORECASE) for name, (pattern, _) in CLAIMS.items()}
    return {name: match for name, match in found.items() if match}


def hold(ending, run):
    """The run says what it has to, and nothing that is not so."""
    found = claims(run.said)
    assert not ending or found.keys() & set(ending.split("|")), run.said
    assert len(found.keys() & REASONS) <= (1 if ending else 0), run.said
    refuted = [name for name, match in found.items() if not CLAIMS[name][1](run, match)]
    assert refuted == [], run.said
    assert len(run.brief) <= len(run.said)


@pytest.fixture(scope="module")
def bundled():
    return bundled_digits()


@sweep("ending, settings", CASES, USUAL)
def test_an_ending_is_called_what_it_is(bundled, tmp_path, ending, settings):
    hold(ending, Run(settings, bundled, tmp_path))


ON_MNIST = [
    ("vanishing", M(layers=3, epochs=1, images=10_000)),
    ("dead", M(activation="relu", lr=3.0, epochs=1, images=10_000)),
    ("too strong", M(l2=0.1, epochs=1, images=10_000)),
    ("too long", M(lr=30.0, epochs=2, images=10_000)),
    ("slow", M(lr=0.001, epochs=2, images=10_000)),
    ("copies", M(init="zeros", epochs=2, images=10_000)),
    ("by heart|apart", M(images=1000, init="normal × 0.1", activation="relu", epochs=60, lr=0.3)),
    ("by heart|apart", M(images=1000, init="he_normal", activation="relu", optimizer="adam",
                         lr=0.003, epochs=60)),
]  # fmt: skip


@sweep("ending, settings", ON_MNIST, ON_MNIST[:1])
def test_of_mnist_too(mnist, tmp_path, ending, settings):
    hold(ending, Run(settings, mnist, tmp_path))


def test_a_run_that_was_stopped_between_two_counts_is_counted_anew(bundled, tmp_path):
    run = Run(replace(GOOD, epochs=3), bundled, tmp_path, stop_at=40)
    assert f"It reads **{run.right():.1%}** of the test digits right (counted now" in run.said
    assert run.right() > run.history["val_accuracy"][-1] + 0.3


def any_settings(seed):
    rng = np.random.default_rng(seed)
    pick = lambda *several: several[rng.integers(len(several))]  # noqa: E731
    return M(
        lr=pick(*M.allowed()["lr"].values), hidden=pick(1, 5, 20, 50, 100), layers=pick(1, 1, 2, 3),
        activation=pick(*ACTIVATIONS), init=pick(*M.allowed()["init"].values),
        epochs=pick(1, 3, 10, 40),
        optimizer=pick("sgd", *M.allowed()["optimizer"].values), batch=pick(10, 100, 1000),
        drawing=pick("with replacement", "shuffled"), images=pick(5, 100, 1000, 10_000),
        seed=pick(0, 1),
        l1=pick(0.0, 0.0, 0.0, 0.01, 0.1), l2=pick(0.0, 0.0, 0.0, 0.01, 0.1),
        dropout=pick(0.0, 0.0, 0.3, 0.8),
    )  # fmt: skip


@sweep("seed", range(60), range(2))
def test_of_any_settings_nothing_is_said_that_is_not_so(bundled, tmp_path, seed):
    run = Run(any_settings(seed), bundled, tmp_path)
    found = claims(run.said)
    refuted = [name for name, match in found.items() if not CLAIMS[name][1](run, match)]
    assert refuted == [], (run.settings, run.said)
