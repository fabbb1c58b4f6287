"""A reader's own table of samples: what can be used of it, and a sentence on what cannot."""

import math

import numpy as np
import pandas as pd

from runs.neuron_config import LARGEST

COLUMNS = ("x₁", "x₂", "x₃", "t")
MOST_ROWS = 8  # three inputs of 0 or 1 have no more different rows, and more would not be read


def as_frame(x: np.ndarray, t: np.ndarray) -> pd.DataFrame:
    """Samples as a table to be edited: a row a sample, its target last."""
    return pd.DataFrame(np.hstack([x, t]), columns=list(COLUMNS))


def read_table(
    frame: pd.DataFrame, instead: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The samples (rows, 3), their targets (rows, 1), and sentences for the reader.

    They say what had to be left out, and that a table which is not `instead`, the usual one, is
    the reader's own. A table without a single usable row gives `instead`.
    """
    rows, sentences = [], []
    for number, row in enumerate(frame.itertuples(index=False), 1):
        if all(pd.isna(cell) for cell in row):
            continue
        wrong = _complaint(row)
        if wrong:
            sentences.append(f"Row {number} of the table is left out: {wrong}.")
        else:
            rows.append([float(cell) for cell in row])
    if len(rows) > MOST_ROWS:
        sentences.append(
            f"The table has {len(rows):,} rows; the first {MOST_ROWS} are used, so that each can "
            "be read."
        )
    if not rows:
        sentences.append("The table has no row to learn from, so the usual one stands in for it.")
        return *instead, sentences[:3]
    samples = np.array(rows[:MOST_ROWS])
    if not np.array_equal(samples, np.hstack(instead)):
        sentences = [*sentences[:2], "The table is your own; a link does not carry it."]
    return samples[:, :3], samples[:, 3:], sentences[:3]


def _complaint(row: tuple) -> str:
    for name, cell in zip(COLUMNS, row, strict=True):
        value = _number(cell)
        if value is None:
            return f"{name} is empty or no number"
        if abs(value) > LARGEST:
            return f"{name} = {value:g} lies beyond ±1,000,000"
        if name == "t" and not 0 <= value <= 1:
            return f"the target is {value:g}, and a sigmoid answers only from 0 to 1"
    return ""


def _number(cell: object) -> float | None:
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return None if math.isnan(value) else value
