"""Weights that a reader brought become a run that has not trained yet: all that looks can look."""

from dataclasses import replace
from typing import IO

import numpy as np

from datasets.digits import Digits, as_numbers
from datasets.found import said
from datasets.idx import DataError
from datasets.weights import read_weights
from recipes.mnist import MnistSettings, mnist_trainer
from recipes.opened import OpenedNet, likely, opened_net, reads_with, settings_of
from runs.began import Began
from runs.run import TrainingRun
from runs.saved import SavedRun, saved_run
from runs.snapshots import snapshot

TRIED_ON = 500  # test images, to find out which activation is likely


def opened_weights(name: str, file: IO[bytes], recipe: MnistSettings, digits: Digits) -> SavedRun:
    """The network in a file of that name, with the activation that is likely.

    It is trained on by `recipe`, if it is. DataError, one sentence, if it holds none that takes
    these digits.
    """
    arrays, in_order = read_weights(name, file)
    net = opened_net(arrays, in_order, digits.subject)
    x, t = as_numbers(digits.x_test[:TRIED_ON]), digits.t_test[:TRIED_ON]
    settings = settings_of(net, recipe, likely(reads_with(net, x, t)))
    return _at_rest(settings, net.theta, digits, Began(file=said(name)))


def activations_of(run: TrainingRun) -> dict[str, float]:
    """The share of some test images that an opened network reads right with each activation."""
    assert run.trainer.validation is not None  # the test images
    x, t = run.trainer.validation
    net, progress = OpenedNet(run.trainer.net.sizes, run.trainer.net.theta), run.look()
    return run.once(
        progress, "activations", lambda: reads_with(net, as_numbers(x[:TRIED_ON]), t[:TRIED_ON])
    )


def with_activation(run: TrainingRun, activation: str) -> tuple[SavedRun, Digits]:
    """The same weights with another activation, and the digits that it goes on with.

    DataError as above.
    """
    saved, trainer = run.saved(), run.trainer
    assert saved.began is not None
    assert trainer.validation is not None
    digits = Digits(
        run.digits.kind,
        trainer.x,
        trainer.t,
        *trainer.validation,
        digest=run.digest,
        name=run.data,
        title=run.digits.title,
        classes=run.digits.classes,
    )
    settings = replace(run.settings, activation=activation)
    return _at_rest(settings, saved.theta, digits, saved.began), digits


def _at_rest(settings: MnistSettings, theta: np.ndarray, digits: Digits, began: Began) -> SavedRun:
    """The run before its first step."""
    trainer = mnist_trainer(settings, digits, theta)
    if trainer.diverged_at is not None:
        raise DataError(
            "The network's weights are so large that its answers are no longer numbers: expected "
            "weights as training leaves them."
        )
    moment = snapshot(0, theta, trainer.net.sizes)
    return saved_run(
        settings, digits.subject, trainer, (moment,), digits.digest, digits.name, began
    )
