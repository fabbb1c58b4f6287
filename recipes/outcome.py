"""What a small network's training came to: the facts that it is judged and spoken of by."""

from typing import NamedTuple

import numpy as np

from datasets.plane import PlaneData
from nn_core import ReLU, Trainer


class Outcome(NamedTuple):
    """How a training ended, or how far it is."""

    step: int
    epochs: float
    loss: float
    half_way: float  # the loss at half of the steps
    first: float  # the loss before the first step
    accuracy: float
    test_loss: float | None
    test_accuracy: float | None
    answers: np.ndarray  # (n,) to the training points
    targets: np.ndarray  # (n,)
    classes: bool
    dead: int  # hidden ReLUs that are 0 at every point, training and test
    diverged_at: int | None


def outcome(trainer: Trainer, data: PlaneData) -> Outcome:
    """The end of what a trainer has done, at its last recorded step."""
    history = trainer.history

    def last(name: str) -> float | None:
        return history[name][-1] if history.get(name) else None

    net = trainer.net.copy()
    net.theta = trainer.snapshots[max(trainer.snapshots)]
    x = trainer.x if trainer.validation is None else np.vstack([trainer.x, trainer.validation[0]])
    with np.errstate(all="ignore"):
        trace = net.forward(x)
        answers = trainer.loss.output(trace[-1])[: len(trainer.x), 0]
    relus = [a for layer, a in zip(net.layers, trace[1:], strict=True) if isinstance(layer, ReLU)]
    return Outcome(
        step=history["step"][-1],
        epochs=history["step"][-1] / trainer.steps_per_epoch,
        loss=history["loss"][-1],
        half_way=float(np.interp(history["step"][-1] / 2, history["step"], history["loss"])),
        first=history["loss"][0],
        accuracy=history["accuracy"][-1],
        test_loss=last("val_loss"),
        test_accuracy=last("val_accuracy"),
        answers=answers,
        targets=data.t_train[:, 0],
        classes=data.classes,
        dead=sum(int((a == 0).all(axis=0).sum()) for a in relus),
        diverged_at=trainer.diverged_at,
    )
