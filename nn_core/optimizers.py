"""Optimizers: from a gradient to a step, on the network's one flat vector of parameters."""

import numpy as np

from nn_core.checks import number_between, positive_number


class SGD:
    """Gradient descent: θ ← θ − lr · g. "Stochastic" when g comes from a batch."""

    def __init__(self, lr: float) -> None:
        """ValueError unless lr is a positive finite number."""
        self.lr = positive_number("lr", lr)

    def step(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Move theta (parameters,) one step against grad, in place."""
        theta -= self.lr * grad


class Adam:
    """A step for each parameter in units of its own recent gradients (Kingma & Ba 2015).

    m ← β₁ m + (1 − β₁) g        the gradient, smoothed
    v ← β₂ v + (1 − β₂) g²       its square, smoothed
    θ ← θ − lr · m̂ / (√v̂ + ε)    with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ): both start at 0
    """

    def __init__(
        self, lr: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        """ValueError unless lr and epsilon are positive and both betas in [0, 1)."""
        self.lr = positive_number("lr", lr)
        self.beta1 = number_between("beta1", beta1, 0, 1)
        self.beta2 = number_between("beta2", beta2, 0, 1)
        self.epsilon = positive_number("epsilon", epsilon)
        self.t = 0
        self.m: np.ndarray | None = None
        self.v: np.ndarray | None = None

    def step(self, theta: np.ndarray, grad: np.ndarray) -> None:
        """Move theta (parameters,) one step against grad, in place."""
        if self.m is None:
            self.m, self.v = np.zeros_like(theta), np.zeros_like(theta)
        self.t += 1
        self.m += (1 - self.beta1) * (grad - self.m)
        self.v += (1 - self.beta2) * (grad * grad - self.v)
        m_hat = self.m / (1 - self.beta1**self.t)
        v_hat = self.v / (1 - self.beta2**self.t)
        theta -= self.lr * m_hat / (np.sqrt(v_hat) + self.epsilon)
