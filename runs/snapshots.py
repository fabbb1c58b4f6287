"""A network's parameters at one moment, one byte each: enough for a picture, a quarter the size."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

TINY = np.finfo(np.float32).tiny  # a layer whose largest is smaller counts as 0
FULL = 127  # the largest whole number that a byte with a sign can hold


class Snapshot(NamedTuple):
    """Parameters as whole numbers from −127 to 127, in units of their layer's largest / 127."""

    step: int
    bytes: np.ndarray  # (parameters,) int8
    scales: np.ndarray  # (layers,) float32, the size of each layer's largest parameter


def layer_ends(sizes: list[int]) -> list[tuple[int, int]]:
    """Where each layer's parameters begin and end in theta, for units a layer, inputs first."""
    ends = np.cumsum([0, *((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))])
    return list(pairwise(ends.tolist()))


def snapshot(step: int, theta: np.ndarray, sizes: list[int]) -> Snapshot:
    """The parameters (parameters,) rounded, layer by layer; what is not finite becomes 0."""
    theta = np.where(np.isfinite(theta), theta, 0)
    scales = np.array([np.abs(theta[a:b]).max() for a, b in layer_ends(sizes)], np.float32)
    small = np.empty(len(theta), np.int8)
    for (a, b), scale in zip(layer_ends(sizes), scales, strict=True):
        small[a:b] = np.rint(theta[a:b] / scale * FULL) if scale >= TINY else 0
    return Snapshot(step, small, scales)


def restored(moment: Snapshot, sizes: list[int]) -> np.ndarray:
    """The parameters again, float32, each off by at most half of its layer's largest / 127."""
    theta = moment.bytes.astype(np.float32)
    for (a, b), scale in zip(layer_ends(sizes), moment.scales, strict=True):
        theta[a:b] *= scale / FULL
    return theta
