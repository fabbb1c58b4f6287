"""Which settings learn it? Two of them over a grid, each pair trained from many starts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from datasets.plane import FOUR_POINTS
from figures.cells import named
from figures.map import SettingsMap, starts
from figures.map_words import (
    BY_CHANCE,
    best_of,
    best_words,
    chance_words,
    column_of,
    column_words,
    difference,
    diverged_words,
)
from figures.words import sentences
from kernels import suits
from nn_core import Trainer
from recipes.boundaries import BoundariesSettings, boundaries_data, boundaries_trainer
from recipes.cells import Side, cell_at, film_at, films, own_cell
from recipes.lottery import film_of, has_learned
from recipes.map import (
    LOOKS,
    SHARE,
    STEPS,
    Came,
    Cell,
    MapSettings as Settings,
    cells_of,
    first_seed,
    grid_of,
    learned_since,
    looks,
    none_yet,
    note,
    shared,
)
from recipes.settings import Preset
from runs.compiling import until_compiled
from runs.side_by_side import side_by_side
from runs.work import HowFar, Tell
from views.boundaries.lottery import meaning
from views.view import Piece, TryThis, View, who_took_the_steps

NAME = "map"


class Numbers(NamedTuple):
    """A map, whole or as far as it is trained."""

    settings: Settings
    grid: tuple[Side, Side]  # across and upward
    films: list[BoundariesSettings]  # of the cells, row by row from the bottom
    came: Came  # what became of each cell's starts
    cells: list[Cell]  # the same, summed up
    compiled: bool  # whether the loop took the steps, or nn_core

    @property
    def own(self) -> int | None:
        """Which cell is the reader's."""
        return own_cell(self.films, film_of(self.settings))


def numbers(settings: Settings) -> Numbers:
    """The whole map."""
    *_, whole = growing(settings)
    return whole


def growing(settings: Settings, tell: Tell = lambda how_far: None) -> Iterator[Numbers]:
    """The map as it is trained: each cell's first start, cell by cell, then the second ones."""
    grid, first = grid_of(settings), first_seed(settings)
    cells = films(settings, grid)
    data = [boundaries_data(cell) for cell in cells]
    ones = [
        boundaries_trainer(cell, points, frames=())
        for cell, points in zip(cells, data, strict=True)
    ]
    steps = [cell.epochs * one.steps_per_epoch for cell, one in zip(cells, ones, strict=True)]
    looked = [looks(last) for last in steps]
    came, of = none_yet(len(cells), settings.each), len(cells) * settings.each
    asked = [(cell, start) for start in range(settings.each) for cell in range(len(cells))]
    compiled = all(map(suits, ones))

    def so_far() -> Numbers:
        return Numbers(settings, grid, cells, came.copy(), cells_of(came), compiled)

    def trainer(at: tuple[int, int]) -> Trainer:
        cell, start = at
        seeded = replace(cells[cell], seed=first + start)
        made = boundaries_trainer(seeded, data[cell], frames=looked[cell])
        made.record_at = {steps[cell]}  # what it was at the other looks is judged afterwards
        return made

    yield from until_compiled(ones, tell, f"0 of {of:,} starts", so_far)
    for share, ended in side_by_side(asked, trainer, [steps[cell] for cell, _ in asked]):
        for place, trained in ended:
            note(came, asked[place], data[asked[place][0]], trained)
        done = int(came.trained.sum())
        enough = bool(came.trained.any(axis=1).all())
        tell(HowFar(share, "Training", f"{done:,} of {of:,} starts", enough=enough))
        yield so_far()


def seen_by(numbers: Numbers, settings: Settings) -> Numbers:
    """The same map for whoever has this cell and this seed of it, and looks at this of it."""
    return numbers._replace(settings=settings)


def picture(numbers: Numbers, brief: bool = False) -> SettingsMap:
    """The cells, the darker the better."""
    settings = numbers.settings
    return SettingsMap(numbers.grid, numbers.cells, settings.each, settings.shows, numbers.own)


def caption(numbers: Numbers, brief: bool = False) -> str:
    """What changes along the reader's own column, whether that is chance, and the best cell."""
    drawn, each = picture(numbers), numbers.settings.each
    begun, least = sum(cell.trained > 0 for cell in drawn.cells), drawn.least
    if not least:
        return f"**{begun}** of {len(drawn.cells)} cells have a first start trained."
    alike = all(cell.trained == least for cell in drawn.cells)
    had = starts(least) if alike else f"at least {starts(least)}"
    so_far = "" if least == each else f"So far every cell has had {had} of {each}."
    if drawn.own is None:
        return sentences(so_far, best_words(drawn), "" if brief else diverged_words(drawn))
    told = [column_words(drawn, drawn.own, brief), chance_words(drawn, drawn.own)]
    if not brief:
        told += [best_words(drawn), _yours(numbers, drawn.own), diverged_words(drawn)]
    return sentences(so_far, *told)


