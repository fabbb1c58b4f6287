"""Tables for one neuron: three inputs a row, the third constant, and the answer it should get."""

import numpy as np

# (samples, 3) inputs and (samples,) targets, in the study notes' order of rows.
_CORNERS = [[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]
_TARGETS = {
    "first input": [0, 1, 1, 0],  # a copy of it, so one neuron can learn it: the study notes' table
    "XOR": [0, 0, 1, 1],
    "AND": [0, 1, 0, 0],
    "OR": [0, 1, 1, 1],
}
NEURON_TABLES = tuple(_TARGETS)


def neuron_table(name: str) -> tuple[np.ndarray, np.ndarray]:
    """The inputs (4, 3) and targets (4, 1), float64, of a table in NEURON_TABLES."""
    return np.array(_CORNERS, float), np.array(_TARGETS[name], float)[:, None]
