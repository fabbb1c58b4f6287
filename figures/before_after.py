"""Two networks beside each other: weights, images only one reads right, each class's share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from figures.image_words import share
from figures.packed import packed
from figures.theme import NEGATIVE, POSITIVE

FULL = 127  # the whole number that has the full colour
WITHIN = 99.5  # percent of the weights: the strongest few would bleach all the others


class Moments(NamedTuple):
    """The moments of a network that can be asked for."""

    steps: list[int]
    epochs: list[float]
    at: int  # which of them this is


class Images(NamedTuple):
    """Some images, and what both networks say of them."""

    heading: str
    numbers: np.ndarray  # (n,) from 1 on
    pixels: np.ndarray  # (n, pixels) uint8
    labels: np.ndarray  # (n,)
    said: np.ndarray  # (2, n) by the first, and by the second
    sure: np.ndarray  # (2, n)

    @property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        return {
            "heading": self.heading,
            "pixels": packed(self.pixels),
            "images": [
                {
                    "number": int(number),
                    "label": int(self.labels[k]),
                    "said": self.said[:, k].tolist(),
                    "sure": [share(float(p)) for p in self.sure[:, k]],
                }
                for k, number in enumerate(self.numbers)
            ],
        }


class Pair(NamedTuple):
    """What two networks that read the same images have beside each other."""

    counts: np.ndarray  # (classes,) images of each
    right: np.ndarray  # (2, classes) those that each of the two reads right
    gained: Images
    lost: Images
    units: list[np.ndarray]  # of each, which hidden units are shown
    weights: list[np.ndarray]  # of each, (shown, pixels)
    comparable: bool  # whether the second's weights minus the first's are shown, too


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """Two networks beside each other, and what else there is to be set beside the second."""

    classes: tuple[str, ...]
    names: tuple[str, str]
    other: str  # which run the first is of, "" if of the same one
    gone: bool  # whether that is not here any more
    choices: Mapping[str, str]  # what there is beside the runs this browser has seen, by name
    run: str  # the id of the run of the second; "" of a recording
    settings: dict[str, str]  # of that run
    truth: int  # the class whose images are shown, −1 any
    pair: Pair | None  # None where there is nothing to set beside each other
    first: Moments
    second: Moments

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        return {
            "classes": list(self.classes),
            "names": list(self.names),
            "other": self.other,
            "gone": self.gone,
            "choices": dict(self.choices),
            "run": self.run,
            "settings": self.settings,
            "truth": self.truth,
            "pair": self._pair,
            "first": self._moments(self.first),
            "second": self._moments(self.second),
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
        }

    @property
    def _pair(self) -> dict[str, Any] | None:
        pair = self.pair
        if pair is None:
            return None
        weights = list(pair.weights)
        if pair.comparable:
            weights.append(weights[1] - weights[0])
        sizes = np.concatenate([np.abs(one).ravel() for one in weights])
        full = float(np.percentile(sizes, WITHIN)) or 1.0
        whole = [np.clip(np.rint(one * (FULL / full)), -FULL, FULL) for one in weights]
        return {
            "counts": pair.counts.tolist(),
            "right": pair.right.tolist(),
            "side": round(pair.weights[0].shape[1] ** 0.5),
            "gained": pair.gained.message,
            "lost": pair.lost.message,
            "units": [units.tolist() for units in pair.units],
            "weights": [packed(one, np.int8) for one in whole],
            "full": full,
        }

    @staticmethod
    def _moments(moments: Moments) -> dict[str, Any]:
        return {"moments": moments.steps, "epochs": moments.epochs, "at": moments.at}
