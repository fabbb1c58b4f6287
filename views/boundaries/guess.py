"""What a reader is asked to guess of a film before it plays, and what it came to."""

from collections.abc import Mapping
from typing import Protocol

from datasets.plane import FOUR_POINTS
from figures.stage import StageFilm
from recipes.boundaries import BoundariesSettings
from recipes.lottery import has_learned
from recipes.outcome import Outcome
from views.boundaries.lottery import meaning
from views.predict import Answer, Came, Choice, Question

LEARNED, SHORT, DIVERGED = "learned", "short", "diverged"  # as an address has them


class Film(Protocol):
    """A whole film, and what it came to."""

    @property
    def film(self) -> StageFilm: ...

    @property
    def end(self) -> Outcome: ...


def question(settings: BoundariesSettings) -> Question:
    """What is asked before a film of these settings plays."""
    return Question("What will become of this network?", [Choice(answers(settings), came_to)])


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
