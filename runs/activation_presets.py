"""Settings of Activations worth showing."""

from runs.config import ActivationsConfig

ACTIVATION_PRESETS = {
    "Notebook A's plot": ActivationsConfig(),
    "ReLU and kin": ActivationsConfig(function="relu", second="leaky_relu", third="elu", x=-1.0),
    "Smooth": ActivationsConfig(function="silu", second="gelu", third="softplus", x=-1.0),
    "Vanishing": ActivationsConfig(view="learning", second="tanh", third="relu", depth=20),
    "Exploding": ActivationsConfig(view="in and out", function="relu", init="normal"),
}
