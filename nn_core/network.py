"""A network: layers in a row, their parameters in one flat vector."""

import copy
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from nn_core.activations import Activation, activation as activation_named
from nn_core.checks import number_between, positive_integer
from nn_core.initializers import Initializer, initial_parameters
from nn_core.layers import Dense, Dropout, Layer
from nn_core.parameters import Parameters


class Sequential(Parameters):
    """Layers applied one after the other.

    `theta` holds every parameter, layer by layer, W before b; `grad` the loss's derivative with
    respect to each, in the same order. Layers hold views, so changing one changes the other.
    """

    def __init__(
        self,
        *layers: Layer,
        init: str | Initializer = "glorot_uniform",
        seed: int = 0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        """ValueError if there are no layers, two do not fit together, or `init` is unknown."""
        if np.dtype(dtype) not in (np.dtype(np.float32), np.dtype(np.float64)):
            raise ValueError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
        self.layers = layers
        self.dense = [layer for layer in layers if isinstance(layer, Dense)]
        if not self.dense:
            raise ValueError("layers: expected at least one Dense layer, got none")
        for before, after in pairwise(self.dense):
            if before.n_out != after.n_in:
                raise ValueError(
                    f"layers: expected a layer of {before.n_out} inputs after one of "
                    f"{before.n_out} outputs, got {after.n_in} inputs"
                )
        super().__init__(np.zeros(sum(layer.size for layer in layers), dtype))
        start = 0
        for layer in self.dense:
            layer.bind(
                self.theta[start : start + layer.size], self.grad[start : start + layer.size]
            )
            start += layer.size
        shapes = [(layer.n_in, layer.n_out) for layer in self.dense]
        rng = np.random.default_rng(seed)
        for layer, (W, b) in zip(self.dense, initial_parameters(init, shapes, rng), strict=True):
            layer.W[:], layer.b[:] = W, b

    @property
    def sizes(self) -> list[int]:
        """Units a layer, inputs first: [784, 50, 10]."""
        return [self.dense[0].n_in, *(layer.n_out for layer in self.dense)]

    @property
    def is_random(self) -> bool:
        """Whether training needs a generator: whether there is dropout."""
        return any(layer.is_random for layer in self.layers)

    def copy(self) -> "Sequential":
        """A network of the same layers with parameters of its own."""
        layers = [copy.copy(layer) for layer in self.layers]
        twin = Sequential(*layers, init="zeros", dtype=self.dtype)
        twin.theta = self.theta
        return twin

    def check_input(self, x: np.ndarray) -> None:
        """ValueError unless x is (batch, inputs) in this network's dtype."""
        if not isinstance(x, np.ndarray) or x.ndim != 2 or x.shape[1] != self.dense[0].n_in:
            raise ValueError(f"x: expected shape (batch, {self.dense[0].n_in}), got {np.shape(x)}")
        if x.dtype != self.dtype:
            raise ValueError(f"x: expected {self.dtype}, as the network's own, got {x.dtype}")

    def forward(self, x: np.ndarray, rng: np.random.Generator | None = None) -> list[np.ndarray]:
        """The trace: x and what each layer made of it, [x, z1, a1, z2, …]. Nothing is hidden.

        Dropout acts only when a generator is given.
        ValueError if x is not (batch, inputs) or not of the network's dtype.
        """
        self.check_input(x)
        trace = [x]
        for layer in self.layers:
            x = layer.forward(x, rng)
            trace.append(x)
        return trace

    def backward(
        self, trace: list[np.ndarray], dz: np.ndarray, input_gradient: bool = True
    ) -> np.ndarray | None:
        """The chain rule, last layer first: fill `grad` from dz, the gradient at the output.

        Returns the gradient of the input, (batch, inputs). Training has no use for that one and
        skips it (`input_gradient=False`, returns None): on images it is half of the work.
        """
        for i in range(len(self.layers) - 1, -1, -1):
            needed = input_gradient or i > 0
            dx = self.layers[i].backward(trace[i], trace[i + 1], dz, needed)
            if dx is None:
                return None
            dz = dx
        return dz

    def predict(self, x: np.ndarray) -> np.ndarray:
        """The last layer's output, (batch, outputs), without keeping the trace."""
        self.check_input(x)
        for layer in self.layers:
            x = layer.predict(x)
        return x


def mlp(
    sizes: Sequence[int],
    activation: str | Activation | Sequence[str | Activation] = "tanh",
    init: str | Initializer = "glorot_uniform",
    seed: int = 0,
    dtype: DTypeLike = np.float64,
    dropout: float = 0.0,
) -> Sequential:
    """A multilayer perceptron: dense layers of these sizes, the activation between them.

    mlp([2, 4, 1]) has 2 inputs, 4 hidden units and 1 output. The last layer is linear: it gives
    logits, which the loss turns into probabilities. `activation` is one, or one for each hidden
    layer, each by its name or itself. With dropout, that share of each hidden layer is silenced in
    training.
    ValueError if there are fewer than two sizes, a name is unknown, or their number is wrong.
    """
    if len(sizes) < 2:
        raise ValueError(f"sizes: expected inputs and outputs at least, got {list(sizes)}")
    for size in sizes:
        positive_integer("sizes", size)
    hidden = len(sizes) - 2
    if isinstance(activation, str | Activation):  # refused even where no layer would need it
        bends = [activation_named(activation)] * hidden
    else:
        bends = [activation_named(one) for one in activation]
    if len(bends) != hidden:
        names = [bend.name for bend in bends]
        raise ValueError(f"activation: expected {hidden} names, one a hidden layer, got {names}")
    number_between("dropout", dropout, 0, 1)
    layers: list[Layer] = [Dense(sizes[0], sizes[1])]
    for bend, (n_in, n_out) in zip(bends, pairwise(sizes[1:]), strict=True):
        layers += [bend, *([Dropout(dropout)] if dropout else []), Dense(n_in, n_out)]
    return Sequential(*layers, init=init, seed=seed, dtype=dtype)
