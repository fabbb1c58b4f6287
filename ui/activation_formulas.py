"""The maths of Activations: each function beside its derivative, the probe's numbers put in."""

from collections.abc import Sequence

from figures.activations import ActivationCurves
from figures.softmax import Softmax

X = "§"  # stands for the input, to be replaced by x or by its number

# f, f′ in general; then both with numbers, for x > 0 and for the rest, if that differs.
GENERAL = {
    "identity": (r"§", r"1"),
    "step": (
        r"1 \text{ if } § > 0, \text{ else } 0",
        r"0 \quad (\text{the jump at } 0 \text{ has no slope; } 0 \text{ by convention})",
    ),
    "sigmoid": (r"\frac{1}{1 + e^{-§}}", r"f(§)\,(1 - f(§)) \le \tfrac14"),
    "tanh": (r"\tanh §", r"1 - f(§)^2 \le 1"),
    "relu": (
        r"\max(0, §)",
        r"1 \text{ if } § > 0, \text{ else } 0 \quad (f'(0) = 0 \text{ by convention})",
    ),
    "leaky_relu": (
        r"§ \text{ if } § > 0, \text{ else } SLOPE\,§",
        r"1 \text{ if } § > 0, \text{ else } SLOPE",
    ),
    "elu": (
        r"§ \text{ if } § > 0, \text{ else } ALPHA\,(e^{§} - 1)",
        r"1 \text{ if } § > 0, \text{ else } ALPHA\,e^{§}",
    ),
    "softplus": (r"\ln(1 + e^{§})", r"\sigma(§) = \frac{1}{1 + e^{-§}}"),
    "silu": (r"§\,\sigma(§)", r"\sigma(§)\,(1 + §\,(1 - \sigma(§)))"),
    "gelu": (
        r"§\,\Phi(§), \quad \Phi(§) = \tfrac12\left(1 + \operatorname{erf}\tfrac{§}{\sqrt2}\right)",
        r"\Phi(§) + §\,\varphi(§), \quad \varphi(§) = \tfrac{1}{\sqrt{2\pi}} e^{-§^2/2}",
    ),
    "gelu_tanh": (
        r"\tfrac12 §\,(1 + \tanh u), \quad u = \sqrt{\tfrac2\pi}\,(§ + 0.044715\,§^3)",
        r"\tfrac12 (1 + \tanh u) + \tfrac12 §\,(1 - \tanh^2 u)\,u'",
    ),
}
POSITIVE_SIDE = {
    "step": ("1", "0"),
    "relu": ("§", "1"),
    "leaky_relu": ("§", "1"),
    "elu": ("§", "1"),
}
OTHER_SIDE = {
    "step": ("0", "0"),
    "relu": ("0", "0"),
    "leaky_relu": (r"SLOPE \cdot §", "SLOPE"),
    "elu": (r"ALPHA\,(e^{§} - 1)", r"ALPHA\,e^{§}"),
}
WITH_NUMBERS = {  # where the general form says more than a formula
    "sigmoid": (r"\frac{1}{1 + e^{-§}}", r"F\,(1 - F)"),
    "tanh": (r"\tanh §", r"1 - F^2"),
    "softplus": (r"\ln(1 + e^{§})", r"\frac{1}{1 + e^{-§}}"),
    "gelu": (
        r"§ \cdot \tfrac12\left(1 + \operatorname{erf}\tfrac{§}{\sqrt2}\right)",
        r"\Phi(§) + § \cdot \tfrac{1}{\sqrt{2\pi}} e^{-§^2/2}",
    ),
    "gelu_tanh": (r"\tfrac12 \cdot § \cdot (1 + \tanh u)", GENERAL["gelu_tanh"][1]),
}


def _set(text: str, x: str, slope: float, alpha: float) -> str:
    factor = "" if alpha == 1 else f"{alpha:g}"
    return text.replace(X, x).replace("SLOPE", f"{slope:g}").replace(r"ALPHA\,", factor)


def activation_latex(name: str, slope: float = 0.01, alpha: float = 1.0) -> tuple[str, str]:
    """f(x) and f′(x) of an activation, as LaTeX."""
    f, df = (_set(text, "x", slope, alpha) for text in GENERAL[name])
    return f"f(x) = {f}", f"f'(x) = {df}"


ACTIVATION_LATEX = {name: activation_latex(name) for name in GENERAL}


def activation_formulas(
    curves: ActivationCurves, slope: float = 0.01, alpha: float = 1.0
) -> list[str]:
    """f and f′ of the activation on screen, each with the probe's numbers put in."""
    name, probe = curves.name, curves.probe_x
    side = POSITIVE_SIDE if probe > 0 else OTHER_SIDE
    in_numbers = side.get(name) or WITH_NUMBERS.get(name) or GENERAL[name]
    x = f"{probe:g}"
    at = f"({x})" if probe < 0 else x
    f_numbers, slope_numbers = (
        _set(text, at, slope, alpha).replace("F", f"{curves.probe_f:.4f}") for text in in_numbers
    )
    f, df = activation_latex(name, slope, alpha)
    return [
        f"**{name}**",
        f"$${f}$$",
        f"$$f({x}) = {f_numbers}$$",
        f"$$f({x}) = {curves.probe_f:.8f}$$",
        f"$${df}$$",
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


def several_formulas(several: Sequence[ActivationCurves], slope: float, alpha: float) -> list[str]:
    """The formulas of all functions on screen, and what they mean for learning."""
    lines = [line for curves in several for line in activation_formulas(curves, slope, alpha)]
    return [*lines, LEARNING]
