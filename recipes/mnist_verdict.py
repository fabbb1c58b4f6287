"""What a training on handwritten digits came to, why, and what could be tried: counted and tried.

A run takes minutes, so another one cannot be tried whole: its first batches are, and said only if
they read more than all of the run does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from datasets.digits import Digits, as_numbers
from nn_core import ReLU, Sequential, SoftmaxCrossEntropy
from recipes import reasons
from recipes.judgement import Went, course
from recipes.mnist import MnistSettings, mnist_net, mnist_trainer
from recipes.reasons import DeadLayer, FewSteps, Reason, Slow, TooLong, TooStrong, Trial, Verdict

LOSS = SoftmaxCrossEntropy()
NEARLY_ALL = 0.99  # of the test digits: a network that calls so many the same has one answer
READS = 0.9  # of the test digits: a network that reads so many needs no explanation
MOSTLY = 0.9  # of the training digits: only then can they be known by heart
MORE = 0.05  # of the test digits: a trial that reads so many more reads more
SOME = 1000  # training digits, to look at what hears what
AT_ONCE = 5000  # digits that a network looks at at a time
BATCHES, FEWEST = 200, 50  # of a trial
FEW = 10  # digits: a batch of all of them is not to blame
PRODUCTS = 2e9  # multiplications that one trial may take
UP = (Went.ROSE, Went.CAME_BACK, Went.BOUNCED)

Found = tuple[Reason | None, Trial | None]


class Ended(NamedTuple):
    """What a run that has ended came to."""

    read: float  # the share of the test digits that it reads right as it is now
    one: int | None  # the class that it calls nearly all of them
    called: float  # the share that it calls that
    dead: int  # hidden ReLUs that are 0 at every training digit
    hidden: int  # hidden units
    verdict: Verdict


def ended(
    settings: MnistSettings, net: Sequential, history: Mapping[str, Sequence[Any]], digits: Digits
) -> Ended:
    """What a run on these digits came to, whose network is `net` and whose rows are `history`."""
    aside = Aside(settings, net, history, digits)
    dead, hidden = sum(aside.dead), sum(net.sizes[1:-1])
    return Ended(aside.read, *_one_answer(aside.read_as), dead, hidden, _verdict(aside))


def _verdict(aside: "Aside") -> Verdict:
    history = aside.history
    went = course(history["step"], history["loss"])
    if aside.read >= READS:
        return Verdict(went, True, reasons.unseen(history, len(aside.digits.t_test)))
    found: Found = (None, None)
    for explain in EXPLANATIONS:
        reason, remedy = explain(aside)
        if reason is not None:
            return Verdict(went, False, reason, remedy or found[1])
        found = None, found[1] or remedy
    return Verdict(went, False, *found)


def read_as(net: Sequential, x: np.ndarray) -> np.ndarray:
    """The class that the network reads in each image, (n,)."""
    with np.errstate(all="ignore"):
        return np.concatenate([LOSS.classes(net.predict(part)) for part in _parts(x)])


def dead_units(net: Sequential, x: np.ndarray) -> list[int]:
    """How many ReLUs of each hidden layer are 0 at all of these images."""
    bends = reasons.bends(net)
    silent = [np.full(n, isinstance(b, ReLU)) for n, b in zip(net.sizes[1:-1], bends, strict=True)]
    for part in _parts(x):
        if not any(s.any() for s in silent):
            break
        for s, a in zip(silent, reasons.hidden_values(net, part), strict=True):
            s &= (a == 0).all(axis=0)
    return [int(s.sum()) for s in silent]


def _parts(x: np.ndarray) -> Iterator[np.ndarray]:
    """Some of the images at a time, as a network takes them."""
    for begin in range(0, len(x), AT_ONCE):
        yield as_numbers(x[begin : begin + AT_ONCE])


def _one_answer(read: np.ndarray) -> tuple[int | None, float]:
    counts = np.bincount(read)
    digit, share = int(counts.argmax()), counts.max() / len(read)
    return (digit, float(share)) if share >= NEARLY_ALL else (None, 0.0)


class Aside:
    """A run that has ended, what it reads, and the first batches of others."""

    def __init__(
        self,
        settings: MnistSettings,
        net: Sequential,
        history: Mapping[str, Sequence[Any]],
        digits: Digits,
    ) -> None:
        self.settings, self.net, self.history, self.digits = settings, net, history, digits
        self.x = digits.x_train[: settings.images]
        self.some = as_numbers(self.x[:SOME])
        self.start = mnist_net(settings, digits.x_train.shape[1], len(digits.classes))
        self.read_as = read_as(net, digits.x_test)
        self.read = float((self.read_as == digits.t_test).mean())
        self.dead = dead_units(net, self.x)
        self.course = course(history["step"], history["loss"])

    def heard(self, net: Sequential) -> np.ndarray:
        """The length of each layer's gradient, on some training digits."""
        return reasons.heard(net, LOSS, self.some, self.digits.t_train[: len(self.some)])

    def trial(self, changed: Mapping[str, Any]) -> Trial | None:
        """The first batches of this run with these settings changed; None if they read no more."""
        settings = replace(self.settings, **changed)
        products = min(settings.batch, len(self.x)) * self.start.theta.size * 3
        batches = min(BATCHES, int(PRODUCTS / products))
        if batches < FEWEST:
            return None
        trainer = mnist_trainer(settings, self.digits)
        trainer.record_at, trainer.snapshot_at, trainer.stop = (), (), None
        trainer.run(steps=batches)
        if trainer.diverged_at is not None:
            return None
        read = float((read_as(trainer.net, self.digits.x_test) == self.digits.t_test).mean())
        return Trial(changed, np.nan, read, None, batches) if read > self.read + MORE else None

    def first(self, *several: Mapping[str, Any]) -> Trial | None:
        """The first of these changes that reads more."""
        return next((trial for one in several if (trial := self.trial(one))), None)

    def rates(self, *places: int) -> list[dict[str, Any]]:
        """Learning rates so many places further on in the list; two places are a factor of 10."""
        rates = MnistSettings.values_of("lr")
        here = rates.index(self.settings.lr)
        return [{"lr": rates[here + p]} for p in places if 0 <= here + p < len(rates)]


