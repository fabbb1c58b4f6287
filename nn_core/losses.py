"""Losses: how wrong the network is, as one number, each beside its gradient.

A loss sees z, the network's last output. For the two classifiers z are logits: the loss itself
turns them into probabilities, in a form that cannot overflow, and its gradient becomes p − t.

z is (batch, outputs), or (networks, batch, outputs) for an ensemble whose networks all answer the
same targets; `value` is then one number a network.
"""

import numpy as np

from nn_core.activations import overflow_is_right, sigmoid
from nn_core.metrics import accuracy

REDUCTIONS = ("mean", "sum")


class Loss:
    """`value` and `grad` reduce over the batch by "mean" or "sum", both in the same way."""

    name: str

    def __init__(self, reduction: str = "mean") -> None:
        """ValueError if reduction is neither "mean" nor "sum"."""
        if reduction not in REDUCTIONS:
            raise ValueError(f'reduction: expected "mean" or "sum", got {reduction!r}')
        self.reduction = reduction

    def value(self, z: np.ndarray, t: np.ndarray) -> float | np.ndarray:
        """The loss of outputs z against targets t; ValueError if t does not fit."""
        self.check(z, t)
        total = self.each(z, t).sum(axis=-1) * self._share(z)
        return total if z.ndim == 3 else float(total)

    @overflow_is_right
    def grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        """dL/dz, of the shape of z: exactly the derivative of `value`, with the same errors."""
        self.check(z, t)
        return self.checked_grad(z, t).astype(z.dtype, copy=False)

    def checked_grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        """`grad` for targets that `check` has seen already, as all of a trainer's have.

        NumPy may warn of an overflow that does no harm; a trainer ignores such warnings anyway.
        """
        return self.each_grad(z, t) * self._share(z)

    def _share(self, z: np.ndarray) -> float:
        """What one sample counts in the reduced loss."""
        return 1 / z.shape[-2] if self.reduction == "mean" else 1.0

    def accuracy(self, z: np.ndarray, t: np.ndarray) -> float:
        """The share of rows whose class is the target's, from 0 to 1."""
        return accuracy(self.classes(z), self.target_classes(t))

    def target_classes(self, t: np.ndarray) -> np.ndarray:
        """The class each target means, whole numbers, (batch,)."""
        return t if t.ndim == 1 else (t[:, 0] > 0.5).astype(int)

    def check(self, z: np.ndarray, t: np.ndarray) -> None:
        """ValueError unless t holds one target for each output in z."""
        if np.shape(t) != z.shape[-2:]:
            raise ValueError(f"t: expected shape {z.shape[-2:]}, as the outputs, got {np.shape(t)}")

    def each(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        """The loss of every sample by itself, (batch,)."""
        raise NotImplementedError

    def each_grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        """The gradient of every sample's own loss, of the shape of z."""
        raise NotImplementedError

    def output(self, z: np.ndarray) -> np.ndarray:
        """What the reader sees: probabilities, or z itself."""
        raise NotImplementedError

    def classes(self, z: np.ndarray) -> np.ndarray:
        """The class each row of z means, whole numbers, (batch,)."""
        raise NotImplementedError


class MeanSquaredError(Loss):
    """L = Σ (z − t)², without a half; dL/dz = 2 (z − t). t is (batch, outputs), floats.

    Class 1 where z > 0.5, else 0.
    """

    name = "squared_error"

    def each(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        return ((z - t) ** 2).sum(axis=-1)

    def each_grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        return 2 * (z - t)

    def output(self, z: np.ndarray) -> np.ndarray:
        return z

    def classes(self, z: np.ndarray) -> np.ndarray:
        return (z[..., 0] > 0.5).astype(int)


class BinaryCrossEntropy(Loss):
    """L = −t ln p − (1 − t) ln(1 − p) with p = σ(z). t is (batch, 1), floats from 0 to 1.

    ln σ(z) = −ln(1 + e⁻ᶻ) and ln(1 − σ(z)) = −ln(1 + eᶻ), so L = max(z, 0) − t z + ln(1 + e^−|z|),
    in which nothing overflows, and dL/dz = σ(z) − t.

    Class 1 where p > 0.5, that is z > 0, else 0.
    """

    name = "cross_entropy"

    def check(self, z: np.ndarray, t: np.ndarray) -> None:
        """ValueError unless t holds one number from 0 to 1 for each output in z."""
        super().check(z, t)
        if np.min(t) < 0 or np.max(t) > 1:
            raise ValueError(f"t: expected numbers from 0 to 1, got {np.min(t)} to {np.max(t)}")

    def each(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        return (np.maximum(z, 0) - t * z + np.log1p(np.exp(-np.abs(z)))).sum(axis=-1)

    def each_grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        return sigmoid(z) - t

    @overflow_is_right
    def output(self, z: np.ndarray) -> np.ndarray:
        return sigmoid(z)

    def classes(self, z: np.ndarray) -> np.ndarray:
        return (z[..., 0] > 0).astype(int)


class SoftmaxCrossEntropy(Loss):
    """L = −ln p_t with p = softmax(z), p_j = e^z_j / Σ_k e^z_k. t is (batch,), whole numbers.

    p does not change when the same number is taken from every z, so the largest is taken: no
    exponent is then above 0. ln p_t = z_t − ln Σ e^z gives dL/dz_j = p_j − [j = t].

    The class is the place of the largest z.
    """

    name = "softmax_cross_entropy"

    def check(self, z: np.ndarray, t: np.ndarray) -> None:
        """ValueError unless t is (batch,) of whole numbers from 0 to outputs − 1."""
        batch, outputs = z.shape[-2:]
        if np.shape(t) != (batch,):
            raise ValueError(f"t: expected shape ({batch},), one label a row, got {np.shape(t)}")
        t = np.asarray(t)
        if not np.issubdtype(t.dtype, np.integer):
            raise ValueError(f"t: expected whole numbers as labels, got {t.dtype}")
        if t.size and (t.min() < 0 or t.max() >= outputs):
            raise ValueError(
                f"t: expected labels from 0 to {outputs - 1}, got {t.min()} to {t.max()}"
            )

    def each(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        z = z - z.max(axis=-1, keepdims=True)
        return np.log(np.exp(z).sum(axis=-1)) - z[..., np.arange(len(t)), t]

    def each_grad(self, z: np.ndarray, t: np.ndarray) -> np.ndarray:
        dz = self.output(z)
        dz[..., np.arange(len(t)), t] -= 1
        return dz

    def output(self, z: np.ndarray) -> np.ndarray:
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def classes(self, z: np.ndarray) -> np.ndarray:
        return z.argmax(axis=-1)


# By the names the app uses.
LOSSES: dict[str, type[Loss]] = {
    kind.name: kind for kind in (MeanSquaredError, BinaryCrossEntropy, SoftmaxCrossEntropy)
}
