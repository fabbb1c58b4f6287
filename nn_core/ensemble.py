"""Many small networks of one shape, trained at once as one stacked array.

A network of five neurons keeps Python busier than the processor: most of a step is calls. Stacked,
400 such networks take few more calls than one.
"""

from collections.abc import Container, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nn_core.activations import Activation, activation as activation_named
from nn_core.initializers import Initializer
from nn_core.losses import Loss
from nn_core.network import Sequential, mlp
from nn_core.optimizers import Optimizer
from nn_core.parameters import Parameters
from nn_core.training import check_data


class Ensemble(Parameters):
    """Networks as `mlp` makes them, one a seed: `theta` is (networks, parameters), a row each.

    After every step each row equals the network trained alone, to the last few bits (sums are
    taken in another order; over 1,000 steps the difference stays below 1e-9 of the parameters).
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str | Activation = "tanh",
        init: str | Initializer = "glorot_uniform",
        seeds: Iterable[int] = range(10),
        dtype: DTypeLike = np.float64,
    ) -> None:
        """ValueError as `mlp` has it, or if there are no seeds."""
        networks = [mlp(sizes, activation, init, seed, dtype) for seed in seeds]
        if not networks:
            raise ValueError("seeds: expected at least one, got none")
        self._stack(networks[0], activation, np.stack([net.theta for net in networks]))

    @classmethod
    def at(
        cls, sizes: Sequence[int], activation: str | Activation, theta: np.ndarray
    ) -> "Ensemble":
        """The networks whose parameters are the rows of theta, (networks, parameters), copied.

        This is how a landscape is measured: a network for each of its points. ValueError as `mlp`
        has it, or if theta does not fit.
        """
        one = mlp(sizes, activation, "zeros", dtype=theta.dtype)
        if theta.ndim != 2 or not len(theta) or theta.shape[1] != len(one.theta):
            expected = f"expected shape (networks, {len(one.theta)}), at least one network"
            raise ValueError(f"theta: {expected}, got {theta.shape}")
        networks = cls.__new__(cls)
        networks._stack(one, activation, theta.copy())
        return networks

    def _stack(self, one: Sequential, activation: str | Activation, theta: np.ndarray) -> None:
        """Lay the stacked weights and biases of each layer over theta, as views."""
        self.one = one
        self.activation = activation_named(activation)
        super().__init__(theta)
        self.W: list[np.ndarray] = []
        self.b: list[np.ndarray] = []
        self.dW: list[np.ndarray] = []
        self.db: list[np.ndarray] = []
        start = 0
        for layer in self.one.dense:
            middle, end = start + layer.n_in * layer.n_out, start + layer.size
            shape = (len(self.theta), layer.n_in, layer.n_out)
            for stack, weights, biases in (
                (self.theta, self.W, self.b),
                (self.grad, self.dW, self.db),
            ):
                weights.append(stack[:, start:middle].reshape(shape))
                biases.append(stack[:, middle:end].reshape(len(stack), 1, layer.n_out))
            start = end

    @property
    def diverged(self) -> np.ndarray:
        """(networks,) whether a network's parameters are no longer finite numbers."""
        return ~np.isfinite(self.theta).all(axis=1)

    def network(self, lane: int) -> Sequential:
        """One of the networks by itself, with parameters of its own."""
        net = self.one.copy()
        net.theta = self.theta[lane]
        return net

    @np.errstate(all="ignore")
    def forward(self, x: np.ndarray) -> list[np.ndarray]:
        """The trace [x, z1, a1, z2, …] with x (batch, inputs), the rest (networks, batch, …)."""
        self.one.check_input(x)
        trace = [x]
        for W, b in zip(self.W, self.b, strict=True):
            if len(trace) > 1:
                trace.append(self.activation.forward(trace[-1]))
            trace.append(np.matmul(trace[-1], W) + b)
        return trace

    @np.errstate(all="ignore")
    def backward(self, trace: list[np.ndarray], dz: np.ndarray) -> None:
        """Fill `grad` from dz (networks, batch, outputs), last layer first."""
        for i in reversed(range(len(self.W))):
            x, z = trace[2 * i], trace[2 * i - 1]
            np.matmul(np.swapaxes(x, -1, -2), dz, out=self.dW[i])
            dz.sum(axis=1, keepdims=True, out=self.db[i])
            if i > 0:
                da = np.matmul(dz, np.swapaxes(self.W[i], -1, -2))
                dz = da * self.activation.derivative(z, x)

    def predict(self, x: np.ndarray) -> np.ndarray:
        """The logits, (networks, batch, outputs), for x (batch, inputs)."""
        return self.forward(x)[-1]

    @np.errstate(all="ignore")
    def train(
        self,
        loss: Loss,
        optimizer: Optimizer,
        x: np.ndarray,
        t: np.ndarray,
        steps: int,
        record_at: Container[int] = (),
    ) -> dict[str, list[Any]]:
        """Full-batch steps, all networks at once; x (batch, inputs), t as the loss asks for it.

        Returns `step` and `loss`, a row (networks,) at each step in `record_at`, 0 meaning before
        the first. A network that diverges becomes NaN and leaves the others alone.
        ValueError if x or t do not fit.
        """
        check_data(self.one, loss, x, t)
        history: dict[str, list[Any]] = {"step": [], "loss": []}
        for step in range(steps + 1):
            trace = self.forward(x)
            if step in record_at:
                history["step"].append(step)
                history["loss"].append(loss.value(trace[-1], t))
            if step < steps:
                self.backward(trace, loss.checked_grad(trace[-1], t))
                optimizer.step(self.theta, self.grad)
        return history
