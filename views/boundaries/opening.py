"""The living picture on Home: Decision boundaries' film, for who sees one for the first time."""

from dataclasses import replace

from figures.words import Said, number
from recipes.boundaries import PRESETS, BoundariesSettings as Settings
from recipes.outcome import Outcome
from views.boundaries.film import VIEW, Numbers
from views.boundaries.moments import on_the_way
from views.view import TryThis


def from_home(settings: Settings, numbers: Numbers) -> TryThis:
    """The question that the living picture on Home raises, where it is answered."""
    without = PRESETS["One neuron cannot"].settings
    return TryThis("*One neuron cannot*", "why these points need a hidden layer.", without)


def opening_caption(numbers: Numbers, brief: bool = False) -> list[Said]:
    """What the living picture on Home shows, on its way and at its end."""
    film = numbers.film
    return [*on_the_way(film), Said(int(film.steps[-1]), from_first_to_last(numbers.end))]


def from_first_to_last(end: Outcome) -> str:
    """All of a training in two sentences, for whoever sees one for the first time."""
    return (
        "*One or the other, but not both?* A few neurons start out wrong (loss, how wrong they "
        f"are: **{number(end.first)}**), correct themselves {end.step:,} times, and end at "
        f"**{number(end.loss)}**. Blue means yes, orange means no; touch anything to open it."
    )


OPENING = replace(
    VIEW,
    caption=opening_caption,
    trains_on=None,
    starts_over=None,
    placing=False,
    building=None,
    predict=None,
    try_this=from_home,
    saved_as="home.html",
    downloads=None,
    heights=("66vh", "72vh"),
    opening=True,
)
