"""The maths of Activations: each function beside its derivative, the probe's numbers put in."""

from collections.abc import Sequence

from figures.activations import ActivationCurves
from figures.softmax import Softmax


def activation_formulas(curves: ActivationCurves) -> list[str]:
    """f and f′ of the activation on screen, each with the probe's numbers put in."""
    function, probe = curves.function, curves.probe_x
    x, value = f"{probe:g}", f"{curves.probe_f:.4f}"
    at = f"({x})" if probe < 0 else x
    f, df = (text.replace("§", "x") for text in (function.formula, function.slope_formula))
    f_numbers, slope_numbers = (
        text.replace("f(§)", value).replace("§", at) for text in function.formulas_at(probe)
    )
    return [
        f"**{function.name}**",
        f"$$f(x) = {f}$$",
        f"$$f({x}) = {f_numbers}$$",
        f"$$f({x}) = {curves.probe_f:.8f}$$",
        f"$$f'(x) = {df}$$",
        f"$$f'({x}) = {slope_numbers}$$",
        f"$$f'({x}) = {curves.probe_slope:.8f}$$",
    ]


LEARNING = (
    "Learning multiplies by f′ at every layer (the chain rule): where f′ is near 0, the error "
    "that should teach the weights before it is nearly wiped out."
)


CHAIN_FORMULAS = [
    "A row of neurons, each hearing the one before:",
    r"$$z_k = w\,a_{k-1}, \qquad a_k = f(z_k)$$",
    "What arrives n layers further down, of an error at the end (the chain rule):",
    r"$$\frac{\partial a_n}{\partial a_0} = \prod_{k=1}^{n} w\,f'(z_k) = "
    r"w^n \prod_{k=1}^{n} f'(z_k)$$",
    r"σ′ is never above ¼, so the slopes of n sigmoids multiply to at most $0.25^n$. That is a "
    r"ceiling for the slopes; the weights multiply in too.",
]
LAYERS_FORMULAS = [
    "A layer's sums add up many terms, so their spread grows with the number of inputs n:",
    r"$$\operatorname{Var}(z) = n \, \operatorname{Var}(W) \, \operatorname{E}[a^2]$$",
    "To keep the spread as it is, the variance of a weight is chosen to fit:",
    r"$$\text{LeCun: } \tfrac1n, \qquad \text{Glorot: } \tfrac{2}{n + m}, \qquad "
    r"\text{He: } \tfrac2n \text{ (ReLU silences half)}$$",
    "A unit is dead if it answers 0 to every one of the 256 inputs: its slope is then 0 on all "
    "of them, and no error reaches its weights.",
]


def softmax_formulas(seen: Softmax) -> list[str]:
    """Softmax and its Jacobian, with the numbers of class 1."""
    exponents = " + ".join(rf"e^{{{z:g}/{seen.temperature:g}}}" for z in seen.z)
    first, own = seen.p[0], seen.jacobian[0, 0]
    return [
        r"$$p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}$$",
        rf"$$p_1 = \frac{{e^{{{seen.z[0]:g}/{seen.temperature:g}}}}}{{{exponents}}} = "
        rf"{first:.8f}$$",
        "Softmax has no single slope: every share follows every score, so there is a table of "
        "slopes, the Jacobian:",
        r"$$\frac{\partial p_i}{\partial z_j} = \frac{p_i\,([i = j] - p_j)}{T}$$",
        rf"$$\frac{{\partial p_1}}{{\partial z_1}} = \frac{{{first:.4f} \cdot (1 - {first:.4f})}}"
        rf"{{{seen.temperature:g}}} = {own:.8f}$$",
    ]


def several_formulas(several: Sequence[ActivationCurves]) -> list[str]:
    """The formulas of all functions on screen, and what they mean for learning."""
    return [*(line for curves in several for line in activation_formulas(curves)), LEARNING]
