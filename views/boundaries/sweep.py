"""The same training with other settings, side by side: a grid of films that play on one time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from figures.sweep import Sweep
from figures.words import listed, sentences
from kernels import suits
from nn_core import Trainer
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.cells import Side, cell_at, film_at, films, own_cell
from recipes.lottery import LEARNED, ending, film_of, tile
from recipes.map import MapSettings
from recipes.sweep import (
    CellFilm,
    SweepSettings as Settings,
    cell_film,
    grid_of,
    kept,
    shared,
    times,
)
from runs.compiling import until_compiled
from runs.side_by_side import side_by_side
from runs.work import HowFar, Tell
from views.boundaries.lottery import meaning
from views.view import Piece, TryThis, View, who_took_the_steps

NAME = "sweep"
MOST_SAID = 3  # ways to end, besides having learned it


class Numbers(NamedTuple):
    """A sweep, whole or as far as it is trained."""

    settings: Settings
    grid: tuple[Side, Side]  # across and upward
    starts: list[BoundariesSettings]  # of the films, row by row from the bottom
    time: Sequence[int]  # the steps that all films share
    films: list[CellFilm | None]  # None where one is still in training
    compiled: bool  # whether the loop took the steps, or nn_core


def numbers(settings: Settings) -> Numbers:
    """The whole sweep."""
    *_, whole = growing(settings)
    return whole


def growing(settings: Settings, tell: Tell = lambda how_far: None) -> Iterator[Numbers]:
    """The sweep as its films are trained, again and again, until all are there."""
    grid = grid_of(settings)
    starts = films(settings, grid)
    data = list(map(boundaries_data, starts))
    ones = [
        boundaries_trainer(start, points, frames=())
        for start, points in zip(starts, data, strict=True)
    ]
    steps = [start.epochs * one.steps_per_epoch for start, one in zip(starts, ones, strict=True)]
    time, made = times(steps), list[CellFilm | None]([None] * len(starts))
    compiled = all(map(suits, ones))

    def so_far() -> Numbers:
        return Numbers(settings, grid, starts, time, list(made), compiled)

    def trainer(place: int) -> Trainer:
        frames = kept(time, steps[place])
        return boundaries_trainer(starts[place], data[place], frames=frames)

    yield from until_compiled(ones, tell, f"0 of {len(starts)} films", so_far)
    for share, ended in side_by_side(range(len(starts)), trainer, steps):
        for place, trained in ended:
            made[place] = cell_film(starts[place], data[place], trained, time, steps[place])
        done = sum(film is not None for film in made)
        tell(HowFar(share, "Training", f"{done} of {len(starts)} films"))
        yield so_far()


def seen_by(numbers: Numbers, settings: Settings) -> Numbers:
    """The same sweep for whoever has this film of it."""
    return numbers._replace(settings=settings)


def picture(numbers: Numbers, brief: bool = False) -> Sweep:
    """All films, and which of them is the reader's."""
    own, starts = film_of(numbers.settings), numbers.starts
    data = boundaries_data(starts[0])
    alike = len({(s.noise, s.points, s.train) for s in starts}) == 1
    return Sweep(
        numbers.grid,
        numbers.time,
        numbers.films,
        own_cell(starts, own),
        data if alike else None,
        data.classes,
    )


def caption(numbers: Numbers, brief: bool = False) -> str:
    """What the films differ in, and how they end."""
    made = [film for film in numbers.films if film is not None]
    if not made:
        return f"**0** of {len(numbers.films)} films are there: the first is in training."
    ends = Counter(film.ended for film in made)
    learned = ends.pop(LEARNED.words, 0)
    at_end = (
        f"Of **{len(made)}** films at their end"
        if len(made) == len(numbers.films)
        else f"**{len(made)}** of {len(numbers.films)} films are at their end so far:"
    )
    others = [f"**{count}** {words}" for words, count in ends.most_common(MOST_SAID)]
    if rest := sum(ends.values()) - sum(count for _, count in ends.most_common(MOST_SAID)):
        others.append(f"**{rest}** ended otherwise")
    told = "; ".join(filter(None, [f"**{learned}** learned it", listed(others) if others else ""]))
    ended = f"{at_end} {told}."
    if brief:
        return ended
    return sentences(
        f"All from seed {numbers.settings.seed}.",
        ended,
        f"*Learned it* means: {meaning(numbers.settings)}.",
    )


MATHS = [
    "Each film is a training of its own, of the same points, from the same seed. All show the same "
    "step $s$ at the same time; the steps are close together at first and then ever wider:",
    r"$$s_k \approx S^{\,k/n}, \qquad k = 0, \dots, n$$",
    "A film that has fewer steps stands still after its last one. Blank is what has diverged.",
]
CODE: list[Piece] = [film_at, tile, ending, boundaries_trainer, Trainer]


def opens(settings: Settings, cell: int) -> tuple[str, BoundariesSettings] | None:
    """The large film of a cell that was opened, by its place; None if it is none of them."""
    film = cell_at(films(settings, grid_of(settings)), cell)
    return ("film", film) if film else None


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """The same two settings from many starts: a film is one of them."""
    there = MapSettings(**vars(settings))
    return TryThis("*map*", "the same two settings, from many starts each.", there, "map")


VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=MATHS,
    code=CODE,
    code_note=who_took_the_steps,
    growing=growing,
    shared=shared,
    seen_by=seen_by,
    opens=opens,
    heights=("57vh", "68vh"),
)
