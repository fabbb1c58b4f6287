"""A network on images is taken along: its weights, and the lines that hold them elsewhere."""

import numpy as np

from datasets.digits import Subject, as_numbers
from figures.image_words import when
from figures.words import as_written, listed
from recipes.network_code import SOFTMAX, Layers, all_code, network_file
from runs.answers import Moment, Unseen, moment_of
from runs.run import Run
from runs.subjects import LONGEST_CLASS
from views.view import Download

NETWORK = "network.npz"
TRIED = 5  # test images that travel with a network, to try it on
LATEST = -1


def take_along(run: Run, moment: Moment, unseen: Unseen) -> Download:
    """A run's network at a moment, with the first test images.

    At its latest moment the file is of the one at which it is made: a run may train on meanwhile.
    """
    saved = run.saved()
    ends = [run.settings.activation] * (len(saved.sizes) - 2)
    layers = Layers(saved.sizes, [*ends, SOFTMAX])
    latest = moment.step == moment_of(run, LATEST).step
    asked = LATEST if latest else moment.step
    x, tried = as_numbers(unseen.x[:TRIED]), _named(run.digits, unseen.t[:TRIED])
    if not len(x):
        x, tried = np.zeros((1, saved.sizes[0]), np.float32), "an image without ink"
    then = "after its latest whole epoch" if latest and run.state.live else _after(run, moment)
    return Download(
        f"The weights {then}, for the lines below; each prints the probabilities that the network "
        f"gives for {tried}, with pixels from 0 to 1.",
        "Save the weights",
        NETWORK,
        lambda: network_file(moment_of(run, asked).theta, layers, x),
        all_code(NETWORK, layers),
    )


def _after(run: Run, moment: Moment) -> str:
    if run.began and not moment.step:
        return "that it began with"
    return when(moment.epoch, moment.exact)


def _named(subject: Subject, labels: np.ndarray) -> str:
    """The first test images, by their numbers and what each is."""
    names = [as_written(subject.classes[label], LONGEST_CLASS) for label in labels]
    if len(names) == 1:
        return f"test image 1 ({names[0]})"
    return f"test images 1 to {len(names)} ({listed(names)})" if names else ""
