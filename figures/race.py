"""Two films that move together, and the names of their curves."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from figures.stage import StageFilm
from figures.theme import FIRST, SECOND

ALIKE = 1e-9  # epochs: moments no further apart are one


@dataclass(frozen=True, eq=False)
class Race:
    """The left film, which leads, and the right one."""

    films: tuple[StageFilm, StageFilm]
    names: tuple[str, str]  # what each has otherwise than the other
    values: tuple[str, str]  # the same without its name, for where there is little room

    @cached_property
    def message(self) -> dict[str, Any]:
        """Both films as JSON can carry them."""
        return {
            "films": [film.message for film in self.films],
            "names": list(self.names),
            "values": list(self.values),
            "colours": [FIRST, SECOND],
        }


def waiting_for(film: StageFilm, other: StageFilm) -> StageFilm:
    """A film that has ended, with as many frames after its end as it takes to see all of another.

    In these it is as it was at its end.
    """
    then = np.ceil((other.steps / other.steps_per_epoch - ALIKE) * film.steps_per_epoch)
    later = np.unique(then[then > film.steps[-1]]).astype(film.steps.dtype)

    def on(kept: np.ndarray) -> np.ndarray:
        return np.concatenate([kept, np.repeat(kept[-1:], len(later), axis=0)])

    return replace(
        film,
        steps=np.append(film.steps, later),
        thetas=on(film.thetas),
        history={name: on(values) for name, values in film.history.items()},
        beyond=len(later),
    )
