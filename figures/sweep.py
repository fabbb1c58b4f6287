"""A sweep that plays: a grid of small films of two settings, on one time."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from datasets.plane import PlaneData
from figures.cells import message_of, titled
from figures.theme import NEGATIVE, POSITIVE, colours_of
from recipes.cells import Side
from recipes.sweep import SAMPLES, CellFilm


@dataclass(frozen=True, eq=False)
class Sweep:
    """The films, row by row from the bottom, each from the left; None where one is to come."""

    grid: tuple[Side, Side]  # across and upward
    time: Sequence[int]  # the step of each frame
    films: list[CellFilm | None]
    own: int | None  # which film is the reader's
    data: PlaneData | None  # the points of all films; None if they differ from film to film
    classes: int  # how many; 0 if numbers are asked for

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws: arrays as base64, the films' frames deflated."""
        across, up = self.grid
        data = self.data
        points = np.zeros((0, 3)) if data is None else np.hstack([data.x_train, data.t_train])
        return {
            "across": message_of(across),
            "up": message_of(up),
            "steps": list(map(int, self.time)),
            "side": SAMPLES,
            "films": [self._film(place, film) for place, film in enumerate(self.films)],
            "own": -1 if self.own is None else self.own,
            "points": _packed(points),
            "left": data.left if data else 0.0,
            "right": data.right if data else 0.0,
            "classes": self.classes > 0,
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
            "kinds": colours_of(self.classes),
        }

    def _film(self, place: int, film: CellFilm | None) -> dict[str, Any]:
        name = titled(self.grid, place, self.own)
        if film is None:
            return {"name": name, "tiles": "", "reads": "", "ended": "", "last": 0}
        return {
            "name": name,
            "tiles": base64.b64encode(film.tiles).decode(),
            "reads": _packed(film.right if self.classes else film.losses),
            "ended": film.ended,
            "last": film.last,
        }


def _packed(array: np.ndarray) -> str:
    with np.errstate(over="ignore"):  # a loss beyond float32 is beyond every number
        small = np.ascontiguousarray(array, np.float32)
    return base64.b64encode(small.tobytes()).decode()
