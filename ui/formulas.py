"""The precise statements, set in maths, with the numbers of the moment on a second line."""

from figures.stage import StageFilm


def boundary_formulas(film: StageFilm) -> list[str]:
    """Forward, loss, backward and the step, for the network on the stage."""
    layers, n = len(film.sizes) - 1, len(film.data.x_train)
    bends = " ".join(
        rf"a_{{{i}}} = \operatorname{{{name.replace('_', ' ')}}}(z_{{{i}}}),\quad "
        rf"z_{{{i + 1}}} = a_{{{i}}} W_{{{i + 1}}} + b_{{{i + 1}}},\quad"
        for i, name in enumerate(film.activations, 1)
    )
    answer = r"\sigma(z_{%d})" if film.output == "sigmoid" else "z_{%d}"
    if film.loss == "cross_entropy":
        loss = r"-\frac1n \sum_k \big( t_k \ln \hat y_k + (1 - t_k) \ln (1 - \hat y_k) \big)"
        slope = r"\tfrac1n (\hat y - t)"
    else:
        loss, slope = r"\frac1n \sum_k (\hat y_k - t_k)^2", r"\tfrac2n (\hat y - t)"
    last = rf"\frac{{\partial L}}{{\partial z_{{{layers}}}}} = {slope}"
    lines = [
        "Forward, for all points at once (a row each); $x$ holds "
        f"{', '.join(film.inputs)}, and the layers have {'-'.join(map(str, film.sizes))} units:",
        rf"$$z_1 = x W_1 + b_1,\quad {bends} \hat y = {answer % layers}$$",
        f"The loss, averaged over the points of a batch (the curve shows all n = {n:,}):",
        f"$$L = {loss}$$",
    ]
    if film.activations:
        lines += [
            "Backward, by the chain rule, from the answer into one hidden layer after the other:",
            rf"$$ {last}, \qquad \frac{{\partial L}}{{\partial z_i}} = \Big(\frac{{\partial L}}"
            r"{\partial z_{i+1}} W_{i+1}^\top\Big) \odot f'(z_i)$$",
        ]
    else:
        lines += ["Backward, at the answer's sum:", f"$${last}$$"]
    lines += [
        "What each layer's parameters get of it, with $a_0 = x$, and the step of plain gradient "
        "descent that each of them, θ, takes:",
        r"$$\frac{\partial L}{\partial W_i} = a_{i-1}^\top \frac{\partial L}{\partial z_i}, \qquad "
        r"\frac{\partial L}{\partial b_i} = \sum_k \frac{\partial L}{\partial z_{i,k}}, \qquad "
        r"\theta \leftarrow \theta - \eta \, \frac{\partial L}{\partial \theta}$$",
    ]
    if n == 4 and film.loss == "cross_entropy":
        lines.append(
            "An answer of ½ everywhere has loss ln 2 ≈ 0.693; two of the four points right and two "
            "stuck at ½ have ½ ln 2 ≈ 0.347."
        )
    return lines


MNIST_FORMULAS = [
    "Forward, for a batch of images (a row each, pixels from 0 to 1):",
    r"$$z_1 = x W_1 + b_1, \quad a_1 = \sigma(z_1), \quad z_2 = a_1 W_2 + b_2, \quad "
    r"p_j = \frac{e^{z_{2j}}}{\sum_k e^{z_{2k}}}$$",
    "The loss, cross-entropy, averaged over the batch, and its gradient at the output:",
    r"$$L = -\frac1n \sum_i \ln p_{i,t_i}, \qquad "
    r"\frac{\partial L}{\partial z_{2,ij}} = \frac{p_{ij} - [j = t_i]}{n}$$",
    "A tile shows one column of $W_1$, laid out as the image is: blue where ink speaks for the "
    "unit, orange where against it. The strip below has its ten weights in $W_2$, digit 0 first.",
    "The recording is notebook B's recipe (50 sigmoid units, 50,000 batches of 100 drawn with "
    "replacement, learning rate 0.1) on MNIST's 60,000 training digits; "
    "`python -m runs.recording` makes it again.",
]
