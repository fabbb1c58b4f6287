"""What every layer can do, and the two with something of their own: weights, and chance."""

import numpy as np

from nn_core.checks import number_between, positive_integer


class Layer:
    """y = forward(x), and the chain rule through it; x and y hold a sample a row."""

    size = 0  # parameters
    is_random = False  # whether training needs a generator

    def forward(self, x: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
        """y. Chance is drawn from rng; without a generator nothing is left to chance."""
        raise NotImplementedError

    def predict(self, x: np.ndarray) -> np.ndarray:
        """y without chance, for an answer that no `backward` follows."""
        return self.forward(x)

    def backward(
        self, x: np.ndarray, y: np.ndarray, dy: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """dL/dx from dy = dL/dy of the last forward; None if the caller does not need it."""
        raise NotImplementedError


class Dense(Layer):
    """z = x @ W + b, with x (batch, in), W (in, out), b (out,), z (batch, out).

    The parameters live in the network's one flat vector: `W`, `b` are views into `net.theta`, and
    `dW`, `db` into `net.grad`. They exist from the moment the layer is put into a network.
    """

    def __init__(self, n_in: int, n_out: int) -> None:
        """ValueError unless both are whole numbers of at least 1."""
        self.n_in = positive_integer("n_in", n_in)
        self.n_out = positive_integer("n_out", n_out)
        self.size = n_in * n_out + n_out

    def bind(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Take this layer's stretch of the two flat vectors, each (size,): W first, then b."""
        weights = self.n_in * self.n_out
        self.W, self.b = theta[:weights].reshape(self.n_in, self.n_out), theta[weights:]
        self.dW, self.db = grad[:weights].reshape(self.n_in, self.n_out), grad[weights:]

    def forward(self, x: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
        """z = x @ W + b, (batch, out)."""
        return x @ self.W + self.b

    def backward(
        self, x: np.ndarray, z: np.ndarray, dz: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """Fill dW, db from dz = dL/dz (batch, out) and return dx = dL/dx (batch, in).

        z_kj = Σ_i x_ki W_ij + b_j, so each weight collects over the batch k what its input was
        times what its output is blamed for, and each input collects over the outputs j:

            dW_ij = Σ_k x_ki dz_kj      db_j = Σ_k dz_kj      dx_ki = Σ_j dz_kj W_ij
        """
        np.dot(x.T, dz, out=self.dW)
        np.add.reduce(dz, axis=0, out=self.db)
        return dz @ self.W.T if input_gradient else None


class Dropout(Layer):
    """In training, silence a random share of the inputs; in prediction, do nothing at all.

    Those that stay are divided by the share that stays ("inverted"), so that what the next layer
    hears is, on average, the same with and without (Srivastava 2014).
    """

    is_random = True

    def __init__(self, rate: float) -> None:
        """ValueError unless the share to silence lies in [0, 1)."""
        self.rate = number_between("rate", rate, 0, 1)
        self.mask: np.ndarray | float = 1.0

    def forward(self, x: np.ndarray, rng: np.random.Generator | None = None) -> np.ndarray:
        """x · mask, the mask drawn anew from rng; without a generator x as it is."""
        keep = 1 - self.rate
        self.mask = 1.0 if rng is None else ((rng.random(x.shape) < keep) / keep).astype(x.dtype)
        return x * self.mask

    def predict(self, x: np.ndarray) -> np.ndarray:
        """x as it is; the mask of a training step in progress stays."""
        return x

    def backward(
        self, x: np.ndarray, y: np.ndarray, dy: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """dx = dy · mask: a silenced input is blamed for nothing."""
        return dy * self.mask if input_gradient else None
