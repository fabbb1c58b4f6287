"""What each hidden unit listens to: its weights as a small picture, at several moments."""

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

    side: int  # pixels along a picture's edge
    hidden: int  # how many units there are, of which the wall shows at most 100
    units: np.ndarray  # (shown,) which ones
    steps: list[int]
    epochs: list[float]
    ranges: np.ndarray  # (moments,)
    limits: np.ndarray  # (moments,) whole numbers that get the full colour: few pixels lie beyond
    pictures: np.ndarray  # (moments, shown, side²) int8
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
            "side": self.side,
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


def weight_wall(progress: Progress, net: Sequential, x: np.ndarray, over_time: bool) -> WeightWall:
    """The first hidden layer's weights now, and `over_time` at every moment kept, too.

    `net` has the progress' parameters; x (n, pixels) are images to measure importance on.
    """
    sizes = progress.sizes
    moments = moments_of(progress, over_time)
    norms, units = _norms(net), on_the_wall(net)
    matters = importance(net, x)
    pictures = np.array([_incoming(m, sizes)[units] for m in moments])
    direct = len(sizes) == 3
    outgoing = np.array([_outgoing(m, sizes)[units] for m in moments]) if direct else None
    orders = {
        "as they come": np.arange(len(units)),
        "largest weights first": np.argsort(-norms[units], kind="stable"),
    }
    if len(x):
        orders["most influence first"] = np.argsort(-matters[units], kind="stable")
    return WeightWall(
        side=round(sizes[0] ** 0.5),
        hidden=sizes[1],
        units=units,
        steps=[m.step for m in moments],
        epochs=[m.step / progress.steps_per_epoch for m in moments],
        ranges=np.array([m.scales[0] for m in moments]),
        limits=np.maximum(1, np.percentile(np.abs(pictures), WITHIN, axis=(1, 2))),
        pictures=pictures,
        outgoing=outgoing,
        outgoing_ranges=np.array([m.scales[1] for m in moments]) if direct else None,
        biases=np.array([_biases(m, sizes) for m in moments])
        if direct and len(units) == sizes[1]
        else None,
        orders=orders,
        norms=norms[units],
        matters=matters[units],
    )


def moments_of(progress: Progress, over_time: bool) -> list[Snapshot]:
    """The parameters now, and `over_time` at every moment kept, too: the last one is now."""
    before = [m for m in progress.snapshots if m.step < progress.step] if over_time else []
    return [*before, snapshot(progress.step, progress.theta, progress.sizes)]


def on_the_wall(net: Sequential) -> np.ndarray:
    """The units that have a picture: all, or of more than 100 those with the largest weights."""
    return np.sort(np.argsort(-_norms(net), kind="stable")[:MOST])


def _norms(net: Sequential) -> np.ndarray:
    """How long each unit's weights are, (hidden,)."""
    with np.errstate(over="ignore"):
        norms: np.ndarray = np.nan_to_num(np.linalg.norm(net.dense[0].W, axis=0))
    return norms


def importance(net: Sequential, x: np.ndarray) -> np.ndarray:
    """How far each unit of the first hidden layer moves what comes after it, (hidden,).

    The spread of its output over the images x, times the length of its outgoing weights: a unit
    that always says the same, or that nobody listens to, has 0. All have 0 without an image.
    """
    if not len(x):
        return np.zeros(net.dense[0].W.shape[1])
    with np.errstate(all="ignore"):
        trace = net.forward(x)
        first = next(i for i, layer in enumerate(net.layers) if isinstance(layer, Activation))
        moved = trace[first + 1].std(axis=0) * np.linalg.norm(net.dense[1].W, axis=1)
    matters: np.ndarray = np.nan_to_num(moved, posinf=0.0)
    return matters


def _incoming(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """(hidden, pixels) of the first layer's weights."""
    return moment.bytes[: sizes[0] * sizes[1]].reshape(sizes[0], sizes[1]).T


def _outgoing(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """(hidden, outputs) of the second layer's weights."""
    start = layer_ends(sizes)[1][0]
    return moment.bytes[start : start + sizes[1] * sizes[2]].reshape(sizes[1], sizes[2])


def _biases(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """(hidden + outputs,) of both layers' biases, each in units of its layer's range."""
    ends = zip(layer_ends(sizes), sizes[1:], strict=True)
    return np.concatenate([moment.bytes[end - units : end] for (_, end), units in ends])
