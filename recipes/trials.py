"""Why a small network's training ended as it did, and what else could be tried: tried, then said.

A training on the side is the same as the film's but for one setting. What all of them may cost is
counted in steps and multiplications, not in time, so that every machine finds the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from datasets.plane import PlaneData
from kernels import train
from nn_core import Adam, Trainer
from recipes.boundaries import BoundariesSettings, boundaries_net, boundaries_trainer
from recipes.judgement import Course, Went, course
from recipes.reasons import (
    AT_ITS_BEST,
    AtItsBest,
    FewSteps,
    OtherStarts,
    Reason,
    Silencing,
    Slow,
    Stuck,
    TooLong,
    TooStrong,
    Trial,
    best_sum,
    copies,
    dead_layer,
    dead_units,
    heard,
    hidden_values,
    is_one_sum,
    unheard,
    unseen,
    vanishing,
)

BUDGET = 0.4  # seconds that a usual machine takes for all of a film's trainings on the side
A_STEP, A_PRODUCT, A_SHUFFLE, A_SILENCING = 5e-7, 2.2e-9, 2e-5, 1.4e-5  # seconds, about

RIGHT, LEFT = 0.99, 0.5  # accuracy, and what is left of the loss: better needs no explanation
LEFT_OF_NUMBERS = 0.1  # the same where numbers are asked for, of their variance
BETTER = 0.7  # of a film's loss: a training that ends below that came much further
FURTHER = 0.9  # of a film's loss: more steps that end below that lead on
UNMOVED = 0.95  # of a film's loss: more steps that end above that lead nowhere
ALIKE = 0.2  # of a fall: two falls that differ by less are the same one at another pace
FEWEST_STARTS, STARTS = 3, 10  # other starts to try
UP = (Went.ROSE, Went.CAME_BACK, Went.BOUNCED)  # a loss that did not only fall
FAST, FAST_STEPS = (0.01, 0.1), 10_000  # Adam's steps, which no plateau slows


class Verdict(NamedTuple):
    """How a training went, why, and what could be tried: each only as far as it was found."""

    course: Course
    good: bool = False  # whether it learned what it was asked, so that nothing needs explaining
    reason: Reason | None = None
    remedy: Trial | OtherStarts | None = None
    diverged: bool = False


Found = tuple[Reason | None, Trial | OtherStarts | None]


def verdict(
    settings: BoundariesSettings,
    data: PlaneData,
    trainer: Trainer,
    start: np.ndarray | None = None,
) -> Verdict:
    """The verdict on a film's training, which has ended; `start` are its first parameters, if own.

    A reason is named only where it was found, a remedy only where it was tried and ended better.
    """
    aside = Aside(settings, data, trainer, start)
    if aside.good:
        return Verdict(aside.course, True, aside.unseen())
    found: Found = (None, None)
    for explain in aside.explanations():
        reason, remedy = explain()
        if reason is not None:
            found = reason, remedy or found[1]
            break
        found = None, found[1] or remedy
    return Verdict(aside.course, False, *found, trainer.diverged_at is not None)


class Aside:
    """A film's training that has ended, and trainings on its side."""

    def __init__(
        self,
        settings: BoundariesSettings,
        data: PlaneData,
        trainer: Trainer,
        start: np.ndarray | None,
    ) -> None:
        self.settings, self.data, self.trainer, self.start = settings, data, trainer, start
        self.left = BUDGET
        self.course = course(trainer.history["step"], trainer.history["loss"])
        self.net = trainer.net.copy()
        self.net.theta = trainer.snapshots[max(trainer.snapshots)]
        self.before = trainer.net.copy()
        self.before.theta = trainer.snapshots[0]
        accuracy = trainer.history["accuracy"][-1] if data.classes else np.nan
        self.end = Trial("", None, self.course.last, accuracy, self._last("val_loss"), 0)
        self.good = trainer.diverged_at is None and self._is_good(self.end)
        if self.course.went is Went.FALLING and not self.good and not self._falls_on():
            self.course = self.course._replace(went=Went.UNCLEAR)

    def _last(self, name: str) -> float | None:
        column = self.trainer.history.get(name)
        return column[-1] if column else None

    def _enough(self) -> float:
        """The loss below which this much was learned: some share of that of the best one answer."""
        t = self.trainer.t
        if not self.data.classes:
            return LEFT_OF_NUMBERS * float(t.var())
        share = np.clip(t.mean(), 1e-9, 1 - 1e-9)
        if self.settings.loss == "squared_error":
            return LEFT * float(t.var())
        return LEFT * float(-share * np.log(share) - (1 - share) * np.log(1 - share))

    def _is_good(self, end: Trial) -> bool:
        """Whether it learned what it was asked: nearly all right, or hardly off."""
        return bool(end.loss <= self._enough() and not end.accuracy < RIGHT)

    # Trainings on the side

    def cost(self, trainer: Trainer, steps: int) -> float:
        """About how many seconds so many steps take."""
        products = trainer.batch_size * trainer.net.theta.size
        seconds = steps * (A_STEP + A_PRODUCT * products)
        if trainer.batch_size < len(trainer.x):
            seconds += A_SHUFFLE * steps / trainer.steps_per_epoch
        return seconds + (A_SILENCING * steps if trainer.net.is_random else 0.0)

    def goes(self, trainer: Trainer, steps: int, looks: Iterable[int] = ()) -> bool:
        """Train so many steps further, and record only those, if that much is left to spend."""
        seconds = self.cost(trainer, steps)
        if seconds > self.left:
            return False
        self.left -= seconds
        last = trainer.step_count + steps
        trainer.record_at, trainer.snapshot_at = frozenset({*looks, last}), ()
        train(trainer, steps)
        return True

    def another(self, **changed: Any) -> Trainer:
        """The film's training as it begins, but for these settings."""
        settings = replace(self.settings, **changed)
        same = boundaries_net(settings).theta.size == self.net.theta.size
        own = self.start if same and not changed.keys() & {"init", "seed"} else None
        return boundaries_trainer(settings, self.data, own)

    def trial(self, name: str, value: Any, **more: Any) -> Trial | None:
        """The film's training with another value of this setting; None if that costs too much."""
        other = self.another(**{name: value}, **more)
        steps = replace(self.settings, **{name: value}).epochs * other.steps_per_epoch
        return self._ended(other, name, value) if self.goes(other, steps) else None

    def _ended(self, trainer: Trainer, name: str, value: Any) -> Trial:
        history = trainer.history
        if trainer.diverged_at is not None:
            return Trial(name, value, np.inf, 0.0, np.inf, trainer.diverged_at)
        tested = history["val_loss"][-1] if "val_loss" in history else None
        accuracy = history["accuracy"][-1] if self.data.classes else np.nan
        return Trial(name, value, history["loss"][-1], accuracy, tested, trainer.step_count)

    def better(self, trial: Trial | None, share: float = BETTER) -> bool:
        """Whether that ended below this share of the loss, as often right, and so on unseen points.

        Where the film diverged, its first loss counts.
        """
        if trial is None:
            return False
        if self.trainer.diverged_at is not None:
            return trial.loss < share * self.course.first
        end = self.end
        unseen = end.unseen_loss is None or (trial.unseen_loss or 0) <= end.unseen_loss
        return trial.loss < share * end.loss and not trial.accuracy < end.accuracy and unseen

    def best(self, name: str, values: Iterable[Any], **more: Any) -> Trial | None:
        """The first of these values with which all is well, else the best if it is better."""
        best = None
        for value in values:
            trial = self.trial(name, value, **more)
            if trial is None or not self.better(trial):
                continue
            if self._is_good(trial):
                return trial
            best = trial if best is None or trial.loss < best.loss else best
        return best

    def further(self, epochs: int) -> Trial | None:
        """The film's training if it went on to so many epochs in all."""
        trainer = self.another(epochs=epochs)
        trainer.load_state(self.trainer.state())
        steps = epochs * trainer.steps_per_epoch - trainer.step_count
        return self._ended(trainer, "epochs", epochs) if self.goes(trainer, steps) else None

    def _falls_on(self) -> bool:
        """Whether a tenth more steps lead further down."""
        trainer = self.another()
        trainer.load_state(self.trainer.state())
        more = -(-trainer.step_count // 10)
        return self.goes(trainer, more) and trainer.history["loss"][-1] < self.end.loss

    # Explanations: a reason and a remedy each, None where there is none

    def explanations(self) -> list[Callable[[], Found]]:
        """The likeliest and cheapest first."""
        if self.trainer.diverged_at is not None:
            return [self.too_long]
        return [
            self.by_heart, self.too_strong, self.nothing_heard, self.dead, self.copies,
            self.one_sum, self.vanishing, self.silencing, self.too_long, self.few_steps, self.slow,
            self.stuck, self.too_small,
        ]  # fmt: skip

    def unseen(self) -> Reason | None:
        """What became of the loss at unseen points."""
        return unseen(self.trainer.history, len(self.data.x_test), self.data.classes)

    def by_heart(self) -> Found:
        """It is nearly always right, on the points it learned from."""
        return (self.unseen() if self.end.accuracy > 0.9 else None), None

    def too_strong(self) -> Found:
        """Without its penalties it comes much further."""
        penalties = {name: getattr(self.settings, name) for name in ("l1", "l2")}
        penalties = {name: value for name, value in penalties.items() if value}
        if not penalties:
            return None, None
        *others, last = penalties
        remedy = self.trial(last, 0.0, **dict.fromkeys(others, 0.0))
        if not self.better(remedy):
            return None, None
        return TooStrong(penalties), remedy if len(penalties) == 1 else None

    def _norms(self, net: Any) -> np.ndarray:
        return heard(net, self.trainer.loss, self.trainer.x, self.trainer.t)

    def nothing_heard(self) -> Found:
        """Its hidden layers have no slope, or began at 0 and heard nothing."""
        reason = unheard(self.net, self._norms(self.before), self._norms(self.net))
        if reason is None:
            return None, None
        if reason.because == "zeros":
            return reason, self.best("init", ["glorot_uniform"])
        return reason, self.best("activation", ["tanh", "relu"])

    def copies(self) -> Found:
        """All units of a layer are copies of one."""
        reason = copies(hidden_values(self.net, self.trainer.x), self.before)
        if reason is None:
            return None, None
        return reason, self.best("init", ["glorot_uniform"] if reason.zeros else [])

    def one_sum(self) -> Found:
        """It is one weighted sum of its inputs, and has come to the best that there is."""
        if not is_one_sum(self.net):
            return None, None
        best = best_sum(self.trainer.x, self.trainer.t, self.settings.loss == "cross_entropy")
        if best is None or best < self._enough():
            return None, None
        hidden, reached = bool(self.settings.hidden_layers()), (1 + AT_ITS_BEST) * best
        remedy = self.best("activation", ["tanh"]) if hidden else self.best("layers", [1, 2])
        return AtItsBest(best, hidden, self.end.loss <= reached), remedy

    def dead(self) -> Found:
        """Half of a layer's units or more are dead."""
        hidden = hidden_values(self.net, self.trainer.x)
        reason = dead_layer(dead_units(self.net, hidden), hidden)
        if reason is None:
            return None, None
        remedy = self.best("lr", self._rates(-2, -4)) or self.best("activation", ["leaky_relu"])
        return (reason if remedy or reason.dead == reason.of else None), remedy

    def vanishing(self) -> Found:
        """Hardly anything of the error reaches the first layer."""
        reason = vanishing(self._norms(self.before), self._norms(self.net))
        if reason is None:
            return None, None
        return reason, self.best("activation", ["tanh", "relu"])

    def silencing(self) -> Found:
        """Without dropout it comes much further."""
        if not self.settings.dropout:
            return None, None
        remedy = self.best("dropout", [0.0])
        return (Silencing(self.settings.dropout) if remedy else None), remedy

    def _rates(self, *places: int) -> list[float]:
        """Learning rates so many places further on in the list; two places are a factor of 10."""
        rates = BoundariesSettings.allowed()["lr"].values
        here = rates.index(self.settings.lr)
        return [rates[here + place] for place in places if 0 <= here + place < len(rates)]

    def too_long(self) -> Found:
        """Its loss went up or jumped, and with shorter steps it comes much further."""
        if self.trainer.diverged_at is None and self.course.went not in UP:
            return None, None
        remedy = self.best("lr", self._rates(-2, -4, -6))
        return (TooLong() if remedy else None), remedy

    def few_steps(self) -> Found:
        """Its batches are all there is, and smaller ones, so more steps, take it much further."""
        if self.trainer.steps_per_epoch > 1 or len(self.trainer.x) <= 10:
            return None, None
        remedy = self.best("batch", [10])
        return (FewSteps(self.trainer.step_count) if remedy else None), remedy

    def slow(self) -> Found:
        """More steps lead on; or longer ones lead the same way, and further."""
        remedy = self.best("lr", self._rates(2, 4))
        if self.course.went in UP:
            return None, remedy
        if remedy is not None and self._same_way(remedy):
            return Slow(), remedy
        for epochs in self._more_epochs():
            trial = self.further(epochs)
            if trial is None:
                break
            if trial.loss < FURTHER * self.end.loss:
                return Slow(), remedy or (trial if self.better(trial, FURTHER) else None)
        return None, remedy

    def _more_epochs(self) -> list[int]:
        return [
            n for n in BoundariesSettings.allowed()["epochs"].values if n > self.settings.epochs
        ]

    def _same_way(self, trial: Trial) -> bool:
        """Whether longer steps, so many fewer of them, fall as the film does: it is only slow."""
        other = self.another(lr=trial.value)
        steps = round(self.trainer.step_count * self.settings.lr / trial.value)
        fall = self.course.first - self.end.loss
        if steps < 1 or fall <= 0 or not self.goes(other, steps) or other.diverged_at is not None:
            return False
        return bool(abs(other.history["loss"][-1] - self.end.loss) < ALIKE * fall)

    def stuck(self) -> Found:
        """Neither many more steps nor steps that no plateau slows lead anywhere."""
        steps = self.trainer.step_count
        if self.course.went not in (Went.LEVELLED, Went.HARDLY_MOVED):
            return None, None
        for rate in FAST:
            if not self._leads_nowhere(self._adam(rate), FAST_STEPS):
                return None, None
        on = self.another()
        on.load_state(self.trainer.state())
        many = max(steps, 150_000 * on.steps_per_epoch if len(on.x) <= 10 else 0)
        if not self._leads_nowhere(on, many):
            return None, None
        hidden = [units for units in (3, 4, 8) if units > self.settings.hidden]
        wider = hidden if self.settings.hidden_layers() else []
        return Stuck(many), self._other_starts() or self.best("hidden", wider, widths="")

    def _adam(self, rate: float) -> Trainer:
        """Training from the film's end, with all points at every step."""
        film, net = self.trainer, self.net.copy()
        penalty = {"l1": self.settings.l1, "l2": self.settings.l2}
        return Trainer(net, film.loss, Adam(rate), film.x, film.t, len(film.x), **penalty)

    def _leads_nowhere(self, trainer: Trainer, steps: int) -> bool:
        """Whether the loss is never much lower in so many further steps."""
        began = trainer.step_count
        looks = {began + round(steps * share) for share in np.linspace(0.05, 1, 20)}
        if not self.goes(trainer, steps, looks) or trainer.diverged_at is not None:
            return False
        return bool(min(trainer.history["loss"]) > UNMOVED * self.end.loss)

    def _other_starts(self) -> OtherStarts | None:
        """What becomes of the first seeds' starts, as many as there is time for."""
        trials = [self.trial("seed", seed) for seed in range(STARTS)]
        ended = [trial for trial in trials if trial is not None]
        solved = [int(t.value) for t in ended if self._is_good(t) and not t.accuracy < 1]
        if len(ended) < FEWEST_STARTS or not solved:
            return None
        return OtherStarts(len(ended), len(solved), solved[0])

    def too_small(self) -> Found:
        """A larger network comes much further; that says nothing of why this one did not."""
        if not self.settings.hidden_layers():
            return None, None
        return None, self.best("hidden", [16], widths="") or self.best("layers", [3], widths="")
