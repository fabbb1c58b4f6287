"""How long a run's gradients are at its moments, and which units are stuck: found once for all."""

import threading

import numpy as np

from datasets.digits import as_numbers
from nn_core import Sequential, layer_norms
from recipes.batch_gradient import Batch, batch_of, gradient_on
from recipes.mnist import mnist_net
from recipes.stuck_units import Stuck, stuck_units
from runs.answers import AT_ONCE, Moment, Unseen, digest, net_at
from runs.kept import Kept
from runs.run import Run, TrainingRun
from runs.snapshots import Snapshot, restored
from runs.switched_off import evenly

FIXED = 200  # test images on which the gradient is found at all moments
MOST = 2_000_000  # bytes that all of this server's take

_lengths: Kept[np.ndarray] = Kept(MOST)
_length: Kept[list[float]] = Kept(MOST)
_stuck: Kept[list[Stuck]] = Kept(MOST)
_one_at_a_time = threading.Lock()  # who asks for the same waits for it, and nothing is made twice


def batches(run: Run, unseen: Unseen) -> int:
    """How many batches of its size the test images make."""
    return -(-len(unseen.t) // run.settings.batch)


def batch_at(run: Run, moment: Moment, unseen: Unseen, number: int) -> Batch:
    """A batch of test images, from 1 on; 0 is that which a run's next step takes, if it can train.

    Of a run whose training images are not here, 0 is the first of test images.
    """
    if not number and isinstance(run, TrainingRun):
        return batch_of(run.trainer, moment.step)
    start = (max(number, 1) - 1) * run.settings.batch
    some = slice(start, start + run.settings.batch)
    return Batch(as_numbers(unseen.x[some]), unseen.t[some], start + 1)


def lengths_of(run: Run, unseen: Unseen) -> np.ndarray:
    """The length of each layer's gradient at every moment kept, (moments, layers), latest last.

    Always on the same test images, without dropout and penalty; before the latest moment from
    weights each rounded to one of 255 values a layer.
    """
    saved = run.saved()
    latest = int(saved.state["step_count"])
    before = [moment for moment in saved.snapshots if moment.step < latest]
    which = evenly(len(unseen.t), FIXED)
    images = run.settings, unseen.name, len(unseen.t)
    fixed = Batch(as_numbers(unseen.x[which]), unseen.t[which])

    def length(theta: np.ndarray) -> list[float]:
        net = mnist_net(run.settings, run.digits.pixels, len(run.digits.classes))
        net.theta = theta
        return layer_norms(gradient_on(net, fixed))

    def at(moment: Snapshot) -> list[float]:
        asked = digest(moment.bytes), moment.scales.tobytes()
        return _length.get((*images, *asked), lambda: length(restored(moment, saved.sizes)))

    def make() -> np.ndarray:
        return np.array([*map(at, before), length(saved.theta)])

    with _one_at_a_time:
        asked = digest(saved.theta), tuple(moment.step for moment in before)
        return _lengths.get((*images, *asked), make)


def stuck_at(run: Run, moment: Moment, unseen: Unseen) -> list[Stuck]:
    """How many units of each hidden layer are stuck on all test images."""

    def make() -> list[Stuck]:
        net: Sequential = net_at(run, moment)
        starts = range(0, len(unseen.t), AT_ONCE)
        return stuck_units(net, (as_numbers(unseen.x[k : k + AT_ONCE]) for k in starts))

    with _one_at_a_time:
        return _stuck.get((run.settings, digest(moment.theta), unseen.name, len(unseen.t)), make)
