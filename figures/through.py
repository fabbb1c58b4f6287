"""One image all the way through: what every number on the way is the sum of."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from figures.image_words import share
from figures.packed import packed
from figures.theme import NEGATIVE, POSITIVE
from figures.words import adding_up
from recipes.through import Sum, Through

PICTURED = 8  # units that have a picture of pixels × weights: what the others add is a number each


def ink_words(opened: Sum) -> list[str]:
    """A sum of pixels × weights in parts that add up as written: the ink that speaks for it, that
    against it, the bias, and what they come to.
    """
    speaks, against = (float(opened.adds[opened.adds * sign > 0].sum()) for sign in (1, -1))
    return [_plus(text) for text in adding_up([speaks, against, opened.bias])]


def _plus(text: str) -> str:
    """A number as it is written, with a sign in any case."""
    return text if text.startswith("−") or not text.strip("0.") else f"+{text}"


@dataclass(frozen=True, eq=False)
class ThroughPicture:
    """The image, the parts of one sum on its way, the scores and what they say."""

    classes: tuple[str, ...]
    number: int  # of the image, from 1 on; 0 of a drawing
    of: int
    next_mistake: int  # the number of the next image that is misread, 0 if there is none
    drawn: bool  # whether a drawing of the reader can be looked at, too
    image: np.ndarray  # (pixels,) from 0 to 1
    label: int  # −1 of a drawing
    way: Through
    score: int  # the class whose score it is about
    layer: int  # the dense layer, from 0 on, of the sum that is opened
    unit: int  # and which of its units
    opened: Sum
    first: np.ndarray  # (pixels, hidden) weights of the first layer
    activation: str
    gradient: np.ndarray  # (pixels,) of the score
    moments: list[int]  # that can be asked for, by their steps
    epochs: list[float]  # of each
    at: int  # which of them this is
    turned: dict[str, Any] | None = None  # `figures.turned.turned_message`, if it is opened

    @cached_property
    def message(self) -> dict[str, Any]:
        """What the browser draws."""
        way, opened = self.way, self.opened
        order = opened.order if self.layer else np.arange(0)
        pictured = order[:PICTURED] if self.layer == 1 else order[:0]
        products = self.image[:, None] * self.first[:, pictured]
        return {
            "classes": list(self.classes),
            "number": self.number,
            "of": self.of,
            "nextMistake": self.next_mistake,
            "drawn": self.drawn,
            "side": round(len(self.image) ** 0.5),
            "image": packed((self.image * 255).round().astype(np.uint8)),
            "label": self.label,
            "scores": way.sums[-1].tolist(),
            "shares": [share(float(p)) for p in way.probabilities],
            "probabilities": way.probabilities.tolist(),
            "score": self.score,
            "layers": len(way.sums),
            "layer": self.layer,
            "unit": self.unit,
            "activation": self.activation,
            "bias": opened.bias,
            "total": opened.total,
            "answer": self._answer,
            "ink": [] if self.layer else ink_words(opened),
            "rows": [
                {
                    "unit": int(unit),
                    "sum": float(way.sums[self.layer - 1][unit]),
                    "value": float(opened.values[unit]),
                    "weight": float(opened.weights[unit]),
                    "adds": float(opened.adds[unit]),
                }
                for unit in order
            ],
            "pictured": packed(products.T.astype(np.float32)),
            "products": packed(opened.adds.astype(np.float32)) if not self.layer else "",
            "weights": packed(opened.weights.astype(np.float32)) if not self.layer else "",
            "gradient": packed(self.gradient.astype(np.float32)),
            "turned": self.turned,
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
            "moments": self.moments,
            "epochs": self.epochs,
            "at": self.at,
        }

    @property
    def _answer(self) -> float | None:
        """What the opened unit makes of its sum; None of a score."""
        inputs = self.way.inputs[self.layer + 1 : self.layer + 2]
        return float(inputs[0][self.unit]) if inputs else None
