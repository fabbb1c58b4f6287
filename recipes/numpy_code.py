"""The few lines of Python that run a saved network with NumPy alone."""

from recipes.mnist import MnistSettings, mnist_net

# Each activation as one expression of NumPy; those without one need a library for their erf.
BENDS = {
    "identity": "z",
    "step": "(z > 0).astype(z.dtype)",
    "sigmoid": "1 / (1 + np.exp(-z))",
    "tanh": "np.tanh(z)",
    "relu": "np.maximum(z, 0)",
    "leaky_relu": "np.where(z > 0, z, 0.01 * z)",
    "elu": "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
    "softplus": "np.logaddexp(0, z)",
    "silu": "z / (1 + np.exp(-z))",
    "gelu": "np.array([v * 0.5 * (1 + math.erf(v / 2**0.5)) for v in z])",
    "gelu_tanh": "0.5 * z * (1 + np.tanh((2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)))",
}

RUN = '''import numpy as np

run = np.load("{name}", allow_pickle=False)
sizes, theta = {sizes}, run["theta"]

def read(image):
    """The ten probabilities for one image, ({pixels},) from 0 to 1."""
    a, start = image, 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
        W = theta[start : start + n_in * n_out].reshape(n_in, n_out)
        b = theta[start + n_in * n_out : start + (n_in + 1) * n_out]
        start += (n_in + 1) * n_out
        z = a @ W + b
        a = {bend} if layer < len(sizes) - 2 else np.exp(z - z.max())
    return a / a.sum()
'''


def run_code(settings: MnistSettings, pixels: int, name: str) -> str:
    """The code for a run of these settings on digits of so many pixels, saved as `name`."""
    code = RUN.format(
        name=name,
        sizes=mnist_net(settings, pixels).sizes,
        pixels=pixels,
        bend=BENDS[settings.activation],
    )
    return _imports(code) + code


def _imports(code: str) -> str:
    return "import math\n" if "math." in code else ""
