"""The networks that read the paper, as the browser gets them, to answer while the pen moves."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from figures.packed import packed
from nn_core import Activation, Sequential
from recipes.switched_off import Unit
from runs.snapshots import Snapshot, layer_ends
from views.mnist.training.paper import Reader

THEN = "@"  # before the step of an earlier moment


def asked_for(
    keys: Iterable[str], readers: Sequence[Reader], snapshots: Iterable[Snapshot]
) -> list[dict[str, Any]]:
    """The networks of these keys: a reader's own, or, followed by @ and a step, that of then.

    Of an earlier moment there is, of the network on the wall, what its pictures are made of: each
    parameter as one of 255 values. What is not here is left out.
    """
    found = []
    for reader in readers:
        then = {f"{reader.key}{THEN}{m.step}": m for m in snapshots} if reader.walled else {}
        for key in keys:
            if key and key == reader.key:
                theta = packed(reader.net.theta, np.float32)
                found.append(_message(key, reader.net, theta) | {"trust": _trust(reader)})
            elif reader.key and key in then:
                moment = then[key]
                theta = packed(_bytes_without(moment, reader.net.sizes, reader.off))
                found.append(_message(key, reader.net, theta, moment.scales.tolist()))
    return found


def _bytes_without(moment: Snapshot, sizes: list[int], off: Iterable[Unit]) -> np.ndarray:
    """The parameters of a moment; nobody listens to the units that are off."""
    found: np.ndarray = moment.bytes.copy()
    for layer, unit in off:
        (start, _), out = layer_ends(sizes)[layer + 1], sizes[layer + 2]
        found[start + unit * out : start + (unit + 1) * out] = 0
    return found


def halved(reader: Reader) -> dict[str, Any]:
    """A reader's own network for a file, in numbers of 16 bits: half of what it takes else."""
    message = _message(reader.key, reader.net, packed(reader.net.theta, np.float16))
    return message | {"half": True, "trust": _trust(reader)}


def _message(
    key: str, net: Sequential, theta: str, scales: list[float] | None = None
) -> dict[str, Any]:
    """A network as JSON can carry it."""
    bend = next(layer for layer in net.layers if isinstance(layer, Activation))
    return {
        "key": key,
        "sizes": net.sizes,
        "activation": bend.name,
        "theta": theta,
        "scales": scales,
        "trust": None,
    }


def _trust(reader: Reader) -> dict[str, Any] | None:
    """How far a reader is to be believed, in numbers of 16 bits, which is all that they have."""
    if reader.trust is None:
        return None
    return {
        "means": packed(reader.trust.means, np.float16),
        "ways": packed(reader.trust.ways, np.float16),
        "tooStrange": reader.trust.too_strange,
        "sureFrom": reader.trust.sure_from,
    }
