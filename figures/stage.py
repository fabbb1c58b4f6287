"""A trained network as a film: all that the stage needs to draw it, and nothing of a page."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from datasets.plane import PlaneData
from figures.packed import packed
from figures.theme import CLASS_COLOURS, NEGATIVE, POSITIVE
from nn_core import Activation, BinaryCrossEntropy, Loss, SoftmaxCrossEntropy, Trainer
from recipes.overfitting import overfitting
from recipes.reasons import Overfitting

SHOWN = ("loss", "accuracy", "val_loss", "val_accuracy")


@dataclass(frozen=True, eq=False)
class StageFilm:
    """The network's shape, its parameters frame by frame, and the points it was asked about."""

    sizes: list[int]  # units a layer, inputs first
    activations: list[str]  # one a hidden layer
    inputs: tuple[str, ...]  # names of the features that the inputs are
    output: str  # "sigmoid", "softmax" or "identity": what the last layer's sums become
    loss: str  # "cross_entropy", "softmax_cross_entropy" or "squared_error"
    steps: np.ndarray  # (frames,)
    thetas: np.ndarray  # (frames, parameters) float32
    history: dict[str, np.ndarray]  # by Keras' names, (frames,) each, NaN where diverged
    steps_per_epoch: int
    data: PlaneData
    diverged_at: int | None
    overfitting: Overfitting | None  # where it begins, if it does
    whole: bool = True  # or it is still in training
    beyond: int = 0  # frames after its end, in which it stands still until another one has ended

    @cached_property
    def message(self) -> dict[str, Any]:
        """The film as JSON can carry it: arrays as base64, and a digest of everything.

        Made once: every rerun of a page sends it again.
        """
        data, found = self.data, self.overfitting
        x, t = np.vstack([data.x_train, data.x_test]), np.vstack([data.t_train, data.t_test])
        message = {
            "sizes": self.sizes,
            "activations": self.activations,
            "inputs": list(self.inputs),
            "output": self.output,
            "loss": self.loss,
            "steps": packed(self.steps, np.int32),
            "thetas": packed(self.thetas, np.float32),
            "history": {name: packed(a, np.float64) for name, a in self.history.items()},
            "steps_per_epoch": self.steps_per_epoch,
            "points": packed(np.hstack([x, t]), np.float32),
            "trained": len(data.x_train),
            "left": data.left,
            "right": data.right,
            "low": data.low,
            "high": data.high,
            "classes": data.classes,
            "names": list(data.names),
            "diverged_at": self.diverged_at,
            "whole": self.whole,
            "beyond": self.beyond,
            "overfitting": found and {"step": found.step, "lowest": found.lowest},
            "colours": {
                "negative": NEGATIVE,
                "positive": POSITIVE,
                "classes": [{"name": n, "colour": c} for n, c in CLASS_COLOURS.items()],
            },
        }
        digest = hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()
        return message | {"digest": digest[:16]}


def stage_film(
    trainer: Trainer, data: PlaneData, inputs: tuple[str, ...], whole: bool = True
) -> StageFilm:
    """What a trainer remembers, as a film; its last frame is the one after which it diverged."""
    steps, thetas = list(trainer.snapshots), list(trainer.snapshots.values())
    if trainer.diverged_at is not None:
        steps.append(trainer.diverged_at)
        thetas.append(trainer.net.theta.copy())
    bends = [layer.name for layer in trainer.net.layers if isinstance(layer, Activation)]
    with np.errstate(over="ignore"):  # what float32 cannot hold is infinite, and drawn so
        frames = np.array(thetas, np.float32)
    return StageFilm(
        trainer.net.sizes,
        bends,
        inputs,
        _output(trainer.loss),
        trainer.loss.name,
        np.array(steps),
        frames,
        {name: _at(steps, trainer.history, name) for name in _shown(trainer, data)},
        trainer.steps_per_epoch,
        data,
        trainer.diverged_at,
        overfitting(trainer.history),
        whole,
    )


def _output(loss: Loss) -> str:
    """What a loss makes of the last layer's sums."""
    if isinstance(loss, SoftmaxCrossEntropy):
        return "softmax"
    return "sigmoid" if isinstance(loss, BinaryCrossEntropy) else "identity"


def _shown(trainer: Trainer, data: PlaneData) -> list[str]:
    """The histories there are, without accuracies where there are no classes."""
    return [n for n in SHOWN if n in trainer.history and (data.classes or "loss" in n)]


def _at(steps: list[int], history: dict[str, list], name: str) -> np.ndarray:
    """A history's values at these steps; NaN at one that was not recorded."""
    known = dict(zip(history["step"], history[name], strict=True))
    return np.array([known.get(step, np.nan) for step in steps])
