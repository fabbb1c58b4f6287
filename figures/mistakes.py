"""What a network takes for what: the table, images of a cell, and how far to believe it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from figures.image_words import share
from figures.packed import packed
from recipes.mistakes import Reliability


@dataclass(frozen=True, eq=False)
class Mistakes:
    """The table of all answers, some images of what is chosen in it, the surest first."""

    classes: tuple[str, ...]
    counts: np.ndarray  # (classes, classes): what an image is, what it is taken for
    truth: int  # the class whose images are shown, −1 any
    guess: int  # what they are taken for, −1 anything else
    heading: str  # what is said of these images
    many: int  # how many there are; the first of them are shown
    numbers: np.ndarray  # (shown,) of the images, from 1 on
    images: np.ndarray  # (shown, pixels) uint8
    labels: np.ndarray  # (shown,)
    said: np.ndarray  # (shown,)
    sure: np.ndarray  # (shown,)
    believed: Reliability
    moments: list[int]  # that can be asked for, by their steps
    epochs: list[float]  # of each
    at: int  # which of them this is

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        bins = zip(*self.believed, strict=True)
        return {
            "classes": list(self.classes),
            "counts": self.counts.tolist(),
            "truth": self.truth,
            "guess": self.guess,
            "heading": self.heading,
            "many": self.many,
            "side": round(self.images.shape[1] ** 0.5),
            "images": packed(self.images),
            "shown": [
                {"number": int(i), "label": int(t), "said": int(k), "sure": share(float(p))}
                for i, t, k, p in zip(self.numbers, self.labels, self.said, self.sure, strict=True)
            ],
            "believed": [
                {
                    "low": float(low),
                    "high": float(high),
                    "count": int(count),
                    "sure": float(sure) if count else 0.0,
                    "right": float(right) if count else 0.0,
                }
                for low, high, count, sure, right in bins
            ],
            "moments": self.moments,
            "epochs": self.epochs,
            "at": self.at,
        }
