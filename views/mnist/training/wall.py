"""What each hidden unit listens to: its weights as a small picture, at several moments."""

import math
from typing import Any, NamedTuple

import numpy as np

from figures.packed import packed
from figures.theme import NEGATIVE, POSITIVE
from nn_core import Activation, Sequential
from runs.run import Progress
from runs.snapshots import Snapshot, layer_ends, snapshot

MOST = 100  # pictures: more would be too small to see
WITHIN = 99.5  # percent of the weights: the strongest few would bleach all the others


class WeightWall(NamedTuple):
    """Pictures of hidden units, one row of `pictures` a moment, the last moment last.

    Whole numbers from −127 to 127, which stand for −range to +range, one range for all units of a
    moment. `orders` are ways to line the units up, strongest first.
    """

    layer: int  # which hidden layer, from 1 on
    layers: int  # how many there are
    side: int  # cells along a picture's edge
    inputs: int  # cells that a picture has: pixels, or units of the layer before, row by row
    hidden: int  # how many units there are, of which the wall shows at most 100
    units: np.ndarray  # (shown,) which ones
    steps: list[int]
    epochs: list[float]
    ranges: np.ndarray  # (moments,)
    limits: np.ndarray  # (moments,) whole numbers that get the full colour: few pixels lie beyond
    pictures: np.ndarray  # (moments, shown, side²) int8; 0 beyond the inputs
    outgoing: np.ndarray | None  # (moments, shown, classes) int8, if those come right after
    outgoing_ranges: np.ndarray | None  # (moments,)
    biases: np.ndarray | None  # (moments, hidden + classes) int8, if all of the network is shown
    orders: dict[str, np.ndarray]  # of the places in `units`
    norms: np.ndarray  # (shown,) the length of each unit's weights at the last moment
    matters: np.ndarray  # (shown,) how far it moves what comes after, see `importance`

    def message(self) -> dict[str, Any]:
        """The wall as JSON can carry it."""
        outgoing, ranges = self.outgoing, self.outgoing_ranges
        return {
            "layer": self.layer,
            "layers": self.layers,
            "side": self.side,
            "inputs": self.inputs,
            "hidden": self.hidden,
            "units": self.units.tolist(),
            "steps": self.steps,
            "epochs": self.epochs,
            "ranges": self.ranges.tolist(),
            "limits": self.limits.tolist(),
            "pictures": packed(self.pictures),
            "outgoing": None if outgoing is None else packed(outgoing),
            "outgoingRanges": None if ranges is None else ranges.tolist(),
            "biases": None if self.biases is None else packed(self.biases),
            "orders": {name: order.tolist() for name, order in self.orders.items()},
            "norms": self.norms.tolist(),
            "matters": self.matters.tolist(),
            "colours": {"negative": NEGATIVE, "positive": POSITIVE},
        }


def weight_wall(
    progress: Progress, net: Sequential, x: np.ndarray, over_time: bool, layer: int = 1
) -> WeightWall:
    """A hidden layer's weights now, and `over_time` at every moment kept, too.

    `net` has the progress' parameters; x (n, pixels) are images to measure importance on.
    """
    sizes = progress.sizes
    moments = moments_of(progress, over_time)
    norms, units = _norms(net, layer), on_the_wall(net, layer)
    matters = importance(net, x, layer)
    pictures = np.array([_incoming(m, sizes, layer)[units] for m in moments])
    direct = layer == len(sizes) - 2
    outgoing = np.array([_outgoing(m, sizes)[units] for m in moments]) if direct else None
    side = math.ceil(sizes[layer - 1] ** 0.5)
    orders = {
        "as they come": np.arange(len(units)),
        "largest weights first": np.argsort(-norms[units], kind="stable"),
    }
    if len(x):
        orders["most influence first"] = np.argsort(-matters[units], kind="stable")
    return WeightWall(
        layer=layer,
        layers=len(sizes) - 2,
        side=side,
        inputs=sizes[layer - 1],
        hidden=sizes[layer],
        units=units,
        steps=[m.step for m in moments],
        epochs=[m.step / progress.steps_per_epoch for m in moments],
        ranges=np.array([m.scales[layer - 1] for m in moments]),
        limits=np.maximum(1, np.percentile(np.abs(pictures), WITHIN, axis=(1, 2))),
        pictures=np.pad(pictures, ((0, 0), (0, 0), (0, side**2 - sizes[layer - 1]))),
        outgoing=outgoing,
        outgoing_ranges=np.array([m.scales[layer] for m in moments]) if direct else None,
        biases=np.array([_biases(m, sizes) for m in moments])
        if len(sizes) == 3 and len(units) == sizes[1]
        else None,
        orders=orders,
        norms=norms[units],
        matters=matters[units],
    )