def _yours(numbers: Numbers, own: int) -> str:
    """What became of the very start on screen."""
    seed, cell = numbers.settings.seed, numbers.cells[own]
    at = own, seed - first_seed(numbers.settings)
    if not numbers.came.trained[at] or cell.trained == 1:
        return ""
    learned, yours = bool(numbers.came.learned[at]), f"Your own start, seed {seed},"
    if cell.learned in (0, cell.trained):
        did = "learned it, as all" if learned else "did not learn it, as none"
        return f"{yours} {did} of its cell did."
    among = "the one" if cell.learned == 1 else f"among the {cell.learned}"
    return f"{yours} is {'' if learned else 'not '}{among} of its cell that learned it."


def maths(numbers: Numbers) -> list[str]:
    """What is counted, and how far chance moves the difference of two shares."""
    settings = numbers.settings
    lines = [
        f"*Learned it* means: {meaning(settings)}.",
        f"Each training is looked at up to {LOOKS} times, ever more rarely. *By step* means: at "
        "that look and at every later one it had learned it. A *median* start has as many that are "
        "better as worse; where it is said of those that learned it, the others do not count.",
        "Two cells in which $k$ of $n$ and $l$ of $m$ starts learned it are told apart by",
        r"$$p = \frac{k + 1}{n + 2}, \quad q = \frac{l + 1}{m + 2}, \qquad "
        r"q - p \;\text{ beside }\; s = \sqrt{\frac{p(1-p)}{n + 2} + \frac{q(1-q)}{m + 2}}$$",
        f"Chance alone moves the difference by about $s$; one of {BY_CHANCE} $s$ or more is called "
        "no luck.",
    ]
    own = numbers.own
    if own is not None and picture(numbers).least:
        drawn = picture(numbers)
        one, other = drawn.cells[own], drawn.cells[best_of(drawn, column_of(drawn, own))]
        more, sure = difference(one, other)
        lines.append(
            rf"$$p = \frac{{{one.learned + 1}}}{{{one.trained + 2}}}, \quad "
            rf"q = \frac{{{other.learned + 1}}}{{{other.trained + 2}}}, \qquad "
            rf"q - p = {more:.3f}, \quad s = {sure:.3f}$$"
        )
    return lines


CODE: list[Piece] = [film_at, has_learned, learned_since, boundaries_trainer, Trainer]


def opens(settings: Settings, cell: int) -> tuple[str, BoundariesSettings] | None:
    """The film of a cell that was touched, by its place; None if it is none of them."""
    film = cell_at(films(settings, grid_of(settings)), cell)
    return ("film", film) if film else None


def try_this(settings: Settings, numbers: Numbers) -> TryThis | None:
    """The best cell as a film; where that is the reader's own, something else of the same map.

    Where no start learned it, the same map with more epochs, if it can have more.
    """
    cells, own = numbers.cells, numbers.own
    if min(cell.trained for cell in cells) < settings.each:
        return None
    best = max(range(len(cells)), key=lambda place: cells[place].share)
    if not cells[best].learned:
        more = [epochs for epochs in Settings.values_of("epochs") if epochs > settings.epochs]
        if not more:
            return None
        longer = replace(settings, epochs=more[0])
        return TryThis(f"*epochs* {more[0]:,}", "the same map, trained longer.", longer, NAME)
    if own is not None and cells[own].share == cells[best].share:
        shows = STEPS if settings.shows == SHARE else SHARE
        return TryThis(
            f"*shows* {shows}", "the same trainings.", replace(settings, shows=shows), NAME
        )
    what = " and ".join(f"*{name}*" for name in named(numbers.grid, best))
    why = f"{cells[best].learned} of {starts(cells[best].trained)} learned it there."
    return TryThis(what, why, numbers.films[best], "film")


PRESETS = {
    "Do more units help?": Preset(
        Settings(
            dataset=FOUR_POINTS,
            layers=1,
            hidden=2,
            activation="sigmoid",
            init="normal",
            lr=1.0,
            epochs=3000,
            each=100,
        )
    ),
}

VIEW = View(
    name=NAME,
    settings=Settings,
    numbers=numbers,
    picture=picture,
    caption=caption,
    try_this=try_this,
    maths=maths,
    code=CODE,
    code_note=who_took_the_steps,
    presets=PRESETS,
    growing=growing,
    shared=shared,
    seen_by=seen_by,
    opens=opens,
    heights=("58vh", "68vh"),
)
