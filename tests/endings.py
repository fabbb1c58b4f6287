"""Holds each sentence of a film's caption to a finding of its own: nothing of the judge is used.

Losses and answers are worked out anew from the film's parameters, by formulas restated here; what
more steps, other settings or other starts come to is trained anew; the best that one weighted sum
can do is scikit-learn's, and a way down from an end SciPy's.
"""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from datasets.plane import features
from kernels import train
from nn_core import ACTIVATIONS
from recipes.boundaries import (
    BoundariesSettings,
    boundaries_data,
    boundaries_net,
    boundaries_trainer,
)

NUMBER = r"(−?[\d.,]+(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
BENDS = {
    "identity": lambda z: z,
    "step": lambda z: (z > 0).astype(float),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
}
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value(text):
    """A number as a caption writes it, and how far off its rounding may be."""
    mantissa, _, power = text.replace("−", "-").replace(",", "").partition(" × 10")
    scale = 10.0 ** int(power.translate(LOWERED) or 0) if power else 1.0
    number = float(mantissa) * scale
    return number, max(0.006 * abs(number), 1e-12)


def near(text, expected, more=0.0):
    """Whether a number of the caption is this one, to its three digits."""
    said, off = value(text)
    return abs(said - expected) <= off + more


class Film:
    """A film's numbers, worked out anew from its settings and its parameters."""

    def __init__(self, settings, whole):
        self.settings, self.film = settings, whole.film
        data = boundaries_data(settings)
        self.x, self.t = features(data.x_train, settings.inputs), data.t_train
        self.x_test, self.t_test = features(data.x_test, settings.inputs), data.t_test
        self.classes, self.diverged_at = data.classes, whole.film.diverged_at
        self.first = boundaries_net(settings).theta
        self.last = self.trained()[2]  # a film's own are rounded
        self.steps = self.film.steps

    def layers(self, theta):
        """W and b of each layer."""
        at, out = 0, []
        for n_in, n_out in pairwise(self.film.sizes):
            out.append((theta[at : at + n_in * n_out].reshape(n_in, n_out),
                        theta[at + n_in * n_out : at + (n_in + 1) * n_out]))  # fmt: skip
            at += (n_in + 1) * n_out
        return out

    def hidden(self, theta, x):
        """What each hidden layer answers, and the last sum."""
        answers = []
        with np.errstate(all="ignore"):
            for (W, b), name in zip(
                self.layers(theta), [*self.film.activations, None], strict=True
            ):
                x = x @ W + b
                if name:
                    x = BENDS.get(name, ACTIVATIONS[name]().f)(x)
                answers.append(x)
        return answers[:-1], answers[-1]

    def loss(self, theta, x=None, t=None):
        """How wrong it is, by the formula."""
        x, t = (self.x, self.t) if x is None else (x, t)
        z = self.hidden(theta, x)[1]
        if self.settings.loss == "squared_error":
            return float(((z - t) ** 2).mean())
        return float((np.logaddexp(0, z) - t * z).mean())

    def unseen_loss(self, theta):
        return self.loss(theta, self.x_test, self.t_test)

    def right(self, theta, x, t):
        """Which answers are right."""
        cut = 0.5 if self.settings.loss == "squared_error" else 0.0
        return (self.hidden(theta, x)[1] > cut) == (t > 0.5)

    def frame(self, step):
        """The parameters after that step."""
        return self.film.thetas[self.steps.tolist().index(step)].astype(np.float64)

    def penalised(self, theta):
        """The loss with its penalties."""
        W = np.concatenate([W.ravel() for W, _ in self.layers(theta)])
        return self.loss(theta) + self.settings.l1 * abs(W).sum() + self.settings.l2 * (W**2).sum()

    def way_down(self):
        """The lowest loss that a quasi-Newton descent from the end finds."""
        with np.errstate(all="ignore"):
            found = minimize(self.penalised, self.last, method="L-BFGS-B", options={"maxiter": 300})
        return self.loss(found.x)

    def trained(self, steps=None, **changed):
        """Loss, accuracy and parameters of a training with these settings changed."""
        settings = replace(self.settings, **changed)
        trainer = boundaries_trainer(settings, boundaries_data(settings))
        steps = steps or settings.epochs * trainer.steps_per_epoch
        trainer.record_at = trainer.snapshot_at = frozenset([steps])
        train(trainer, steps)
        if trainer.diverged_at is not None:
            return np.inf, 0.0, trainer.net.theta
        return trainer.history["loss"][-1], trainer.history["accuracy"][-1], trainer.net.theta

    def best_sum(self):
        """The lowest loss of one weighted sum of the inputs."""
        if self.settings.loss == "squared_error":
            ones = np.hstack([self.x, np.ones((len(self.x), 1))])
            w = np.linalg.lstsq(ones, self.t, rcond=None)[0]
            return float(((ones @ w - self.t) ** 2).mean())
        fit = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000)
        fit.fit(self.x, self.t[:, 0].astype(int))
        z = self.x @ fit.coef_.T + fit.intercept_
        return float((np.logaddexp(0, z) - self.t * z).mean())


