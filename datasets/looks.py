"""Whether images look as if they lay on their side, or had their ink inverted."""

from enum import Enum

import numpy as np

from datasets.digits import Images

LOOKED_AT = 2000  # images
BRIGHT = 160  # what the border of an image has on average, or more, where its ink is inverted
LIES = 0.8  # how high ink reaches beside how wide, below which handwriting lies on its side


class Turn(Enum):
    """How images are turned."""

    NOT = "as they came"
    DIAGONAL = "mirrored along the diagonal"
    LEFT = "a quarter to the left"
    RIGHT = "a quarter to the right"

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Images (n, side, side), each turned."""
        match self:
            case Turn.DIAGONAL:
                x = x.transpose(0, 2, 1)
            case Turn.LEFT:
                x = np.rot90(x, 1, (1, 2))
            case Turn.RIGHT:
                x = np.rot90(x, -1, (1, 2))
        return np.ascontiguousarray(x)


def inverted(x: np.ndarray) -> bool:
    """Whether ink is dark on bright paper, by the border of images (n, side, side) uint8."""
    some = x[:LOOKED_AT]
    border = np.concatenate([some[:, 0], some[:, -1], some[:, :, 0], some[:, :, -1]], axis=1)
    return bool(border.mean() > BRIGHT)


def lies(x: np.ndarray) -> bool:
    """Whether images are wider than high, as handwriting is that was turned, EMNIST's for one.

    Latin letters and digits are higher than wide, most of them; clothes may be either.
    """
    some = x[:LOOKED_AT].astype(np.float32)
    if inverted(x):
        some = 255 - some
    down, across = _spread(some.sum(axis=2)), _spread(some.sum(axis=1))
    return bool(down < LIES * across)


def _spread(ink: np.ndarray) -> float:
    """How far ink (n, side) reaches along an edge, the mean over images, squared pixels."""
    places, all_of_it = np.arange(ink.shape[1]), np.maximum(ink.sum(axis=1), 1)
    middle = ink @ places / all_of_it
    return float(((ink @ places**2) / all_of_it - middle**2).mean())


def as_it_should_be(images: Images, turn: Turn, invert: bool) -> Images:
    """Images turned, EMNIST's along their diagonal for one, and with their ink inverted."""
    x_train, x_test = turn(images.x_train), turn(images.x_test)
    if invert:
        x_train, x_test = 255 - x_train, 255 - x_test
    return images._replace(x_train=x_train, x_test=x_test)
