"""What the MNIST page shows as one file: the weights that form, and the paper."""

from typing import Any

from datasets.digits import Digits
from runs.run import Run
from ui.browser.mnist import digits_as_html
from ui.presenter import presenting
from views.mnist.training.kept import kept_caption
from views.mnist.training.look import Numbers, Settings
from views.mnist.training.paper import tried_on
from views.mnist.training.wall import MOST, weight_wall
from views.view import Download, View

NOTE = "One file in which the weights form, offline, for slides."
ANSWERS = "One file in which the weights form and the paper answers, offline, for slides."


def saved_digits(
    question: str, view: View[Any, Numbers], run: Run, settings: Settings, digits: Digits
) -> Download:
    """The run as it is when the reader asks for it, in the size of the page it is saved from."""
    big = presenting()

    def make() -> str:
        now = view.numbers(settings, run)
        images, labels = tried_on(run, digits)
        wall = weight_wall(now.progress, run.net(now.progress), images, over_time=True).message()
        said = kept_caption(now, wall["biases"] is not None)
        classes = run.digits.classes
        return digits_as_html(
            wall, run.settings.activation, images, labels.tolist(), classes, question, said, big
        )

    units = run.settings.units()
    whole = len(units) == 1 and units[0] <= MOST
    return Download(ANSWERS if whole else NOTE, "Save as HTML", "mnist.html", make)
