"""Where a run's network puts test images, at all its moments: found once for all who look."""

import threading
from typing import NamedTuple

import numpy as np

from datasets.digits import as_numbers
from recipes.hidden import hidden_answers
from recipes.mnist import mnist_net
from recipes.space import Directions, nearest, placed, two_directions
from runs.answers import Unseen, digest
from runs.kept import Kept
from runs.run import Run
from runs.saved import SavedRun
from runs.snapshots import restored

IMAGES = 2000  # at most
FULL = 32_000  # the largest whole number of a place
WORK = 8_000_000_000  # products, for all moments: of a large network there are fewer moments
FEWEST = 3
MOST = 8_000_000  # bytes that all of this server's take


class Space(NamedTuple):
    """Where images lie along two directions of a hidden layer, the same at all moments."""

    key: str  # the same for the same network, layer and images
    steps: list[int]  # of the moments, the latest last
    epochs: list[float]
    places: np.ndarray  # (moments, n, 2) int16, in units of the farthest / FULL
    seen: np.ndarray  # (moments,) the share of the spread that is seen
    shares: np.ndarray  # (2,) of the spread at the latest moment, that each direction keeps
    lost: bool  # whether some of these numbers are not finite: then nothing of this counts
    directions: Directions | None = None
    farthest: float = 1.0
    drawn: np.ndarray | None = None  # (moments, 2) int, where what a reader drew lies, if it does


_kept: Kept[Space] = Kept(MOST)
_beside: Kept[np.ndarray] = Kept(MOST)
_drawn: Kept[np.ndarray | None] = Kept(500_000)
_one_at_a_time = threading.Lock()  # who asks for the same waits for it, and nothing is made twice


def space_of(run: Run, unseen: Unseen, layer: int) -> Space:
    """Where the network of a run puts the first of these images, by what a hidden layer answers.

    The layer is counted from 1 on. The directions are those of the run's latest moment, and of the
    images: what the reader drew is laid out along them, too.
    """
    saved = run.saved()
    latest, images = int(saved.state["step_count"]), min(len(unseen.t), IMAGES)
    key = f"{run.settings} {digest(saved.theta)} {latest} {unseen.name} {images} {layer}"

    def make() -> Space:
        if not images:
            return _lost(key, images)
        x = as_numbers(unseen.x[:images])
        net = mnist_net(run.settings, run.digits.pixels, len(run.digits.classes))
        work = images * len(net.theta)
        before = [moment.step for moment in saved.snapshots if moment.step < latest]
        steps = [*evenly(before, max(FEWEST, WORK // max(work, 1)) - 1), latest]
        directions: Directions | None = None
        places, seen = [], []
        for step in reversed(steps):
            net.theta = _theta(saved, step)
            answers = hidden_answers(net, x, layer - 1).astype(np.float64)
            with np.errstate(all="ignore"):
                if not np.isfinite(answers.var(axis=0).sum()):
                    return _lost(key, images)
                directions = directions or two_directions(answers)
                there, share = placed(answers, directions)
            places.append(there)
            seen.append(share)
        assert directions is not None
        all_places = np.array(places[::-1])
        farthest = np.abs(all_places).max(initial=0) or 1.0
        return Space(
            key,
            steps,
            [step / saved.steps_per_epoch for step in steps],
            np.rint(all_places / farthest * FULL).astype(np.int16),
            np.array(seen[::-1]),
            directions.shares,
            lost=False,
            directions=directions,
            farthest=farthest,
        )

    with _one_at_a_time:
        space, image = _kept.get(key, make), unseen.drawn
        if image is None or space.lost:
            return space
        asked = key, digest(image)
        return space._replace(
            drawn=_drawn.get(asked, lambda: _places_of(image, run, saved, space, layer))
        )


def _theta(saved: SavedRun, step: int) -> np.ndarray:
    """The parameters of a run at a step at which it is kept."""
    kept = {moment.step: moment for moment in saved.snapshots}
    latest = step == int(saved.state["step_count"])
    return saved.theta if latest else restored(kept[step], saved.sizes)


def _places_of(
    image: np.ndarray, run: Run, saved: SavedRun, space: Space, layer: int
) -> np.ndarray | None:
    """Where one image (pixels,) lies at all moments of a space, (moments, 2), in its units.

    None if it lies at none, for an answer is not finite.
    """
    assert space.directions is not None
    net = mnist_net(run.settings, run.digits.pixels, len(run.digits.classes))
    found = []
    for step in space.steps:
        net.theta = _theta(saved, step)
        answers = hidden_answers(net, image[np.newaxis], layer - 1).astype(np.float64)
        found.append(placed(answers, space.directions)[0][0])
    places = np.rint(np.array(found) / space.farthest * FULL)
    return places.astype(int) if np.isfinite(places).all() else None


def beside(space: Space, moment: int) -> np.ndarray:
    """Which other image is the nearest to each at a moment of these, in the picture, (n,)."""
    return _beside.get(
        (space.key, moment), lambda: nearest(space.places[moment].astype(np.float64))
    )


def evenly(things: list, most: int) -> list:
    """At most so many of a list, as far from each other as they can be; the first is one."""
    if len(things) <= most:
        return things
    return [things[round(k)] for k in np.linspace(0, len(things) - 1, most)]


def _lost(key: str, images: int) -> Space:
    none = np.zeros((1, images, 2), np.int16)
    return Space(key, [0], [0.0], none, np.zeros(1), np.zeros(2), lost=True)