# Explanations: a reason and a remedy each, None where there is none

SUITED: tuple[dict[str, Any], ...] = (
    {"activation": "relu", "init": "he_normal"},
    {"activation": "tanh", "init": "glorot_uniform"},
)


def by_heart(aside: Aside) -> Found:
    """It reads nearly all that it learned from, and the loss on the test digits has risen."""
    if not aside.history["accuracy"] or aside.history["accuracy"][-1] < MOSTLY:
        return None, None
    return reasons.unseen(aside.history, len(aside.digits.t_test)), None


def too_strong(aside: Aside) -> Found:
    """Without its penalties the first batches read more."""
    penalties = {name: getattr(aside.settings, name) for name in ("l1", "l2")}
    penalties = {name: value for name, value in penalties.items() if value}
    remedy = aside.trial(dict.fromkeys(penalties, 0.0)) if penalties else None
    return (TooStrong(penalties) if remedy else None), remedy


def nothing_heard(aside: Aside) -> Found:
    """Its hidden layers have no slope, or began at 0 and heard nothing."""
    reason = reasons.unheard(aside.net, aside.heard(aside.start), aside.heard(aside.net))
    return reason, aside.first(*SUITED) if reason else None


def dead(aside: Aside) -> Found:
    """Half of a layer's units or more are dead."""
    layers = [DeadLayer(*n) for n in zip(aside.dead, aside.net.sizes[1:-1], strict=True)]
    reason = reasons.dead_layer(layers)
    if reason is None:
        return None, None
    remedy = aside.first(*aside.rates(-2, -4))
    return (reason if remedy or reason.dead == reason.of else None), remedy


def copies(aside: Aside) -> Found:
    """All units of a layer are copies of one."""
    reason = reasons.copies(reasons.hidden_values(aside.net, aside.some), aside.start)
    return reason, aside.first({"init": "normal × 0.1"}, *SUITED) if reason else None


def vanishing(aside: Aside) -> Found:
    """Hardly anything of the error reaches the first layer."""
    reason = reasons.vanishing(aside.heard(aside.start), aside.heard(aside.net))
    return reason, aside.first(*SUITED) if reason else None


def too_long(aside: Aside) -> Found:
    """Its loss went up or jumped, and shorter steps read more in their first batches."""
    if aside.course.went not in UP:
        return None, None
    remedy = aside.first(*aside.rates(-4, -2))
    return (TooLong() if remedy else None), remedy


def few_steps(aside: Aside) -> Found:
    """Its batches are all there is, and smaller ones, so more steps, read more."""
    steps, images = aside.history["step"][-1], len(aside.x)
    if images <= FEW or aside.settings.batch < images:
        return None, None
    remedy = aside.first({"batch": 10})
    return (FewSteps(steps) if remedy else None), remedy


def slow(aside: Aside) -> Found:
    """Its loss fell from epoch to epoch, and longer steps read more in their first batches."""
    falls = bool((np.diff(aside.history["loss"]) < 0).all())
    remedy = aside.first(*aside.rates(4, 2))
    return (Slow() if falls and remedy else None), remedy


EXPLANATIONS: list[Callable[[Aside], Found]] = [
    by_heart, too_strong, nothing_heard, dead, copies, vanishing, too_long, few_steps, slow,
]  # fmt: skip
