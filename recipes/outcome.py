"""What a small network's training came to: the facts that it is judged and spoken of by."""

from typing import NamedTuple

import numpy as np

from datasets.plane import PlaneData, Unit
from nn_core import Loss, Trainer
from recipes.reasons import Verdict, dead_units, hidden_values

ONE = 0.02  # of the targets' range: answers that differ by less are one answer to everything


class Outcome(NamedTuple):
    """How a training ended, or how far it is."""

    step: int
    epochs: float  # since it began, or went on
    loss: float
    first: float  # the loss before the first step
    accuracy: float
    test_loss: float | None
    test_accuracy: float | None
    answers: np.ndarray  # (n,) to the training points; of more than two classes the likeliest
    targets: np.ndarray  # (n,)
    classes: int  # how many; 0 if it answers numbers
    dead: int  # hidden ReLUs that are 0 at every point, training and test
    diverged_at: int | None
    one_class: int | None = None  # that it calls every point, training and test
    one_number: float | None = None  # that it answers to every point, give or take a little
    verdict: Verdict | None = None  # on a training that has ended
    since: int = 0  # the step that it went on from
    unit: Unit | None = None  # a reader's own scale of the answers, if they are such numbers


def answers_of(data: PlaneData, loss: Loss, z: np.ndarray) -> np.ndarray:
    """What outputs z (n, outputs) answer, (n,): a number, class 1's probability, or of more than
    two classes the likeliest."""
    return loss.classes(z) if data.classes > 2 else loss.output(z)[:, 0]


def outcome(trainer: Trainer, data: PlaneData, verdict: Verdict | None = None) -> Outcome:
    """The end of what a trainer has done, at its last recorded step."""
    history = trainer.history

    def last(name: str) -> float | None:
        return history[name][-1] if history.get(name) else None

    net = trainer.net.copy()
    net.theta = trainer.snapshots[max(trainer.snapshots)]
    x = trainer.x if trainer.validation is None else np.vstack([trainer.x, trainer.validation[0]])
    with np.errstate(all="ignore"):
        z = net.predict(x)
        answers, classes = answers_of(data, trainer.loss, z), np.unique(trainer.loss.classes(z))
        dead = sum(dead_units(net, hidden_values(net, x)))
    one = np.ptp(answers) < ONE * (data.high - data.low)
    return Outcome(
        step=history["step"][-1],
        epochs=(history["step"][-1] - trainer.first_step) / trainer.steps_per_epoch,
        loss=history["loss"][-1],
        first=history["loss"][0],
        accuracy=history["accuracy"][-1],
        test_loss=last("val_loss"),
        test_accuracy=last("val_accuracy"),
        answers=answers[: len(trainer.x)],
        targets=data.t_train[:, 0],
        classes=data.classes,
        dead=dead,
        diverged_at=trainer.diverged_at,
        one_class=int(classes[0]) if data.classes and len(classes) == 1 else None,
        one_number=float(answers.mean()) if one else None,
        verdict=verdict,
        since=trainer.first_step,
        unit=data.unit,
    )
