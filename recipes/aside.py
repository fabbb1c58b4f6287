"""Trainings on the side of a small network's film: what another setting would have made of it.

Each is the same as the film's but for one setting. What all of them may cost is counted in steps
and multiplications, not in time, so that every machine finds the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from datasets.plane import PlaneData
from kernels import train
from nn_core import Trainer
from recipes.boundaries import BoundariesSettings, boundaries_net, boundaries_trainer
from recipes.judgement import Course, Went, course
from recipes.reasons import Trial

BUDGET = 0.4  # seconds that a usual machine takes for all of a film's trainings on the side
A_STEP, A_PRODUCT, A_SHUFFLE, A_SILENCING = 5e-7, 2.2e-9, 2e-5, 1.4e-5  # seconds, about

RIGHT, LEFT = 0.99, 0.5  # accuracy, and what is left of the loss: better needs no explanation
LEFT_OF_NUMBERS = 0.1  # the same where numbers are asked for, of their variance
BETTER = 0.7  # of a film's loss: a training that ends below that came much further


class Aside:
    """A film's training that has ended, and trainings on its side."""

    def __init__(
        self,
        settings: BoundariesSettings,
        data: PlaneData,
        trainer: Trainer,
        start: np.ndarray | None,
        before_each: Callable[[], None] = lambda: None,
    ) -> None:
        """`before_each` is called before each training on the side."""
        self.before_each = before_each
        self.settings, self.data, self.trainer, self.start = settings, data, trainer, start
        self.left = BUDGET
        self.net = trainer.net.copy()
        self.net.theta = trainer.snapshots[max(trainer.snapshots)]
        self.before = trainer.net.copy()
        self.before.theta = trainer.snapshots[trainer.first_step]
        self.steps = trainer.step_count - trainer.first_step
        accuracy = trainer.history["accuracy"][-1] if data.classes else np.nan
        self.end = Trial({}, trainer.history["loss"][-1], accuracy, self._last("val_loss"), 0)
        self.good = trainer.diverged_at is None and self.is_good(self.end)

    @cached_property
    def course(self) -> Course:
        """How the film's loss went: that it still falls only if more steps lead further down."""
        steps = np.array(self.trainer.history["step"]) - self.trainer.first_step
        went = course(steps.tolist(), self.trainer.history["loss"])
        if went.went is Went.FALLING and not self.good and not self._falls_on():
            return went._replace(went=Went.UNCLEAR)
        return went

    def _last(self, name: str) -> float | None:
        column = self.trainer.history.get(name)
        return column[-1] if column else None

    def guess(self) -> float:
        """The loss of the best single answer to everything: the targets' variance, or entropy."""
        if self.settings.loss == "squared_error":
            return float(self.trainer.t.var())
        if self.data.classes > 2:
            _, counts = np.unique(self.trainer.t, return_counts=True)
            shares = counts / counts.sum()
            return float(-(shares * np.log(shares)).sum())
        share = np.clip(self.trainer.t.mean(), 1e-9, 1 - 1e-9)
        return float(-share * np.log(share) - (1 - share) * np.log(1 - share))

    def is_good(self, end: Trial) -> bool:
        """Whether it learned what it was asked: nearly all right, or hardly off."""
        left = LEFT if self.data.classes else LEFT_OF_NUMBERS
        return bool(end.loss <= left * self.guess() and not end.accuracy < RIGHT)

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
        self.before_each()
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

    def trial(self, **changed: Any) -> Trial | None:
        """The film's training with these settings changed; None if that costs too much."""
        other, settings = self.another(**changed), replace(self.settings, **changed)
        steps = settings.epochs * other.steps_per_epoch
        return self._ended(other, changed) if self.goes(other, steps) else None

    def _ended(self, trainer: Trainer, changed: dict[str, Any]) -> Trial:
        history = trainer.history
        if trainer.diverged_at is not None:
            return Trial(changed, np.inf, 0.0, np.inf, trainer.diverged_at)
        tested = history["val_loss"][-1] if "val_loss" in history else None
        accuracy = history["accuracy"][-1] if self.data.classes else np.nan
        return Trial(changed, history["loss"][-1], accuracy, tested, trainer.step_count)

    def better(self, trial: Trial | None, share: float = BETTER) -> bool:
        """Whether that ended below this share of the loss, as often right, and so on unseen points.

        It is also better than a guess. Where the film diverged, its first loss counts.
        """
        if trial is None or trial.loss > self.guess():
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
            trial = self.trial(**{name: value}, **more)
            if trial is None or not self.better(trial):
                continue
            if self.is_good(trial):
                return trial
            best = trial if best is None or trial.loss < best.loss else best
        return best

    def further(self, epochs: int) -> Trial | None:
        """The film's training if it went on to so many epochs in all."""
        trainer = self.another(epochs=epochs)
        trainer.load_state(self.trainer.state())
        steps = epochs * trainer.steps_per_epoch - self.steps
        return self._ended(trainer, {"epochs": epochs}) if self.goes(trainer, steps) else None

    def going_on(self) -> Trainer:
        """The film's training, to go on with."""
        trainer = self.another()
        trainer.load_state(self.trainer.state())
        return trainer

    def _falls_on(self) -> bool:
        """Whether a tenth more steps lead further down."""
        trainer = self.going_on()
        more = -(-self.steps // 10)
        return self.goes(trainer, more) and trainer.history["loss"][-1] < self.end.loss
