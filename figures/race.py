"""Two films that move together, and the names of their curves."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from figures.stage import StageFilm
from figures.theme import FIRST, SECOND


@dataclass(frozen=True, eq=False)
class Race:
    """The left film, which leads, and the right one."""

    films: tuple[StageFilm, StageFilm]
    names: tuple[str, str]  # what each has otherwise than the other

    @cached_property
    def message(self) -> dict[str, Any]:
        """Both films as JSON can carry them."""
        films = [film.message for film in self.films]
        digest = hashlib.sha256(" ".join(film["digest"] for film in films).encode()).hexdigest()
        return {
            "films": films,
            "names": list(self.names),
            "colours": [FIRST, SECOND],
            "digest": digest[:16],
        }
