"""What a network answers to all test images: found once for a moment, shared by all who look."""

import hashlib
import threading
from typing import NamedTuple

import numpy as np

from datasets.digits import TEN, Digits, Kind, as_numbers
from nn_core import Sequential, SoftmaxCrossEntropy
from recipes.mnist import mnist_net
from runs.kept import Kept
from runs.recording import recorded_digits
from runs.run import Run, TrainingRun
from runs.shelf import bundled
from runs.snapshots import restored

AT_ONCE = 1000  # images: as numbers they take four times what they do as bytes
MOST = 20_000_000  # bytes that all answers of this server take


class Unseen(NamedTuple):
    """The images on which a network is looked at: none of them did it learn from."""

    x: np.ndarray  # (n, pixels), bytes or numbers from 0 to 1
    t: np.ndarray  # (n,) their classes
    name: str  # the same for the same images
    few: bool = False  # whether these are the few that came with a recording
    drawn: np.ndarray | None = None  # (pixels,) what a reader drew, if there is something


class Moment(NamedTuple):
    """A network at one moment of its training."""

    step: int
    epoch: float
    theta: np.ndarray  # (parameters,) float32
    exact: bool  # whether these are its own numbers, or each rounded to one of 255 a layer


class Answers(NamedTuple):
    """What a network takes each test image for."""

    said: np.ndarray  # (n,) uint8, the class
    sure: np.ndarray  # (n,) float32, the probability that it gives it
    true: np.ndarray  # (n,) float32, the probability that it gives the class it is of
    lost: bool  # whether its numbers are no longer finite: then nothing of this counts


def unseen_by(run: Run, here: Digits) -> Unseen:
    """The test images that a run is looked at on: its own, else those here that it can read.

    None where it learned from others, and no digits like ours.
    """
    if isinstance(run, TrainingRun) and run.trainer.validation is not None:
        x, t = run.trainer.validation
        return Unseen(x, t, run.digest or digest(x))
    of, there = run.digits, here.subject
    if (of.side, of.classes) == (there.side, there.classes):
        return Unseen(here.x_test, here.t_test, here.digest or digest(here.x_test))
    if of.kind is Kind.BUNDLED:
        return Unseen(bundled().x_test, bundled().t_test, bundled().digest)
    if (of.side, of.classes) == (Kind.MNIST.side, TEN):
        return Unseen(*recorded_digits(), "the recording's", few=True)
    return Unseen(np.empty((0, of.pixels), np.float32), np.empty(0, int), "")


def steps_of(run: Run) -> list[int]:
    """The steps at which a run can be looked at, the latest last: of one that trains its epoch's.

    Of the others there are snapshots.
    """
    saved = run.saved()
    latest = int(saved.state["step_count"])
    return [*(m.step for m in saved.snapshots if m.step < latest), latest]


def moment_of(run: Run, step: int) -> Moment:
    """A run at this step, or at the nearest at which it can be looked at; −1 is its latest."""
    saved, steps = run.saved(), steps_of(run)
    nearest = steps[-1] if step < 0 else min(steps, key=lambda known: abs(known - step))
    epoch = nearest / saved.steps_per_epoch
    kept = next((m for m in saved.snapshots if m.step == nearest), None)
    if nearest == steps[-1] or kept is None:
        return Moment(nearest, epoch, saved.theta, exact=True)
    return Moment(nearest, epoch, restored(kept, saved.sizes), exact=False)


def net_at(run: Run, moment: Moment) -> Sequential:
    """The network of a run as it was at a moment."""
    net = mnist_net(run.settings, run.digits.pixels, len(run.digits.classes))
    net.theta = moment.theta
    return net


_kept: Kept[Answers] = Kept(MOST)
_one_at_a_time = threading.Lock()  # who asks for the same waits for it, and nothing is made twice


def answers_of(run: Run, moment: Moment, unseen: Unseen) -> Answers:
    """What the network of that moment answers to these images, kept for whoever asks again."""
    asked = (run.settings, digest(moment.theta), unseen.name, len(unseen.t))
    with _one_at_a_time:
        return _kept.get(asked, lambda: answers(net_at(run, moment), unseen))


def answers(net: Sequential, unseen: Unseen) -> Answers:
    """What a network answers to these images."""
    said, sure, true = [], [], []
    for start in range(0, len(unseen.t), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        with np.errstate(all="ignore"):
            p = SoftmaxCrossEntropy().output(net.predict(as_numbers(unseen.x[some])))
        said.append(p.argmax(axis=1))
        sure.append(p.max(axis=1))
        true.append(p[np.arange(len(p)), unseen.t[some]])
    certain, of_true = (np.concatenate(one or [np.empty(0)]) for one in (sure, true))
    return Answers(
        np.concatenate(said or [np.empty(0)]).astype(np.uint8),
        certain.astype(np.float32),
        of_true.astype(np.float32),
        not np.isfinite(certain).all(),
    )


def digest(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()
