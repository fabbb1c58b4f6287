"""What One neuron says about what is on screen, and the three answers below it."""

import numpy as np

from figures.activations import SATURATED
from figures.neuron import PARAMETERS
from figures.numbers import LOWERED, number
from runs.neuron import ManySteps, OneStep, contradiction
from ui.captions import listed

FEW = 8  # flips: few enough to say each


def change(before: float, after: float) -> str:
    """Two numbers with as many digits as it takes to tell them apart."""
    for digits in range(3, 9):
        texts = [number(value, digits) for value in (before, after)]
        if texts[0] != texts[1]:
            break
    return f"from **{texts[0]}** to **{texts[1]}**"


def short_caption(step: OneStep) -> str:
    """One line for a projector."""
    return f"This step takes the loss (how wrong it is) {change(step.mean, step.new_mean)}."


def one_step_caption(step: OneStep, point: str = "") -> str:
    """The error before and after the step, and what is descended and what is shown."""
    n = len(step.x)
    locked = int((step.slope < SATURATED).sum())
    moved = (
        "falls" if step.new_mean < step.mean else "rises" if step.new_mean > step.mean else "stays"
    )
    parts = [point] if point else []
    parts.append(
        f"One step with learning rate {number(step.lr)}: the loss (how wrong the neuron is, on "
        f"average) {moved} {change(step.mean, step.new_mean)}."
    )
    if locked:
        parts.append(
            f"**{locked}** of {n} samples are saturated: their slope is below {SATURATED:g}."
        )
    parts.append(_cannot(step.x, step.t))
    parts.append(
        f"The step makes the *sum* of squared errors smaller ({number(step.mean * n)}); the loss "
        "shown is their *mean*."
    )
    return " ".join(filter(None, parts))


def many_steps_caption(run: ManySteps) -> str:
    """How the loss fell, which samples flipped when, and what stayed wrong."""
    last, n = len(run.loss) - 1, len(run.t)
    first_right, right = (round(run.accuracy[at] * n) for at in (0, -1))
    parts = [
        f"After **{last:,}** steps the loss went "
        f"{change(run.loss[0], run.loss[-1])}, and **{right}** of {n} answers are right "
        f"(at the start {first_right})."
    ]
    good = [f"{step:,}" for step, _, is_right in run.flips if is_right]
    bad = len(run.flips) - len(good)
    if good and len(run.flips) <= FEW:
        plural = "s" if len(good) > 1 else ""
        parts.append(f"Answers turned right at step{plural} **{listed(good)}**.")
        if bad:
            parts.append(f"{bad} turned wrong on the way.")
    elif len(run.flips) > FEW:
        parts.append(f"On the way answers crossed ½ **{len(run.flips):,}** times.")
    descended = "What is descended is the *sum* of squared errors; the loss shown is their mean."
    return " ".join([*parts, _cannot(run.x, run.t) or descended])


def _cannot(x: np.ndarray, t: np.ndarray) -> str:
    pair = contradiction(x, t)
    if pair is None:
        return ""
    (a, b), (c, d) = pair
    if a == b and c == d:
        return (
            f"Samples {a + 1} and {c + 1} have the same inputs and different targets, so no "
            "weights get both right."
        )
    return (
        f"One neuron cannot do this: samples {a + 1} and {b + 1} (target 1) together have the same "
        f"inputs as samples {c + 1} and {d + 1} (target 0), so their sums h add up to the same, "
        "and no weights can lift the first two above 0 and push the others below."
    )


def three_answers(step: OneStep) -> list[str]:
    """What a gradient is, which way it points, why a saturated neuron stops learning."""
    gradients = np.array([*step.dW[:, 0], *step.db])
    values = np.array([*step.W[:, 0], *step.b])
    most = int(np.argmax(np.abs(gradients)))
    name, gradient = PARAMETERS[most].translate(LOWERED), gradients[most]
    more = "larger" if gradient > 0 else "smaller"
    away = (
        "down, because its gradient is positive"
        if gradient > 0
        else ("up, because its gradient is negative")
    )
    new = values[most] - step.lr * gradient
    flattest = int(np.argmin(step.slope))
    h, slope, dy, dh = (a[flattest, 0] for a in (step.h, step.slope, step.dy, step.dh))
    return [
        "**What is a gradient?** How fast the error changes when one number grows a little. "
        f"Here ∂E/∂{name} (say “E per {name}”) = {number(gradient)}: raise {name} by 0.01, and "
        f"the error gets {more} by about {number(abs(0.01 * gradient))}.",
        "**Which way does it point?** Uphill, to where the error grows. To get better the neuron "
        f"goes the other way: {name} moves {change(values[most], new)}, {away}.",
        "**Why does a saturated neuron stop learning?** On its way back the error is multiplied by "
        f"the slope of the sigmoid. For sample {flattest + 1} the sum is {number(h)} and the slope "
        f"{number(slope)}: of ∂E/∂y = {number(dy)} only {number(dh)} arrives at the weights. The "
        "further h is from 0, the flatter the curve: at h = 10 the slope is 4.54 × 10⁻⁵, and even "
        "a neuron that is as wrong as can be hardly moves.",
    ]


NEURON_FORMULAS = [
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


def neuron_formulas(step: OneStep) -> list[str]:
    """The maths of one neuron, with the numbers of the moment at its end."""
    mean, total = step.mean, step.mean * len(step.x)
    return [
        *NEURON_FORMULAS,
        rf"$$E = {total:.8f}, \qquad L = {mean:.8f}, \qquad \eta = {step.lr:g}$$",
    ]
