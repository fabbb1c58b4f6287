"""What both views of One neuron say: how a loss moved, what one neuron cannot do, the maths."""

import numpy as np

from figures.words import number
from recipes.neuron import contradiction


def change(before: float, after: float, mark: str = "**") -> str:
    """Two numbers with as many digits as it takes to tell them apart, both with as many."""
    for digits in range(3, 9):
        texts = [number(value, digits) for value in (before, after)]
        if texts[0] != texts[1]:
            break
    if not any("×" in text for text in texts):
        places = max(len(text.partition(".")[2]) for text in texts)
        texts = [f"{value:.{places}f}" for value in (before, after)]
    return f"from {mark}{texts[0]}{mark} to {mark}{texts[1]}{mark}"


def cannot(x: np.ndarray, t: np.ndarray, briefly: bool = False) -> str:
    """Why no weights get every sample of this table right; "" unless two pairs contradict."""
    pair = contradiction(x, t)
    if pair is None:
        return ""
    (a, b), (c, d) = pair
    if a == b and c == d:
        return (
            f"Samples {a + 1} and {c + 1} have the same inputs and different targets, so no "
            "weights get both right."
        )
    ones, zeros = f"{a + 1} and {b + 1}", f"{c + 1} and {d + 1}"
    if briefly:
        return (
            f"One neuron cannot do this: samples {ones} add up to the same inputs as {zeros}, but "
            "have other targets."
        )
    return (
        f"One neuron cannot do this: samples {ones} (target 1) add up to the same inputs as "
        f"samples {zeros} (target 0). So their sums h add up to the same, too, and no weights put "
        f"{ones} above 0 and {zeros} below."
    )


_MATHS = [
    "Forward, for all samples at once (a row each):",
    r"$$h = xW + b, \qquad y = \sigma(h) = \frac{1}{1 + e^{-h}}$$",
    "The error that is descended, and the loss that is shown:",
    r"$$E = \sum_k (t_k - y_k)^2, \qquad L = \frac1n \sum_k (t_k - y_k)^2 = \frac{E}{n}$$",
    "Back, by the chain rule:",
    r"$$\frac{\partial E}{\partial y} = -2\,(t - y), \qquad "
    r"\frac{\partial y}{\partial h} = y\,(1 - y), \qquad "
    r"\frac{\partial E}{\partial h} = \frac{\partial E}{\partial y} \cdot "
    r"\frac{\partial y}{\partial h}$$",
    r"$$\frac{\partial E}{\partial W} = x^\top \frac{\partial E}{\partial h}, \qquad "
    r"\frac{\partial E}{\partial b} = \sum_k \frac{\partial E}{\partial h_k}$$",
    "The step, with learning rate η:",
    r"$$W \leftarrow W - \eta \, \frac{\partial E}{\partial W}, \qquad "
    r"b \leftarrow b - \eta \, \frac{\partial E}{\partial b}$$",
    "A finite difference finds the same slope by trying, with δ = 0.00001:",
    r"$$\frac{\partial E}{\partial w} \approx \frac{E(w + \delta) - E(w - \delta)}{2\delta}$$",
]


def neuron_maths(mean: float, samples: int, lr: float) -> list[str]:
    """The maths of one neuron, with the numbers of the moment at its end.

    `mean` is the loss shown, over so many samples, before the step.
    """
    return [
        *_MATHS,
        rf"$$E = {mean * samples:.8f}, \qquad L = {mean:.8f}, \qquad \eta = {lr:g}$$",
    ]
