"""What one hidden unit looks for: its weights, what it answers, and to which test images most."""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from figures.packed import packed
from figures.theme import TEMPLATE
from nn_core import Activation, Sequential
from runs.run import Progress
from runs.snapshots import FULL, Snapshot, layer_ends, restored
from views.mnist.training.wall import answers_of_layer, moments_of

MOST = 6  # test images that are shown
LEAST = 200  # pixels across and down: it stands beside what it answers


class OpenedUnit(NamedTuple):
    """One unit of a hidden layer, opened: exactly now, and what it answered at each moment.

    Before the last moment its answers are those of the bytes that the wall's pictures are made of.
    """

    layer: int  # which hidden layer, from 1
    unit: int  # which unit of it, from 0
    weights: np.ndarray  # (inputs,) float32, now: pixels, or units of the layer before
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
            "layer": self.layer,
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
    progress: Progress,
    net: Sequential,
    unit: int,
    x: np.ndarray,
    t: np.ndarray,
    over_time: bool,
    layer: int = 1,
) -> OpenedUnit:
    """A unit of a hidden layer now, and `over_time` at every moment the wall shows.

    `net` has the progress' parameters; x (n, pixels) are test images, t (n,) their classes.
    """
    here, after = net.dense[layer - 1], net.dense[layer]
    moments = moments_of(progress, over_time)
    answers = _answers(progress, net, unit, x, moments, layer)
    answers = np.where(np.isfinite(answers), answers, 0)
    places = np.argsort(-answers, axis=1, kind="stable")[:, :MOST]
    shown, most = np.unique(places, return_inverse=True)
    return OpenedUnit(
        layer,
        unit,
        here.W[:, unit].astype(np.float32),
        float(here.b[unit]),
        after.W[unit].astype(np.float32) if after is net.dense[-1] else None,
        len(x),
        answers.min(axis=1) if len(x) else np.zeros(len(moments)),
        answers.max(axis=1) if len(x) else np.zeros(len(moments)),
        most.reshape(places.shape),
        np.take_along_axis(answers, places, axis=1),
        (x[shown] * 255).round().astype(np.uint8),
        t[shown],
    )


def _answers(
    progress: Progress,
    net: Sequential,
    unit: int,
    x: np.ndarray,
    moments: list[Snapshot],
    layer: int,
) -> np.ndarray:
    """What a unit answered to images x at each moment, (moments, n); at the last one exactly."""
    bend = next(part for part in net.layers if isinstance(part, Activation))
    (start, end), hidden = layer_ends(progress.sizes)[layer - 1], progress.sizes[layer]
    then, all_answers = net.copy(), []
    with np.errstate(all="ignore"):
        for moment in moments:
            last = moment is moments[-1]
            if layer > 1:
                then.theta = progress.theta if last else restored(moment, progress.sizes)
            size = moment.scales[layer - 1] / FULL
            W = moment.bytes[start + unit : end - hidden : hidden] * size
            b = moment.bytes[end - hidden + unit] * size
            if last:
                W, b = net.dense[layer - 1].W[:, unit], net.dense[layer - 1].b[unit]
            heard = answers_of_layer(then, x, layer - 1)
            all_answers.append(bend.forward(heard @ W + b))
    return np.array(all_answers)


def unit_figure(side: int, brief: bool = False, units: int = 0) -> go.Figure:
    """A unit's weights where their pixels are, blank: the browser fills in those of the moment,
    and the colours of its theme.

    `units` is how many units there are in the layer before, if it is these that it hears: they are
    laid out row by row. `brief` leaves out the numbers of rows and columns, for a projector.
    """
    pixels = list(range(1, side + 1))
    place = "unit %{text} of the layer before" if units else "row %{y}, column %{x}"
    heat = go.Heatmap(
        x=pixels,
        y=pixels,
        z=[[0.0] * side] * side,
        colorbar={"title": {"text": "weight"}, "thickness": 12, "outlinewidth": 0},
        text=[[side * row + column for column in pixels] for row in range(side)] if units else None,
        hovertemplate=f"{place}<br>weight %{{z:.7g}}<extra></extra>",
        hoverongaps=False,
    )
    ends = {"constrain": "domain", "showgrid": False, "tickvals": [1, side // 2, side]}
    across, down = ends | {"title": "column of pixels"}, ends | {"title": "row"}
    if units:
        across = ends | {"title": f"the {units} units of the layer before, row by row"}
        across, down = across | {"tickvals": []}, ends | {"visible": False}
    margin = {"l": 44, "r": 0, "t": 8, "b": 44}
    if brief:
        across = down = ends | {"visible": False}
        margin = {"l": 4, "r": 4, "t": 4, "b": 16}
    return go.Figure(
        heat,
        {
            "template": TEMPLATE,
            "xaxis": across,
            "yaxis": down | {"autorange": "reversed", "scaleanchor": "x"},
            "margin": margin,
            "meta": {"least": LEAST, "lowest": LEAST},
        },
    )
