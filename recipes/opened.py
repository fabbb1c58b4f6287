"""A network from arrays that somebody saved: which is which is told by their shapes, then names."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from datasets.digits import Subject
from datasets.found import said
from datasets.idx import DataError
from nn_core import mlp
from recipes.mnist import MOST_LAYERS, MOST_UNITS, MnistSettings
from recipes.mnist_verdict import read_as

USUAL = ("relu", "sigmoid", "tanh")  # of activations with which it reads as many, these are likely


class OpenedNet(NamedTuple):
    """Dense layers as they were saved."""

    sizes: list[int]  # units a layer, inputs first
    theta: np.ndarray  # (parameters,) float32, layer by layer, W (in, out) before b


class _Layer(NamedTuple):
    name: str
    W: np.ndarray  # (in, out)
    bias: str
    b: np.ndarray


def opened_net(arrays: Mapping[str, np.ndarray], in_order: bool, subject: Subject) -> OpenedNet:
    """The network of these arrays, if it takes such images and tells their classes apart.

    `in_order` says that they come as they were saved. DataError, one sentence, if they are no such
    network, or not all of their numbers are numbers.
    """
    own = {name: array for name, array in arrays.items() if not (name == "x" and "W1" in arrays)}
    names = list(own) if in_order else sorted(own, key=_by_number)
    weights = [name for name in names if own[name].ndim == 2]
    biases = [name for name in names if own[name].ndim == 1]
    if not 1 < len(weights) <= MOST_LAYERS + 1 or len(weights) != len(biases):
        raise DataError(
            f"The file has {len(weights)} arrays of weights and {len(biases)} of biases: expected "
            f"2 to {MOST_LAYERS + 1} of each, for 1 to {MOST_LAYERS} hidden layers."
        )
    if not in_order:
        _check_numbered(weights, own)
    layers = _in_a_row(weights, biases, own, subject)
    sizes = [layers[0].W.shape[0], *(layer.W.shape[1] for layer in layers)]
    _check_sizes(sizes, subject)
    for layer in layers:
        if len(layer.b) != layer.W.shape[1]:
            raise DataError(
                f"The file's {said(layer.bias)} has {len(layer.b):,} numbers: expected "
                f"{layer.W.shape[1]:,}, one for each output of {said(layer.name)}."
            )
    return OpenedNet(sizes, _flat(layers))


def _by_number(name: str) -> list[tuple[bool, int, str]]:
    """What sorts names with numbers in them as one counts: 2 before 10."""
    parts = re.findall(r"\d{1,9}|\D+|\d", name)
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def _unnumbered(name: str) -> str:
    """A name without its numbers: dense_1/kernel as dense/kernel."""
    return re.sub(r"[_.]?\d+", "", name)


def _check_numbered(weights: Sequence[str], own: Mapping[str, np.ndarray]) -> None:
    """DataError if nothing tells in which order weights of one shape come."""
    for one, other in itertools.combinations(weights, 2):
        alike = own[one].shape == own[other].shape
        if alike and _unnumbered(one) != _unnumbered(other):
            raise DataError(
                f"Nothing tells which of {said(one)} and {said(other)} comes first: expected names "
                "that are numbered."
            )


def _in_a_row(
    weights: Sequence[str],
    biases: Sequence[str],
    own: Mapping[str, np.ndarray],
    subject: Subject,
) -> list[_Layer]:
    """The layers one after the other; weights may lie as (in, out) or, as PyTorch has them, turned.

    Of the ways in which they fit together the one that fits the images best, and then the one in
    which they came.
    """
    best, found = -1, list[_Layer]()
    for outputs_first in (False, True):
        layers = [
            _Layer(name, own[name].T if outputs_first else own[name], bias, own[bias])
            for name, bias in zip(weights, biases, strict=True)
        ]
        for row in itertools.permutations(layers):
            if any(a.W.shape[1] != b.W.shape[0] for a, b in pairwise(row)):
                continue
            ends = row[0].W.shape[0] == subject.pixels, row[-1].W.shape[1] == len(subject.classes)
            fits = [len(layer.b) == layer.W.shape[1] for layer in row]
            score = 100 * sum(ends) + 10 * sum(fits) + (list(row) == layers)
            if score > best:
                best, found = score, list(row)
    if not found:
        shapes = ", ".join(f"{said(name)} {own[name].shape}" for name in weights)
        raise DataError(
            f"The file's weights do not fit one after the other, {shapes}: expected each layer to "
            "take in what the one before gives out."
        )
    return found


def _check_sizes(sizes: list[int], subject: Subject) -> None:
    pixels, *hidden, classes = sizes
    if pixels != subject.pixels:
        raise DataError(
            f"The network takes {pixels:,} pixels: expected {subject.pixels:,}, as the images of "
            f"{subject.side}×{subject.side} pixels on the page have."
        )
    if classes != len(subject.classes):
        raise DataError(
            f"The network tells {classes:,} classes apart: expected {len(subject.classes)}, as the "
            "images on the page have."
        )
    if max(hidden) > MOST_UNITS:
        units = " and ".join(f"{n:,}" for n in hidden)
        raise DataError(
            f"The network's hidden layers have {units} units: expected 1 to {MOST_UNITS} in each."
        )


def _flat(layers: Sequence[_Layer]) -> np.ndarray:
    """All parameters as a network here has them."""
    for layer in layers:
        for name, array in ((layer.name, layer.W), (layer.bias, layer.b)):
            with np.errstate(over="ignore"):
                finite = np.isfinite(array.astype(np.float32)).all()
            if not finite:
                raise DataError(
                    f"The file's {said(name)} has numbers that are none (NaN or infinite), or too "
                    "large: expected weights that a network can compute with."
                )
    return np.concatenate([a.ravel() for one in layers for a in (one.W, one.b)]).astype(np.float32)


def settings_of(net: OpenedNet, recipe: MnistSettings, activation: str) -> MnistSettings:
    """The settings of an opened network that is trained on, if it is, by this recipe."""
    _, *hidden, _ = net.sizes
    return replace(
        recipe,
        hidden=hidden[0],
        layers=len(hidden),
        widths="" if len(set(hidden)) == 1 else ", ".join(map(str, hidden)),
        activation=activation,
        stop_at="never",
    )


def reads_with(net: OpenedNet, x: np.ndarray, t: np.ndarray) -> dict[str, float]:
    """The share of images x (n, pixels), of classes t (n,), that it reads with each activation."""
    shares = {}
    for name in MnistSettings.values_of("activation"):
        known = mlp(net.sizes, name, "zeros", 0, np.float32)
        known.theta = net.theta
        shares[name] = float((read_as(known, x) == t).mean())
    return shares


def likely(shares: Mapping[str, float]) -> str:
    """The activation with which most is read."""
    usual_first = sorted(shares, key=lambda name: name not in USUAL)
    return max(usual_first, key=lambda name: shares[name])
