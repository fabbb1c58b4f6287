"""A loss curve as somebody draws it before it is there, and how near the loss then comes to it.

The plot is the unit square here: across it the training as its film plays, up it the loss, from 0
to `TOP` times the first one. A drawing is a text, as a link has it: loss~, then lines as those of
`recipes/sketch.py`.
"""

import numpy as np

from recipes.sketch import drawn

NAME = "loss~"
TOP = 1.5  # times the first loss; `stage/sketching.js` has as much
PLACES = 200  # between the two ends of the plot, by which the way is counted
NEARBY = 0.1  # of the plot's height
ALONG = np.linspace(0, 1, PLACES + 1)


def drawn_curve(text: str) -> np.ndarray:
    """The height of a drawn curve at each of `ALONG`. ValueError if the text is none.

    Where two lines lie over each other the later one counts; between lines it goes straight, before
    the first and after the last one level.
    """
    if not text.startswith(NAME):
        raise ValueError(f"expected {NAME} and lines, such as {NAME}0.500.1000.0")
    heights = np.full(len(ALONG), np.nan)
    for line in drawn(text.removeprefix(NAME)):
        across, up = line[np.argsort(line[:, 0], kind="stable")].T
        nearest = np.abs(ALONG - across.mean()).argmin()  # of a line between two places
        there = (across[0] <= ALONG) & (across[-1] >= ALONG)
        there[nearest] |= not there.any()
        heights[there] = np.interp(ALONG[there], across, up)
    known = np.isfinite(heights)
    return np.interp(ALONG, ALONG[known], heights[known])


def loss_along(steps: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """The height of a recorded loss at each of `ALONG`, at most 1: beyond that the plot ends.

    `steps` and `loss` are those of a film's frames, (frames,) each.
    """
    across = np.log1p(steps - steps[0]) / np.log1p(max(1, steps[-1] - steps[0]))
    known = np.isfinite(loss)
    return np.interp(ALONG, across[known], np.minimum(1, loss[known] / (TOP * loss[0])))


def share_near(curve: np.ndarray, loss: np.ndarray) -> float:
    """For how much of the way, from 0 to 1, two curves are no further apart than `NEARBY`."""
    return float((np.abs(curve - loss) <= NEARBY).mean())
