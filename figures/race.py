"""Two films that move together, and the names of their curves."""

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
