"""A reader's own samples, one a line: what can be used of them, and a sentence on what cannot."""

import math

import numpy as np

from datasets.neuron import neuron_table
from recipes.neuron import LARGEST, NeuronSettings, words
from recipes.settings import shortened

COLUMNS = ("x₁", "x₂", "x₃", "t")
MOST_ROWS = 8  # three inputs of 0 or 1 have no more different rows, and more would not be read
MOST_SENTENCES = 3
MOST_CHARACTERS = 10_000  # of a text; 8 lines of the longest numbers have far fewer


def as_text(x: np.ndarray, t: np.ndarray) -> str:
    """Samples as a reader may write them: one a line, its target last."""
    return "\n".join("  ".join(f"{value:g}" for value in row) for row in np.hstack([x, t]))


def usual_text(settings: NeuronSettings) -> str:
    """The settings' table as a reader may rewrite it."""
    return as_text(*neuron_table(settings.table))


def samples(
    settings: NeuronSettings, own: str | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """What `read_table` finds in the reader's own text, or in the settings' if there is none."""
    return read_table(usual_text(settings) if own is None else own, neuron_table(settings.table))


def read_table(
    written: str, instead: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The samples (rows, 3), their targets (rows, 1), and sentences for the reader.

    They say what had to be left out, and that a table which is not `instead`, the usual one, is
    the reader's own. A table without a single usable line gives `instead`.
    """
    rows, sentences = [], []
    if len(written) > MOST_CHARACTERS:
        sentences.append(
            f"Only whole lines within the table's first {MOST_CHARACTERS:,} characters are read."
        )
        written, *_ = written[:MOST_CHARACTERS].rpartition("\n")
    for number, line in enumerate(written.splitlines(), 1):
        cells = words(line)
        wrong = _complaint(cells) if cells else ""
        if wrong:
            sentences.append(f"Line {number} of the table is left out: {wrong}.")
        elif cells:
            rows.append([float(cell) for cell in cells])
    if len(rows) > MOST_ROWS:
        sentences.append(
            f"The table has {len(rows):,} rows; the first {MOST_ROWS} are used, so that each can "
            "be read."
        )
    if not rows:
        last = "The table has no row to learn from, so the usual one stands in for it."
        return *instead, [*sentences[: MOST_SENTENCES - 1], last]
    samples = np.array(rows[:MOST_ROWS])
    if not np.array_equal(samples, np.hstack(instead)):
        own = "The table is your own; a link does not carry it."
        sentences = [*sentences[: MOST_SENTENCES - 1], own]
    return samples[:, :3], samples[:, 3:], sentences[:MOST_SENTENCES]


def _complaint(cells: list[str]) -> str:
    if len(cells) != len(COLUMNS):
        count = f"{len(cells):,} numbers" if len(cells) > 1 else "1 number"
        return f"it has {count}, and a sample needs three inputs and a target"
    for name, cell in zip(COLUMNS, cells, strict=True):
        value = _number(cell)
        if value is None:
            return f"“{shortened(cell)}” is no number"
        if abs(value) > LARGEST:
            return f"{name} = {shortened(cell)} lies beyond ±1,000,000"
        if name == "t" and not 0 <= value <= 1:
            return f"the target is {shortened(cell)}, and a sigmoid answers only from 0 to 1"
    return ""


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return None if math.isnan(value) else value
