"""What goes on in a network of any layers, set in maths: forward, backward, and the step."""

from collections.abc import Sequence


def forward(activations: Sequence[str], answer: str) -> str:
    """From the inputs x through hidden layers with these activations to the `answer`, LaTeX."""
    bends = " ".join(
        rf"a_{{{i}}} = \operatorname{{{name.replace('_', ' ')}}}(z_{{{i}}}),\quad "
        rf"z_{{{i + 1}}} = a_{{{i}}} W_{{{i + 1}}} + b_{{{i + 1}}},\quad"
        for i, name in enumerate(activations, 1)
    )
    return rf"$$z_1 = x W_1 + b_1,\quad {bends} {answer}$$"


def backward(hidden_layers: int, last: str) -> list[str]:
    """From `last`, the gradient of the loss in the last layer's sums, into the hidden layers."""
    if not hidden_layers:
        return ["Backward, at the answer's sum:", f"$${last}$$"]
    return [
        "Backward, by the chain rule, from the answer into one hidden layer after the other:",
        rf"$$ {last}, \qquad \frac{{\partial L}}{{\partial z_i}} = \Big(\frac{{\partial L}}"
        r"{\partial z_{i+1}} W_{i+1}^\top\Big) \odot f'(z_i)$$",
    ]


def step(optimizer: str = "sgd") -> list[str]:
    """What each layer's parameters get of that, and what becomes of it."""
    gradients = (
        r"\frac{\partial L}{\partial W_i} = a_{i-1}^\top \frac{\partial L}{\partial z_i}, \qquad "
        r"\frac{\partial L}{\partial b_i} = \sum_k \frac{\partial L}{\partial z_{i,k}}"
    )
    if optimizer != "sgd":
        return [
            "What each layer's parameters get of it, with $a_0 = x$, of which the optimizer, "
            f"{optimizer}, makes its step:",
            f"$${gradients}$$",
        ]
    return [
        "What each layer's parameters get of it, with $a_0 = x$, and the step of plain gradient "
        "descent that each of them, θ, takes:",
        rf"$${gradients}, \qquad \theta \leftarrow \theta - \eta \, "
        r"\frac{\partial L}{\partial \theta}$$",
    ]
