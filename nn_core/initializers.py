"""Where learning starts: the first weights of each layer. Biases start at 0.

An initialiser is a function (rng, fan_in, fan_out) → W of shape (fan_in, fan_out).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from nn_core.checks import known_name, number_between

Initializer = Callable[[np.random.Generator, int, int], np.ndarray]
Parameters = list[tuple[np.ndarray, np.ndarray]]


def zeros(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """All weights 0: the hidden units then stay copies of each other for ever."""
    return np.zeros((fan_in, fan_out))


def normal(std: float) -> Initializer:
    """The initialiser that draws from N(0, std²); ValueError if std is negative."""
    number_between("std", std, 0, np.inf)
    return lambda rng, fan_in, fan_out: std * rng.standard_normal((fan_in, fan_out))


def glorot_uniform(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """Uniform on ±√(6 / (fan_in + fan_out)), variance 2 / (fan_in + fan_out) (Glorot 2010)."""
    return _uniform(rng, 2 / (fan_in + fan_out), (fan_in, fan_out))


def glorot_normal(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """N(0, 2 / (fan_in + fan_out)) (Glorot 2010)."""
    return np.sqrt(2 / (fan_in + fan_out)) * rng.standard_normal((fan_in, fan_out))


def he_uniform(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """Uniform on ±√(6 / fan_in), variance 2 / fan_in (He 2015)."""
    return _uniform(rng, 2 / fan_in, (fan_in, fan_out))


def he_normal(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """N(0, 2 / fan_in): twice LeCun's variance, for ReLU silences half of it (He 2015)."""
    return np.sqrt(2 / fan_in) * rng.standard_normal((fan_in, fan_out))


def lecun_normal(rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
    """N(0, 1 / fan_in): a sum of fan_in such inputs has the variance of one (LeCun 1998)."""
    return np.sqrt(1 / fan_in) * rng.standard_normal((fan_in, fan_out))


def _uniform(rng: np.random.Generator, variance: float, shape: tuple[int, int]) -> np.ndarray:
    """Uniform on ±√(3 · variance), for the variance of a uniform on ±L is L² / 3."""
    limit = np.sqrt(3 * variance)
    return rng.uniform(-limit, limit, shape)


INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros,
    "normal": normal(1.0),
    "glorot_uniform": glorot_uniform,
    "glorot_normal": glorot_normal,
    "he_uniform": he_uniform,
    "he_normal": he_normal,
    "lecun_normal": lecun_normal,
}


def notebook_a(shapes: list[tuple[int, int]]) -> Parameters:
    """The study notes' one neuron, seed 1234: one layer of 3 inputs and 1 output, bias 0."""
    if shapes != [(3, 1)]:
        raise ValueError(f"notebook_a: expected one layer of shape (3, 1), got {shapes}")
    return [(np.random.RandomState(1234).randn(3, 1), np.zeros(1))]


def notebook_c(shapes: list[tuple[int, int]]) -> Parameters:
    """The study notes' start for XOR, seed 42: two layers, 2-h-1, weights and biases from N(0, 1).

    The notebook keeps W as (out, in) and draws W1, B1, W2, B2 in this order.
    """
    if len(shapes) != 2 or shapes[0][0] != 2 or shapes[1][1] != 1:
        raise ValueError(f"notebook_c: expected two layers, 2 to h to 1, got {shapes}")
    draw = np.random.RandomState(42).randn
    return [(draw(n_out, n_in).T, draw(n_out)) for n_in, n_out in shapes]


STARTS: dict[str, Callable[[list[tuple[int, int]]], Parameters]] = {
    "notebook_a": notebook_a,
    "notebook_c": notebook_c,
}


def initial_parameters(
    init: str | Initializer, shapes: list[tuple[int, int]], rng: np.random.Generator
) -> Parameters:
    """One (W, b) a layer for layers of these (fan_in, fan_out), from a name or an initialiser.

    ValueError if the name is unknown, or names a notebook's start and the shapes are not its own.
    """
    if callable(init):
        draw = init
    elif isinstance(init, str) and init in STARTS:
        return STARTS[init](shapes)
    else:
        known: dict[str, Any] = {**INITIALIZERS, **STARTS}
        draw = known_name("init", init, known)
    return [(draw(rng, fan_in, fan_out), np.zeros(fan_out)) for fan_in, fan_out in shapes]