def thinned(wall: WeightWall, most: int) -> WeightWall:
    """The wall with so few of its moments, evenly, that their pictures take at most `most` bytes.

    The first and the last one stay.
    """
    shown = max(2, most // wall.pictures[0].nbytes)
    if shown >= len(wall.steps):
        return wall
    kept = np.linspace(0, len(wall.steps) - 1, shown).round().astype(int)
    arrays = ("ranges", "limits", "pictures", "outgoing", "outgoing_ranges", "biases")
    some: dict[str, Any] = {
        name: a[kept] for name in arrays if (a := getattr(wall, name)) is not None
    }
    some |= {name: [getattr(wall, name)[k] for k in kept] for name in ("steps", "epochs")}
    return wall._replace(**some)


def moments_of(progress: Progress, over_time: bool) -> list[Snapshot]:
    """The parameters now, and `over_time` at every moment kept, too: the last one is now."""
    before = [m for m in progress.snapshots if m.step < progress.step] if over_time else []
    return [*before, snapshot(progress.step, progress.theta, progress.sizes)]


def on_the_wall(net: Sequential, layer: int = 1) -> np.ndarray:
    """The units that have a picture: all, or of more than 100 those with the largest weights."""
    return np.sort(np.argsort(-_norms(net, layer), kind="stable")[:MOST])


def _norms(net: Sequential, layer: int) -> np.ndarray:
    """How long each unit's weights are, (hidden,)."""
    with np.errstate(over="ignore"):
        norms: np.ndarray = np.nan_to_num(np.linalg.norm(net.dense[layer - 1].W, axis=0))
    return norms


def importance(net: Sequential, x: np.ndarray, layer: int = 1) -> np.ndarray:
    """How far each unit of a hidden layer moves what comes after it, (hidden,).

    The spread of its output over the images x, times the length of its outgoing weights: a unit
    that always says the same, or that nobody listens to, has 0. All have 0 without an image.
    """
    if not len(x):
        return np.zeros(net.dense[layer - 1].n_out)
    with np.errstate(all="ignore"):
        answers = answers_of_layer(net, x, layer)
        moved = answers.std(axis=0) * np.linalg.norm(net.dense[layer].W, axis=1)
    matters: np.ndarray = np.nan_to_num(moved, posinf=0.0)
    return matters


def answers_of_layer(net: Sequential, x: np.ndarray, layer: int) -> np.ndarray:
    """What the units of a hidden layer answer to images x, (n, hidden); of layer 0 x itself."""
    ends = [i for i, part in enumerate(net.layers) if isinstance(part, Activation)]
    for part in net.layers[: ends[layer - 1] + 1] if layer else ():
        x = part.predict(x)
    return x


def _incoming(moment: Snapshot, sizes: list[int], layer: int) -> np.ndarray:
    """(hidden, inputs) of a hidden layer's weights."""
    (start, _), inputs, hidden = layer_ends(sizes)[layer - 1], sizes[layer - 1], sizes[layer]
    return moment.bytes[start : start + inputs * hidden].reshape(inputs, hidden).T


def _outgoing(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """(hidden, outputs) of the last layer's weights."""
    (start, _), (hidden, outputs) = layer_ends(sizes)[-1], sizes[-2:]
    return moment.bytes[start : start + hidden * outputs].reshape(hidden, outputs)


def _biases(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """(hidden + outputs,) of both layers' biases, each in units of its layer's range."""
    ends = zip(layer_ends(sizes), sizes[1:], strict=True)
    return np.concatenate([moment.bytes[end - units : end] for (_, end), units in ends])
