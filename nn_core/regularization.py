"""Penalties on large weights, added to the loss: R = l1 · Σ|W| + l2 · ΣW². Biases go free."""

import numpy as np

from nn_core.checks import number_between
from nn_core.network import Sequential


class Penalty:
    """dR/dW = l1 · sign(W) + 2 · l2 · W: L1 pulls all weights alike, L2 the large ones more."""

    def __init__(self, l1: float = 0.0, l2: float = 0.0) -> None:
        """ValueError if either is negative or not finite."""
        self.l1 = number_between("l1", l1, 0, np.inf)
        self.l2 = number_between("l2", l2, 0, np.inf)

    def value(self, net: Sequential) -> float:
        """R for the network's weights."""
        return sum(
            float(self.l1 * np.abs(layer.W).sum() + self.l2 * (layer.W**2).sum())
            for layer in net.dense
        )

    def add_gradient(self, net: Sequential) -> None:
        """Add dR/dW to every layer's dW."""
        if self.l1 == self.l2 == 0:
            return
        for layer in net.dense:
            layer.dW += self.l1 * np.sign(layer.W) + 2 * self.l2 * layer.W
