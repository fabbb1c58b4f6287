"""What one hidden unit looks for: its weights, what it answers, and to which test images most."""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.packed import packed
from figures.theme import DIVERGING, TEMPLATE
from nn_core import Activation, Sequential
from runs.run import Progress
from runs.snapshots import FULL, layer_ends
from views.mnist.training.wall import moments_of

MOST = 6  # test images that are shown
LEAST = 200  # pixels across and down: it stands beside what it answers


class OpenedUnit(NamedTuple):
    """One unit of the first hidden layer, opened: exactly now, and what it answered at each moment.

    Before the last moment its answers are those of the bytes that the wall's pictures are made of.
    """

    unit: int  # which one, from 0
    weights: np.ndarray  # (pixels,) float32, now
    bias: float
    outgoing: np.ndarray | None  # (classes,) float32, if those come right after
    tried: int  # test images that it was shown
    lowest: np.ndarray  # (moments,) the least of its answers to them, 0 if there are none
    highest: np.ndarray  # (moments,) and the most
    most: np.ndarray  # (moments, 6) which of `images` it answered most, the first one most of all
    answers: np.ndarray  # (moments, 6) and how strongly
    images: np.ndarray  # (n, pixels) uint8, all that are among the most at any moment
    labels: np.ndarray  # (n,) which classes they are of

    def message(self) -> dict[str, Any]:
        """The unit as JSON can carry it."""
        return {
            "unit": self.unit,
            "weights": packed(self.weights),
            "bias": packed(np.array([self.bias], np.float32)),
            "outgoing": None if self.outgoing is None else packed(self.outgoing),
            "tried": self.tried,
            "lowest": packed(self.lowest.astype(np.float32)),
            "highest": packed(self.highest.astype(np.float32)),
            "most": self.most.tolist(),
            "answers": packed(self.answers.astype(np.float32)),
            "images": packed(self.images),
            "labels": self.labels.tolist(),
        }


def opened_unit(
    progress: Progress, net: Sequential, unit: int, x: np.ndarray, t: np.ndarray, over_time: bool
) -> OpenedUnit:
    """A unit of the first hidden layer now, and `over_time` at every moment the wall shows.

    `net` has the progress' parameters; x (n, pixels) are test images, t (n,) their classes.
    """
    first, second = net.dense[0], net.dense[1]
    bend = next(layer for layer in net.layers if isinstance(layer, Activation))
    moments, end = moments_of(progress, over_time), layer_ends(progress.sizes)[0][1]
    hidden = progress.sizes[1]
    size = np.array([m.scales[0] / FULL for m in moments])
    W = np.array([m.bytes[unit : end - hidden : hidden] for m in moments]) * size[:, None]
    b = np.array([m.bytes[end - hidden + unit] for m in moments]) * size
    W[-1], b[-1] = first.W[:, unit], first.b[unit]
    with np.errstate(all="ignore"):
        answers = bend.forward(x @ W.T + b).T  # (moments, n)
    answers = np.where(np.isfinite(answers), answers, 0)
    places = np.argsort(-answers, axis=1, kind="stable")[:, :MOST]
    shown, most = np.unique(places, return_inverse=True)
    return OpenedUnit(
        unit,
        first.W[:, unit].astype(np.float32),
        float(first.b[unit]),
        second.W[unit].astype(np.float32) if len(progress.sizes) == 3 else None,
        len(x),
        answers.min(axis=1) if len(x) else np.zeros(len(moments)),
        answers.max(axis=1) if len(x) else np.zeros(len(moments)),
        most.reshape(places.shape),
        np.take_along_axis(answers, places, axis=1),
        (x[shown] * 255).round().astype(np.uint8),
        t[shown],
    )


def unit_figure(side: int, brief: bool = False) -> go.Figure:
    """A unit's weights where their pixels are, blank: the browser fills in those of the moment.

    `brief` leaves out the numbers of rows and columns, for a projector.
    """
    pixels = list(range(1, side + 1))
    heat = go.Heatmap(
        x=pixels,
        y=pixels,
        z=[[0.0] * side] * side,
        colorscale=DIVERGING,
        colorbar={"title": {"text": "weight"}, "thickness": 12, "outlinewidth": 0},
        hovertemplate="row %{y}, column %{x}<br>weight %{z:.7g}<extra></extra>",
    )
    ends = {"constrain": "domain", "showgrid": False, "tickvals": [1, side // 2, side]}
    across, down = ends | {"title": "column of pixels"}, ends | {"title": "row"}
    if brief:
        across = down = ends | {"visible": False}
    return go.Figure(
        heat,
        {
            "template": TEMPLATE,
            "xaxis": across,
            "yaxis": down | {"autorange": "reversed", "scaleanchor": "x"},
            "margin": dict.fromkeys("lrtb", 4) if brief else {"l": 44, "r": 0, "t": 8, "b": 44},
            "meta": {"least": LEAST, "lowest": LEAST},
        },
    )