NAMED = r"\*([^*]+)\* (?:[^*:]*?\(([^)]+)\)|([^\s:,]+))"  # a setting, and its value


def changed(text):
    """The settings that a caption names: *learning rate* 0.3 and *L2* 0.

    What is said in plain words has its name behind it: *starting weights* all zero (zeros).
    """
    labels = {s.label.lower(): name for name, s in BoundariesSettings.allowed().items()}
    out = {}
    for label, name, word in re.findall(NAMED, text):
        name, said = labels[label.lower()], name or word
        default = getattr(BoundariesSettings(), name)
        out[name] = said if isinstance(default, str) else type(default)(said)
    if out.keys() & {"hidden", "layers"}:
        out["widths"] = ""
    return out


# A claim is a pattern, and what must be so if a caption says it: a check (film, match) -> bool.
CLAIMS = {}


def claim(name, pattern):
    def keep(check):
        CLAIMS[name] = (re.compile(pattern), check)
        return check

    return keep


@claim("worse", rf"larger than at the start\* \(\*\*{NUMBER}\*\*\)")
def _(film, said):
    return near(said[1], film.loss(film.first)) and film.loss(film.last) > film.loss(film.first)


@claim("risen", rf"\*risen\* again \(half way, at step ([\d,]+), it was \*\*{NUMBER}\*\*\)")
def _(film, said):
    then = film.loss(film.frame(int(said[1].replace(",", ""))))
    return near(said[2], then) and film.loss(film.last) > 1.019 * then


