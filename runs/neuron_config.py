"""Every setting of the page One neuron."""

import math
from dataclasses import dataclass

from datasets.neuron import NEURON_TABLES
from runs.config import Config, between, choices, text

VIEWS = ("one step", "many steps")
WALK_STEPS = 11  # of the walk through one training step
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
        shown = word if len(word) <= 20 else f"{word[:20]}…"
        raise ValueError(
            f"“{shown}” cannot be a weight: expected a number from −1,000,000 to 1,000,000"
        )
    return value


@dataclass(frozen=True)
class NeuronConfig(Config):
    """One sigmoid neuron with three inputs, and the step or the steps it takes."""

    page = "neuron"
    view: str = choices("one step", VIEWS, "Watch")
    table: str = choices("notebook A", NEURON_TABLES, "Table", "Which answers it should learn.")
    lr: float = choices(
        0.01,
        (0.001, 0.01, 0.1, 1.0, 10.0, 100.0),
        "Learning rate",
        "How far each weight moves: this times its gradient.",
    )
    weights: str = text(
        "",
        parse_weights,
        "Starting weights",
        "Three weights and, if you like, the bias: 0.5, −1, 2, 0. Empty: notebook A's own.",
    )
    steps: int = choices(
        1000, (100, 1000, 10_000), "Steps", "How many steps “many steps” takes, all samples each."
    )
    step: int = between(
        WALK_STEPS, 1, WALK_STEPS, 1, "Open at step", "Where the walk opens; Next and Back go on."
    )
