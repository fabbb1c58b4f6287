"""Where a network puts images: each a point by two directions of its hidden answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, islice
from typing import Any

import numpy as np

from figures.packed import packed
from figures.theme import CLASS_COLOURS
from figures.words import adding_up

SHORT = 2  # letters of a class's name that can stand for a point


def kept_words(shares: Sequence[float] | np.ndarray) -> list[str]:
    """The share of the spread that each of two directions keeps, and that both do."""
    return [f"{text}%" for text in adding_up([100 * float(one) for one in shares], digits=1)]


@dataclass(frozen=True, eq=False)
class SpacePicture:
    """Points at all moments, on the same axes; and of each class how many lie by their own."""

    classes: tuple[str, ...]
    labels: np.ndarray  # (n,)
    places: np.ndarray  # (moments, n, 2) int16
    drawn: np.ndarray | None  # (moments, 2) in the same units, of what a reader drew
    own: np.ndarray  # (classes,) those whose nearest at this moment is of their own class
    shares: np.ndarray  # (2,) of the spread that each direction keeps
    layer: int  # the hidden layer, from 1 on
    layers: int
    moments: list[int]  # that can be shown, by their steps, the latest as −1
    epochs: list[float]  # of each
    at: int  # which of them this is

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        labels = np.bincount(self.labels, minlength=len(self.classes))
        low, high = self.places.min(axis=(0, 1)), self.places.max(axis=(0, 1))
        if self.drawn is not None:
            low, high = (
                np.minimum(low, self.drawn.min(axis=0)),
                np.maximum(high, self.drawn.max(axis=0)),
            )
        return {
            "classes": list(self.classes),
            "marks": self._marks,
            "colours": list(islice(cycle(CLASS_COLOURS.values()), len(self.classes))),
            "labels": packed(self.labels, np.uint8),
            "places": packed(self.places, np.int16),
            "drawn": None if self.drawn is None else self.drawn.tolist(),
            "low": low.tolist(),
            "high": high.tolist(),
            "counts": labels.tolist(),
            "own": self.own.tolist(),
            "shares": kept_words(self.shares)[:2],
            "layer": self.layer,
            "layers": self.layers,
            "moments": self.moments,
            "epochs": self.epochs,
            "at": self.at,
        }

    @property
    def _marks(self) -> list[str]:
        """What stands for a point of each class: its name, or its number where names are long."""
        if all(len(name) <= SHORT for name in self.classes):
            return list(self.classes)
        return [str(k) for k in range(len(self.classes))]
