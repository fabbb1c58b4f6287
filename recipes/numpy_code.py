"""The few lines of Python that run a saved run on digits with NumPy alone."""

from collections.abc import Sequence

from nn_core import activation

RUN = '''import numpy as np

run = np.load("{name}", allow_pickle=False)
sizes, theta = {sizes}, run["theta"]

def read(image):
    """The probabilities for one image, ({pixels},) from 0 to 1."""
    a, start = image, 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
        W = theta[start : start + n_in * n_out].reshape(n_in, n_out)
        b = theta[start + n_in * n_out : start + (n_in + 1) * n_out]
        start += (n_in + 1) * n_out
        z = a @ W + b
        a = {bend} if layer < len(sizes) - 2 else np.exp(z - z.max())
    return a / a.sum()
'''


def run_code(name: str, sizes: Sequence[int], bend: str) -> str:
    """The code for a run on digits, of so many units a layer, that was saved as `name`."""
    code = RUN.format(name=name, sizes=list(sizes), pixels=sizes[0], bend=activation(bend).numpy)
    return ("import math\n" if "math." in code else "") + code