@claim("falling", rf"\*still falling\* \(half way, at step ([\d,]+), it was \*\*{NUMBER}\*\*\)")
def _(film, said):
    then = film.loss(film.frame(int(said[1].replace(",", ""))))
    steps = int(film.steps[-1])
    return (
        near(said[2], then)
        and film.loss(film.last) < 0.981 * then
        and film.trained(steps=steps + steps // 10 + 1)[0] < 1.001 * film.loss(film.last)
    )


@claim("jumps", rf"\*jumps\*, since half way up to \*\*{NUMBER}\*\* and down to \*\*{NUMBER}\*\*")
def _(film, said):
    later = [film.loss(f.astype(float)) for s, f in zip(film.steps, film.film.thetas, strict=True)
             if s >= film.steps[-1] * 0.48]  # fmt: skip
    ups = np.diff(later) > 0
    return (
        any(near(said[1], one, 1e-3 * one) for one in later)
        and any(near(said[2], one, 1e-3 * one) for one in later)
        and ups.sum() >= 2
    )


@claim("hardly", rf"\*hardly moved\* \(it began at \*\*{NUMBER}\*\*\)")
def _(film, said):
    first, losses = film.loss(film.first), [film.loss(f.astype(float)) for f in film.film.thetas]
    return near(said[1], first) and min(losses) > 0.85 * first and max(losses) < 1.15 * first


@claim("level", r"second half of the steps changed the loss by less than 2%")
def _(film, said):
    middle = int(np.abs(film.steps - film.steps[-1] / 2).argmin())
    then = film.loss(film.film.thetas[middle].astype(float))
    return abs(film.loss(film.last) - then) < 0.021 * then


@claim("stuck", r"\*stuck\*: ([\d,]+) steps more")
def _(film, said):
    now = film.loss(film.last)
    further = int(film.steps[-1]) + int(said[1].replace(",", ""))
    return film.way_down() > 0.9 * now and film.trained(steps=further)[0] > 0.94 * now


@claim("slow", r"\*slow\*, not stuck")
def _(film, said):
    return film.way_down() < 0.95 * film.loss(film.last)


@claim("best", r"\*the best\*, within 1%")
def _(film, said):
    return set(film.film.activations) <= {"identity"} and (
        film.loss(film.last) < 1.011 * film.best_sum()
    )


@claim("bound", rf"has a loss below \*\*{NUMBER}\*\*")
def _(film, said):
    return set(film.film.activations) <= {"identity"} and near(said[1], film.best_sum())


@claim("alike", r"[Aa]t (one|[\d,]+) spots? points of different colours are the same to it, so no "
       r"network with these inputs gets more than \*\*([\d.]+)%\*\* of all right")  # fmt: skip
def _(film, said):
    spots = defaultdict(list)
    for x, t in zip(film.x.tolist(), film.t[:, 0], strict=True):
        spots[tuple(v + 0.0 for v in x)].append(t)
    mixed = sum(len(set(found)) > 1 for found in spots.values())
    most = sum(max(found.count(0), found.count(1)) for found in spots.values()) / len(film.t)
    count = 1 if said[1] == "one" else int(said[1].replace(",", ""))
    right = film.right(film.last, film.x, film.t).mean()
    return (count, said[2]) == (mixed, f"{100 * most:.1f}") and abs(right - most) < 1e-9


@claim("copies", r"[Aa]ll (\d+) units of a hidden layer are \*copies\*")
def _(film, said):
    for a in film.hidden(film.last, film.x)[0]:
        if a.shape[1] == int(said[1]) and np.ptp(a, axis=1).max() <= 0.03 * np.ptp(a.mean(axis=1)):
            return True
        if a.shape[1] == int(said[1]) and np.ptp(a, axis=1).max() < 1e-6:
            return True
    return False


@claim("zeros", r"[Aa]ll weights began at 0 and stay there")
def _(film, said):
    return not any(W.any() for theta in (film.first, film.last) for W, _ in film.layers(theta))


@claim("step", r"hidden layers? never learns?, for \*step\* has slope 0")
def _(film, said):
    (first, _), (last, _) = film.layers(film.first)[0], film.layers(film.last)[0]
    penalty = film.settings.l1 or film.settings.l2
    return "step" in film.film.activations and bool(penalty or np.array_equal(first, last))


@claim("dead layer", r"[Aa]ll (\d+) units of a hidden layer are \*dead\*")
def _(film, said):
    return any((a == 0).all() for a in film.hidden(film.last, film.x)[0])


@claim("mostly dead", r"(\d+) of (\d+) units of a hidden layer are \*dead\*")
def _(film, said):
    counts = [((a == 0).all(axis=0).sum(), a.shape[1]) for a in film.hidden(film.last, film.x)[0]]
    return (int(said[1]), int(said[2])) in counts


@claim("some dead", r"(One|\d+) hidden units? (?:is|are) \*dead\*: 0 at every point")
def _(film, said):
    every = np.vstack([film.x, film.x_test])
    dead = sum((a == 0).all(axis=0).sum() for a in film.hidden(film.last, every)[0])
    return dead == (1 if said[1] == "One" else int(said[1]))


SIZES = {"": 1, "million": 1e6, "billion": 1e9, "trillion": 1e12}


@claim(
    "vanishing",
    rf"first layer hears only \*\*(?:{NUMBER}%|one part in {NUMBER} ?(\w*))\*\* of what the last",
)
def _(film, said):
    layers = film.layers(film.last)
    sizes = [W.size + b.size for W, b in layers]
    parts, at = [], 0
    for size in sizes:
        slopes = []
        for i in range(at, at + size):
            up, down = film.last.copy(), film.last.copy()
            up[i] += 1e-4
            down[i] -= 1e-4
            slopes.append((film.loss(up) - film.loss(down)) / 2e-4)
        parts.append(np.linalg.norm(slopes))
        at += size
    ratio = parts[0] / parts[-1]
    heard = value(said[1])[0] / 100 if said[1] else 1 / (value(said[2])[0] * SIZES[said[3]])
    return ratio < 0.055 and (heard < 1e-6 or abs(heard - ratio) <= 0.1 * ratio + 1e-6)


@claim("too strong", r"penalt(?:y|ies) (.+) (?:is|are) \*too strong\*")
def _(film, said):
    free, _, theta = film.trained(l1=0.0, l2=0.0)
    size = [np.concatenate([W.ravel() for W, _ in film.layers(one)]) for one in (film.last, theta)]
    return free < 0.71 * film.loss(film.last) and abs(size[0]).sum() < abs(size[1]).sum()


@claim("silencing", r"\*dropout\* silences (\d+)% of the hidden units")
def _(film, said):
    same = int(said[1]) == round(100 * film.settings.dropout)
    return same and film.trained(dropout=0.0)[0] < 0.71 * film.loss(film.last)


@claim("too long", r"ts steps are \*too long\*")
def _(film, said):
    rates = BoundariesSettings.allowed()["lr"].values
    end = film.loss(film.first) if film.diverged_at else film.loss(film.last)
    lower = [rate for rate in rates if rate < film.settings.lr][::-1]
    return any(film.trained(lr=rate)[0] < 0.71 * end for rate in lower)


@claim("few steps", r"one step an epoch, and ([\d,]+) are \*too few\*")
def _(film, said):
    steps = int(said[1].replace(",", ""))
    return steps == film.steps[-1] == film.settings.epochs and (
        film.way_down() < 0.95 * film.loss(film.last)
    )


@claim("by heart", rf"\*learned by heart\*: on unseen points the loss was lowest at step ([\d,]+) "
       rf"\(\*\*{NUMBER}\*\*\) and has risen to \*\*{NUMBER}\*\*")  # fmt: skip
def _(film, said):
    then = film.unseen_loss(film.frame(int(said[1].replace(",", ""))))
    every = min(film.unseen_loss(f.astype(float)) for f in film.film.thetas)
    now = film.unseen_loss(film.last)
    return (
        near(said[2], then, 1e-4) and near(said[3], now, 1e-3 * now) and then < 1.001 * every
        and film.loss(film.last) < now / 2
    )  # fmt: skip


@claim("apart", rf"of its own points it gets \*\*{NUMBER}%\*\* right, of unseen ones "
       rf"\*\*{NUMBER}%\*\*, and they have been apart since step ([\d,]+)")  # fmt: skip
def _(film, said):
    seen, unseen = (film.right(film.last, x, t).mean() for x, t in
                    ((film.x, film.t), (film.x_test, film.t_test)))  # fmt: skip
    return near(said[1], 100 * seen, 0.06) and near(said[2], 100 * unseen, 0.06) and seen > unseen


@claim("overfitting", rf"\*Overfitting\* \(learning by heart\) since step ([\d,]+): the "
       rf"loss on unseen points has risen from \*\*{NUMBER}\*\* to \*\*{NUMBER}\*\*, while that on "
       rf"the points it learns from fell from {NUMBER} to {NUMBER}\.")  # fmt: skip
def _(film, said):
    theta = film.frame(int(said[1].replace(",", "")))
    unseen = [film.unseen_loss(one) for one in (theta, film.last)]
    seen = [film.loss(one) for one in (theta, film.last)]
    told = zip((said[2], said[3], said[4], said[5]), unseen + seen, strict=True)
    return (
        all(near(text, loss, 2e-3 * loss) for text, loss in told)
        and unseen[0] < unseen[1]
        and seen[0] > seen[1]
    )


@claim("surer", rf"On unseen points the loss has risen since step ([\d,]+), from \*\*{NUMBER}\*\* "
       rf"to \*\*{NUMBER}\*\*, but no fewer are right")  # fmt: skip
def _(film, said):
    theta = film.frame(int(said[1].replace(",", "")))
    then, now = film.unseen_loss(theta), film.unseen_loss(film.last)
    rights = [film.right(one, film.x_test, film.t_test).mean() for one in (theta, film.last)]
    return near(said[2], then, 1e-4) and near(said[3], now, 1e-4) and rights[1] >= rights[0] - 1e-9


@claim("one answer", r"calls every point \*(blue|orange)\*")
def _(film, said):
    cut = 0.5 if film.settings.loss == "squared_error" else 0.0
    z = film.hidden(film.last, np.vstack([film.x, film.x_test]))[1]
    return bool((z > cut).all() if said[1] == "blue" else (z <= cut).all())


@claim("one number", rf"it answers about \*\*{NUMBER}\*\* to every point")
def _(film, said):
    z = film.hidden(film.last, np.vstack([film.x, film.x_test]))[1]
    return np.ptp(z) < 0.05 and near(said[1], z.mean(), 1e-3)


@claim("share", r"\*\*([\d.]+)%\*\* (?:of its points right|are right)")
def _(film, said):
    return abs(100 * film.right(film.last, film.x, film.t).mean() - float(said[1])) < 0.06


@claim("four", r"(\w+) of the four answers (?:is|are) right")
def _(film, said):
    count = film.right(film.last, film.x, film.t).sum()
    return ["none", "one", "two", "three", "all"][count] == said[1]


@claim("undecided", r"(\w+) of the four answers (?:is|are) undecided")
def _(film, said):
    z = film.hidden(film.last, film.x)[1]
    answers = z if film.settings.loss == "squared_error" else BENDS["sigmoid"](z)
    count = (abs(answers - 0.5) < 0.05).sum()
    return ["none", "one", "two", "three", "all"][count] == said[1]


@claim(
    "remedy", rf"Try (.+?): here that came to (?:\*\*([\d.]+)%\*\* right, )?a loss of \*\*{NUMBER}"
)
def _(film, said):
    loss, accuracy, _ = film.trained(**changed(said[1]))
    right = said[2] is None or abs(100 * accuracy - float(said[2])) < 0.06
    return right and near(said[3], loss)


@claim(
    "starts",
    r"Try (?:\*starting weights\* [^(]*\((\w+)\)|another \*seed\*): of (\d+) starts (\d+) "
    r"gets? all right, as seed (\d+) does",
)
def _(film, said):
    init = {"init": said[1]} if said[1] else {}
    right = [film.trained(seed=seed, **init)[1] for seed in range(int(said[2]))]
    return right[int(said[4])] == 1 and sum(one == 1 for one in right) >= int(said[3])


@claim("diverged", r"At step \*\*([\d,]+)\*\* the numbers left what a computer can hold")
def _(film, said):
    trainer = boundaries_trainer(film.settings, boundaries_data(film.settings))
    trainer.run(steps=int(said[1].replace(",", "")))
    return trainer.diverged_at == trainer.step_count


def claims(caption):
    """What a caption claims, by name."""
    return {
        name: found for name, (pattern, _) in CLAIMS.items() if (found := pattern.search(caption))
    }


def false_claims(caption, film):
    """The names of those that an independent finding refutes."""
    return [name for name, found in claims(caption).items() if not CLAIMS[name][1](film, found)]
