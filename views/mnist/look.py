"""What the views that look into a trained network share: at which moment, and on which images."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from datasets.digits import Subject
from figures.image_words import when
from figures.words import as_written
from recipes.mnist import MnistSettings
from recipes.settings import APART, between
from runs.answers import Answers, Moment, Unseen, answers_of, moment_of, steps_of
from runs.began import LONGEST
from runs.recording import Recording
from runs.run import Run

ANY, MOST_CLASSES, MOST_STEPS = -1, 62, 100_000_000
LOST = "This network's numbers are no longer finite: it reads nothing."


@dataclass(frozen=True)
class LookSettings(MnistSettings):
    """A network on small images, and the moment at which it is looked at."""

    moment: int = between(
        ANY, ANY, MOST_STEPS, 1, "Moment", "The step.", APART, low_is="the latest"
    )


class Look(NamedTuple):
    """A network at a moment, and what it answers to all test images."""

    subject: Subject
    recording: str  # what a sentence calls the network, if it is a recording's
    moment: Moment
    moments: list[int]  # that can be asked for, by their steps, the latest as −1, last
    epochs: list[float]  # of each
    at: int  # which of them this is
    unseen: Unseen
    answers: Answers
    trains: bool  # whether it does at this very time
    file: str = ""  # from which the network is, if it has not been trained here
    lacks: str = ""  # what a view needs besides, and what is not here, as a sentence

    @property
    def right(self) -> np.ndarray:
        """Which images it reads right, (n,)."""
        right: np.ndarray = self.answers.said == self.unseen.t
        return right

    @property
    def nothing(self) -> str:
        """Why there is nothing to look at, as a sentence; "" if there is something."""
        if not len(self.unseen.t):
            return f"None of the {self.subject.things} it could be tried on are here."
        return LOST if self.answers.lost else self.lacks

    @property
    def follows(self) -> str:
        """That there is more to come, if it is looked at as it trains."""
        latest = self.at == len(self.epochs) - 1
        return "It trains on, and this follows after every epoch." if self.trains and latest else ""

    @property
    def whose(self) -> str:
        """The network and its moment, as the beginning of a sentence."""
        if self.file:
            return f"From {as_written(self.file, LONGEST)}, not trained here, it"
        after = when(self.moment.epoch, self.moment.exact)
        if self.recording:
            return f"A **recording**: {self.recording} {after}"
        return f"{after[0].upper()}{after[1:]} it"


def look(settings: LookSettings, run: Run, unseen: Unseen) -> Look:
    """What a run's network answers to these images at the moment that the settings name."""
    moment, steps = moment_of(run, settings.moment), steps_of(run)
    return Look(
        run.digits,
        "" if run.id else Recording.of(run.settings).title,
        moment,
        [*steps[:-1], ANY],
        [step / run.saved().steps_per_epoch for step in steps],
        steps.index(moment.step) if moment.step in steps else len(steps) - 1,
        unseen,
        answers_of(run, moment, unseen),
        run.state.live,
        run.began.file if run.began and not moment.step else "",
    )


def as_bytes(images: np.ndarray) -> np.ndarray:
    """Images as bytes, of bytes or of numbers from 0 to 1."""
    return images if images.dtype == np.uint8 else (images * 255).round().astype(np.uint8)
