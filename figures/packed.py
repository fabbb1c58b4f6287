"""Arrays of numbers as JSON can carry them."""

import base64

import numpy as np


def packed(array: np.ndarray, dtype: type | None = None) -> str:
    """The bytes of an array, of this type if one is given, as base64."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()
