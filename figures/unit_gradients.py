"""What a batch would change in the weights of each unit, and how long gradients were over time."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from figures.packed import packed
from figures.theme import CATEGORICAL, NEGATIVE, POSITIVE
from figures.weight_tiles import WeightTiles


@dataclass(frozen=True, eq=False)
class UnitGradients:
    """Weights of units beside their gradients, the longest gradient first, and lengths by layer."""

    layers: int  # hidden ones
    layer: int  # from 1 on
    units: int  # of that layer
    weights: WeightTiles  # of the units that are shown, in order
    gradients: WeightTiles  # of the same units
    lengths: np.ndarray  # (units,) of each unit's gradient
    sizes: np.ndarray  # (units,) of each unit's weights
    batch: int  # of test images, from 1 on; 0 of the run's own order
    batches: int  # of test images
    own: bool  # whether there is a batch of its own order
    named: str  # what the batch is
    over_time: np.ndarray  # (moments, layers + 1)
    fixed: int  # images for that
    stuck: list[str]  # of each hidden layer, what is said of it
    moments: list[int]  # that can be asked for, by their steps
    epochs: list[float]  # of each
    at: int  # which of them this is

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        names = [f"layer {k + 1}" for k in range(self.layers)] + ["output"]
        if self.layers == 1:
            names[0] = "hidden layer"
        return {
            "layers": self.layers,
            "layer": self.layer,
            "units": self.units,
            "shown": [
                {
                    "unit": int(unit),
                    "weights": float(self.sizes[unit]),
                    "gradient": _finite(self.lengths[unit]),
                }
                for unit in self.weights.units
            ],
            "side": self.weights.side,
            "weights": packed(self.weights.pictures),
            "gradients": packed(self.gradients.pictures),
            "weightsTo": self.weights.full,
            "gradientsTo": self.gradients.full,
            "batch": self.batch,
            "batches": self.batches,
            "own": self.own,
            "named": self.named,
            "lines": [
                {"name": name, "colour": colour, "lengths": [_finite(v) for v in column]}
                for name, colour, column in zip(names, CATEGORICAL, self.over_time.T, strict=False)
            ],
            "fixed": self.fixed,
            "stuck": self.stuck,
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
            "moments": self.moments,
            "epochs": self.epochs,
            "at": self.at,
        }


def _finite(value: float) -> float | None:
    """JSON has no infinity."""
    return float(value) if math.isfinite(value) else None
