"""Arrays of numbers as JSON can carry them."""

import base64

import numpy as np


def packed(array: np.ndarray) -> str:
    """The bytes of an array as base64."""
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
