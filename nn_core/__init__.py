"""A neural network that reads like the maths: NumPy and the standard library, nothing else.

Shapes and letters, everywhere: `x` (batch, features), `z = x @ W + b`, `a = f(z)`, `t` the target,
`W` (in, out), `b` (out,), and `dW`, `db` for the derivative of the loss with respect to each.

Read in this order: activations, layers, network, losses, optimizers, training.
"""

from nn_core.activations import ACTIVATIONS, Activation, Identity, ReLU, Sigmoid, Tanh, activation
from nn_core.gradients import gradient_check, numerical_gradient
from nn_core.initializers import INITIALIZERS, normal
from nn_core.layers import Dense
from nn_core.losses import BinaryCrossEntropy, MeanSquaredError, SoftmaxCrossEntropy
from nn_core.network import Sequential, mlp
from nn_core.optimizers import SGD, Adam
from nn_core.training import Trainer, log_spaced

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "SGD",
    "Activation",
    "Adam",
    "BinaryCrossEntropy",
    "Dense",
    "Identity",
    "MeanSquaredError",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "SoftmaxCrossEntropy",
    "Tanh",
    "Trainer",
    "activation",
    "gradient_check",
    "log_spaced",
    "mlp",
    "normal",
    "numerical_gradient",
]
