"""What a reader is asked to guess of a film before it plays, and what it came to."""

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from datasets.plane import FOUR_POINTS, features
from figures.stage import StageFilm
from nn_core import LOSSES
from recipes.boundaries import BoundariesSettings, boundaries_net
from recipes.curve_sketch import loss_along
from recipes.lottery import has_learned
from recipes.outcome import Outcome
from recipes.sketch import SIDE, Plane
from views.boundaries.lottery import meaning
from views.predict import Answer, Came, Choice, CurveSketch, Question, Sketch, Way

NO_BOUNDARY = "Where numbers are learned there is no boundary"
LEARNED, SHORT, DIVERGED = "learned", "short", "diverged"  # as an address has them


class Film(Protocol):
    """A whole film, and what it came to."""

    @property
    def film(self) -> StageFilm: ...

    @property
    def end(self) -> Outcome: ...

    @property
    def settings(self) -> BoundariesSettings: ...


def question(settings: BoundariesSettings) -> Question:
    """What is asked before a film of these settings plays."""
    ways: list[Way[Any]] = [Choice(answers(settings), came_to)]
    if settings.classes() == 2:
        ways.append(Sketch(plane))
    ways.append(CurveSketch(loss))
    return Question("What will become of this network?", ways, undrawn(settings.classes()))


def undrawn(classes: int) -> str:
    """Why no boundary can be drawn as a guess with so many classes; "" if one can."""
    if classes == 2:
        return ""
    many = "More than two classes have more than one boundary" if classes else NO_BOUNDARY
    return f"{many}, so none is to be drawn."


def answers(settings: BoundariesSettings) -> Mapping[str, Answer]:
    """It learns what it is asked, it does not, or its numbers leave all bounds."""
    it = "all four" if settings.dataset == FOUR_POINTS else "it"
    return {
        LEARNED: Answer(f"It learns {it}", meaning(settings)),
        SHORT: Answer("It does not get there", "stuck, too slow, or going wrong"),
        DIVERGED: Answer("It blows up", "its numbers leave what a computer can hold"),
    }


def came_to(numbers: Film) -> Came:
    """What became of the network; what counts as learned does so in the lottery, too."""
    film, end = numbers.film, numbers.end
    if end.diverged_at is not None:
        return Came(DIVERGED, f"it *blew up*, at step **{end.diverged_at:,}**")
    if has_learned(film.data, end.answers, end.accuracy):
        it = "all four" if film.data.name == FOUR_POINTS else "it"
        return Came(LEARNED, f"it learned {it}")
    return Came(SHORT, "it did not get there")


def plane(numbers: Film) -> Plane | None:
    """Where the network answers which of two classes at its end; None if it blew up."""
    film, data, settings = numbers.film, numbers.film.data, numbers.settings
    if film.diverged_at is not None:
        return None
    net = boundaries_net(settings)
    net.theta = film.thetas[-1].astype(float)
    width = data.right - data.left
    along = data.left + (np.arange(SIDE) + 0.5) * width / SIDE
    x1, x2 = np.meshgrid(along, along[::-1])
    z = net.predict(features(np.column_stack([x1.ravel(), x2.ravel()]), settings.inputs))
    classes = LOSSES[settings.loss]().classes(z)
    points, t = np.vstack([data.x_train, data.x_test]), np.vstack([data.t_train, data.t_test])
    return Plane((classes == 1).reshape(SIDE, SIDE), (points - data.left) / width, t[:, 0] == 1)


def loss(numbers: Film) -> np.ndarray | None:
    """The loss along the film, as a drawn one is laid beside it; None if it blew up."""
    film = numbers.film
    return None if film.diverged_at is not None else loss_along(film.steps, film.history["loss"])
