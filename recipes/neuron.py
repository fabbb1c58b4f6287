"""One sigmoid neuron of three inputs, the study notes': its settings, its start, what it cannot.

It descends the sum of squared errors, as the notes do; the loss it shows is their mean.
"""

import math
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from datasets.neuron import NEURON_TABLES
from nn_core import Dense, MeanSquaredError, Sequential, Sigmoid
from recipes.settings import ROW, Settings, choices, shortened, text

SHOWN, DESCENDED = MeanSquaredError(), MeanSquaredError(reduction="sum")
STUDY_NOTES_SEED = 1234
LARGEST = 1e6  # a number beyond this says nothing that a reader could see


def words(written: str) -> list[str]:
    """The numbers of a line, as texts: between them may stand spaces, commas or semicolons."""
    return written.replace("−", "-").replace(",", " ").replace(";", " ").split()


def parse_weights(written: str) -> list[float]:
    """Three weights, and if you like the bias: "0.5, -1, 2" is [0.5, −1, 2, 0]; "" is [].

    ValueError, with a sentence for the reader, if it says anything else.
    """
    if not isinstance(written, str):
        raise ValueError(f"expected a text, got {written!r}")
    numbers = [_number(word) for word in words(written)]
    if numbers and len(numbers) not in (3, 4):
        raise ValueError(
            f"{len(numbers)} numbers are given: expected three weights, and if you like the bias, "
            "as in 0.5, −1, 2, 0"
        )
    return [*numbers, 0.0][:4] if numbers else []


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise ValueError(
            f"“{shortened(word)}” cannot be a weight: expected a number from −1,000,000 to "
            "1,000,000"
        )
    return value


@dataclass(frozen=True)
class NeuronSettings(Settings):
    """One sigmoid neuron with three inputs, before it takes a step."""

    page = "neuron"
    table: str = choices(
        "first input",
        NEURON_TABLES,
        "Table",
        "Which answers it should learn.",
        stands=ROW,
        was={"notebook A": "first input"},
    )
    lr: float = choices(
        0.01,
        (0.001, 0.01, 0.1, 1.0, 10.0, 100.0),
        "Learning rate",
        "How far each weight moves: this times its gradient.",
        stands=ROW,
    )
    weights: str = text(
        "",
        parse_weights,
        "Starting weights",
        "Three weights and, if you like, the bias: 0.5, −1, 2, 0. Empty: the study notes' own.",
    )


def starting_theta(settings: NeuronSettings, draw: int) -> np.ndarray:
    """The three weights and the bias, (4,): the reader's own, or the study notes'.

    The notes draw anew before each thing they try; `draw` says which of these it is, from 1.
    """
    own = parse_weights(settings.weights)
    draws = np.random.RandomState(STUDY_NOTES_SEED).randn(draw, 3)
    return np.array(own or [*draws[-1], 0.0])


def neuron(theta: np.ndarray) -> Sequential:
    """A sigmoid neuron of three inputs with these weights and this bias."""
    net = Sequential(Dense(3, 1), Sigmoid())
    net.theta = theta
    return net


def contradiction(x: np.ndarray, t: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Two samples of class 1 and two of class 0 whose inputs add up to the same, if there are any.

    Their sums h then add up to the same, so the two of class 1 cannot both lie above 0 and the
    two of class 0 both below: no weights answer all four right. XOR is such a table.
    """
    ones, zeros = np.flatnonzero(t[:, 0] > 0.5), np.flatnonzero(t[:, 0] <= 0.5)
    for a, b in combinations_with_replacement(ones.tolist(), 2):
        for c, d in combinations_with_replacement(zeros.tolist(), 2):
            if np.array_equal(x[a] + x[b], x[c] + x[d]):
                return (a, b), (c, d)
    return None
