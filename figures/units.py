"""Hidden units with a switch each, what a network reads without some, and how far it needs them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from figures.image_words import share
from figures.packed import packed
from figures.theme import NEGATIVE, POSITIVE
from figures.weight_tiles import WeightTiles
from recipes.switched_off import Needed, Unit


class AskedImage(NamedTuple):
    """An image whose answer follows what is switched off."""

    name: str  # as a sentence begins
    image: np.ndarray  # (pixels,) from 0 to 1
    with_all: np.ndarray  # (classes,) probabilities
    now: np.ndarray  # (classes,) without those that are off


@dataclass(frozen=True, eq=False)
class UnitsPicture:
    """The units of a layer in the order in which they are needed, and what is read without some."""

    classes: tuple[str, ...]
    layers: int
    layer: int  # from 1 on
    needed: Needed
    tiles: WeightTiles
    written: str  # which are off, as the link has it
    off: tuple[Unit, ...]  # both numbers from 0 on
    before: np.ndarray  # (classes, classes): what an image is, what it is taken for, with all on
    now: np.ndarray  # (classes, classes), without those that are off
    asked: AskedImage
    moments: list[int]  # that can be asked for, by their steps
    epochs: list[float]  # of each
    at: int  # which of them this is

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        needed, places = self.needed, self.tiles.places
        image = self.asked
        return {
            "classes": list(self.classes),
            "layers": self.layers,
            "layer": self.layer,
            "units": [
                {
                    "unit": int(unit),
                    "more": int(needed.alone[unit]) - needed.right,
                    "tile": places.get(int(unit), -1),
                }
                for unit in needed.order
            ],
            "side": self.tiles.side,
            "tiles": packed(self.tiles.pictures),
            "full": self.tiles.full,
            "tried": needed.images,
            "together": needed.together.tolist(),
            "spare": needed.spare,
            "written": self.written,
            "off": [[layer + 1, unit + 1] for layer, unit in self.off],
            "before": self.before.tolist(),
            "counts": self.now.tolist(),
            "asked": {
                "name": image.name,
                "side": round(len(image.image) ** 0.5),
                "image": packed((image.image * 255).round().astype(np.uint8)),
                **{
                    name: {"said": int(p.argmax()), "sure": share(float(p.max()))}
                    for name, p in (("before", image.with_all), ("now", image.now))
                },
            },
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
            "moments": self.moments,
            "epochs": self.epochs,
            "at": self.at,
        }
