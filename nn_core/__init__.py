"""A neural network that reads like the maths: NumPy and the standard library, nothing else.

Shapes and letters, everywhere: `x` (batch, features), `z = x @ W + b`, `a = f(z)`, `t` the target,
`W` (in, out), `b` (out,), and `dW`, `db` for the derivative of the loss with respect to each.

Read in this order: layers, activations, network, training; what these call, losses, optimizers,
initializers, are beside them.
"""

from nn_core.activations import (
    ACTIVATIONS,
    ELU,
    GELU,
    Activation,
    GELUTanh,
    Identity,
    LeakyReLU,
    ReLU,
    Sigmoid,
    SiLU,
    Softplus,
    Step,
    Tanh,
    activation,
)
from nn_core.ensemble import Ensemble
from nn_core.gradients import (
    angle_between,
    forward_backward,
    gradient_check,
    input_gradient,
    layer_norms,
    numerical_gradient,
    sample_gradients,
)
from nn_core.initializers import INITIALIZERS, STARTS, normal
from nn_core.landscape import Plane, filter_normalised, loss_on_plane, plane_through
from nn_core.layers import Dense, Dropout, Layer
from nn_core.losses import (
    LOSSES,
    BinaryCrossEntropy,
    Loss,
    MeanSquaredError,
    SoftmaxCrossEntropy,
)
from nn_core.metrics import accuracy, confusion_matrix
from nn_core.network import Sequential, mlp
from nn_core.optimizers import OPTIMIZERS, SGD, Adam, Optimizer, RMSprop, optimizer
from nn_core.regularization import Penalty
from nn_core.schedules import constant, cosine, step_decay
from nn_core.stopping import StopWhen
from nn_core.training import Trainer, log_spaced

__all__ = [
    "ACTIVATIONS",
    "ELU",
    "GELU",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "SGD",
    "STARTS",
    "Activation",
    "Adam",
    "BinaryCrossEntropy",
    "Dense",
    "Dropout",
    "Ensemble",
    "GELUTanh",
    "Identity",
    "Layer",
    "LeakyReLU",
    "Loss",
    "MeanSquaredError",
    "Optimizer",
    "Penalty",
    "Plane",
    "RMSprop",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "SoftmaxCrossEntropy",
    "Softplus",
    "Step",
    "StopWhen",
    "Tanh",
    "Trainer",
    "accuracy",
    "activation",
    "angle_between",
    "confusion_matrix",
    "constant",
    "cosine",
    "filter_normalised",
    "forward_backward",
    "gradient_check",
    "input_gradient",
    "layer_norms",
    "log_spaced",
    "loss_on_plane",
    "mlp",
    "normal",
    "numerical_gradient",
    "optimizer",
    "plane_through",
    "sample_gradients",
    "step_decay",
]
