"""Optimizers: from a gradient to a step, on the network's one flat vector of parameters."""

from collections.abc import Callable

import numpy as np

from nn_core.checks import known_name, number_between, positive_number
from nn_core.schedules import Rate, Schedule, constant


class Optimizer:
    """What all have in common: a learning rate, a count of steps, and what they remember.

    `slots` names the arrays an optimizer keeps between steps; each is (parameters,) and starts
    at 0.
    """

    slots: tuple[str, ...] = ()

    def __init__(self, lr: Rate | Schedule) -> None:
        """lr is a positive number, a schedule, or for an ensemble an array with one a network."""
        self.schedule = lr if callable(lr) else constant(lr)
        self.steady = not callable(lr)  # whether every step has the same learning rate
        self.t = 0
        self.memory: dict[str, np.ndarray] = {}
        self._scratch: np.ndarray | None = None  # saves an allocation a step

    @property
    def lr(self) -> Rate:
        """The learning rate of the next step."""
        return self.schedule(self.t)

    def step(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Move theta (parameters,) one step against grad, in place.

        ValueError if there are several learning rates, and not one for each row of theta.
        """
        if self._scratch is None:
            self._scratch = np.empty_like(theta)
            for slot in self.slots:
                self.memory.setdefault(slot, np.zeros_like(theta))
            rates = np.shape(self.lr)
            if rates and rates[0] != len(theta):
                raise ValueError(
                    f"lr: expected {len(theta)} learning rates, one a network, got {rates[0]}"
                )
        lr = self.lr
        self.t += 1
        self.move(theta, grad, lr)

    def move(self, theta: np.ndarray, grad: np.ndarray, lr: Rate) -> None:
        """The step itself, by this optimizer's own rule."""
        raise NotImplementedError

    def state(self) -> dict[str, np.ndarray]:
        """All that the next step depends on, besides the settings, as arrays."""
        return {"t": np.array(self.t)} | {name: a.copy() for name, a in self.memory.items()}

    def load_state(self, state: dict[str, np.ndarray]) -> None:
        """Go on from a `state` that another optimizer of this kind gave."""
        self.t = int(state["t"])
        self.memory = {slot: state[slot].copy() for slot in self.slots if slot in state}
        self._scratch = None


class SGD(Optimizer):
    """Gradient descent. "Stochastic" when the gradient comes from a batch.

    plain      θ ← θ − lr · g
    momentum   v ← μ v − lr · g;  θ ← θ + v, a ball that keeps rolling (Polyak 1964)
    Nesterov   the same v;  θ ← θ + μ v − lr · g, which looks ahead (Sutskever 2013)
    """

    slots = ("velocity",)

    def __init__(self, lr: Rate | Schedule, momentum: float = 0.0, nesterov: bool = False) -> None:
        """ValueError unless lr is positive, momentum in [0, 1), and above 0 for Nesterov."""
        super().__init__(lr)
        self.momentum = number_between("momentum", momentum, 0, 1)
        self.nesterov = nesterov
        if nesterov and momentum == 0:
            raise ValueError("momentum: expected more than 0 for nesterov, got 0")

    def move(self, theta: np.ndarray, grad: np.ndarray, lr: Rate) -> None:
        step = np.multiply(grad, lr, out=self._scratch)
        if self.momentum == 0:
            theta -= step
            return
        v = self.memory["velocity"]
        v *= self.momentum
        v -= step
        theta += self.momentum * v - step if self.nesterov else v


class RMSprop(Optimizer):
    """A step for each parameter in units of its own recent gradients (Hinton 2012).

    v ← ρ v + (1 − ρ) g²;  θ ← θ − lr · g / (√v + ε)
    """

    slots = ("v",)

    def __init__(
        self,
        lr: Rate | Schedule = 0.001,
        rho: float = 0.9,
        epsilon: float = 1e-7,
    ) -> None:
        """ValueError unless lr and epsilon are positive and rho in [0, 1)."""
        super().__init__(lr)
        self.rho = number_between("rho", rho, 0, 1)
        self.epsilon = positive_number("epsilon", epsilon)

    def move(self, theta: np.ndarray, grad: np.ndarray, lr: Rate) -> None:
        v = self.memory["v"]
        v += (1 - self.rho) * (grad * grad - v)
        theta -= lr * grad / (np.sqrt(v) + self.epsilon)


class Adam(Optimizer):
    """RMSprop with momentum, both corrected for starting at 0 (Kingma & Ba 2015).

    m ← β₁ m + (1 − β₁) g        the gradient, smoothed
    v ← β₂ v + (1 − β₂) g²       its square, smoothed
    θ ← θ − lr · m̂ / (√v̂ + ε)    with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
    """

    slots = ("m", "v")

    def __init__(
        self,
        lr: Rate | Schedule = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        """ValueError unless lr and epsilon are positive and both betas in [0, 1)."""
        super().__init__(lr)
        self.beta1 = number_between("beta1", beta1, 0, 1)
        self.beta2 = number_between("beta2", beta2, 0, 1)
        self.epsilon = positive_number("epsilon", epsilon)

    def move(self, theta: np.ndarray, grad: np.ndarray, lr: Rate) -> None:
        m, v, scratch = self.memory["m"], self.memory["v"], self._scratch
        m += np.multiply(grad - m, 1 - self.beta1, out=scratch)
        v += np.multiply(grad * grad - v, 1 - self.beta2, out=scratch)
        scale = np.sqrt(v / (1 - self.beta2**self.t)) + self.epsilon
        theta -= lr / (1 - self.beta1**self.t) * m / scale


# By the names the app uses; momentum is the usual 0.9.
OPTIMIZERS: dict[str, Callable[[Rate | Schedule], Optimizer]] = {
    "sgd": SGD,
    "momentum": lambda lr: SGD(lr, momentum=0.9),
    "nesterov": lambda lr: SGD(lr, momentum=0.9, nesterov=True),
    "rmsprop": RMSprop,
    "adam": Adam,
}


def optimizer(name: str, lr: Rate | Schedule) -> Optimizer:
    """The optimizer of that name with this learning rate, as `Optimizer` takes it.

    ValueError, with the nearest known name, if there is none, or the learning rate is wrong.
    """
    return known_name("optimizer", name, OPTIMIZERS)(lr)
