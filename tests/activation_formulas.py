"""The activations restated, as scipy, their papers and plain calculus have them.

A new one is a line in both tables; `tests/ui/test_activations.py` says what else it takes.
"""

import math

import numpy as np
from scipy import special

FORMULAS = {  # of any array
    "identity": lambda z: z,
    "step": lambda z: np.heaviside(z, 0),
    "sigmoid": special.expit,
    "tanh": lambda z: 2 * special.expit(2 * z) - 1,
    "relu": lambda z: (z + abs(z)) / 2,
    "leaky_relu": lambda z: np.maximum(z, z / 100),
    "elu": lambda z: np.maximum(z, 0) + special.expm1(np.minimum(z, 0)),
    "softplus": lambda z: -special.log_expit(-z),
    "silu": lambda z: z * special.expit(z),
    "gelu": lambda z: z * special.ndtr(z),
    # ½ (1 + tanh u) = σ(2u)
    "gelu_tanh": lambda z: z * special.expit(math.sqrt(8 / math.pi) * (z + 0.044715 * z**3)),
}
SLOPES = {  # of one number; σ′ = σ(z) σ(−z), φ = Φ′
    "identity": lambda z: 1.0,
    "step": lambda z: 0.0,
    "sigmoid": lambda z: special.expit(z) * special.expit(-z),
    "tanh": lambda z: 4 * special.expit(2 * z) * special.expit(-2 * z),
    "relu": lambda z: float(z > 0),
    "leaky_relu": lambda z: 1.0 if z > 0 else 0.01,
    "elu": lambda z: 1.0 if z > 0 else math.exp(z),
    "softplus": special.expit,
    "silu": lambda z: special.expit(z) * (1 + z * special.expit(-z)),
    "gelu": lambda z: special.ndtr(z) + z * math.exp(-min(z * z, 1e4) / 2) / math.sqrt(math.tau),
    "gelu_tanh": lambda z: _gelu_tanh_slope(max(-100.0, min(z, 100.0))),  # flat, straight beyond
}


def _gelu_tanh_slope(z: float) -> float:
    two_u = math.sqrt(8 / math.pi) * (z + 0.044715 * z**3)
    two_du = math.sqrt(8 / math.pi) * (1 + 0.134145 * z**2)
    return special.expit(two_u) + z * special.expit(two_u) * special.expit(-two_u) * two_du
