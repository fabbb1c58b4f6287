"""What One neuron says about what is on screen, and the three answers below it."""

import numpy as np
from runs.neuron import ManySteps, OneStep, contradiction

from figures.activations import SATURATED
from figures.neuron import PARAMETERS
from figures.words import LOWERED, number
from ui.captions import NEAR_HALF, listed

FEW = 8  # flips: few enough to say each


def change(before: float, after: float, mark: str = "**") -> str:
    """Two numbers with as many digits as it takes to tell them apart."""
    for digits in range(3, 9):
        texts = [number(value, digits) for value in (before, after)]
        if texts[0] != texts[1]:
            break
    return f"from {mark}{texts[0]}{mark} to {mark}{texts[1]}{mark}"


def short_caption(step: OneStep) -> str:
    """One line for a projector."""
    return f"This step takes the loss (how wrong it is) {change(step.mean, step.new_mean)}."


def one_step_caption(step: OneStep, point: str = "") -> str:
    """The loss before and after the step, and what holds the neuron back or what it aims at."""
    n, locked = len(step.x), int((step.slope < SATURATED).sum())
    way = "falls" if step.new_mean < step.mean else "rises"
    moved = change(step.mean, step.new_mean)
    moved = f"{way} {moved}" if step.new_mean != step.mean else f"stays at **{number(step.mean)}**"
    parts = [
        f"{point} The loss (how wrong it is) {moved}"
        if point
        else f"One step with learning rate {number(step.lr)}: the loss (how wrong the neuron is: "
        f"the *mean* of squared errors) {moved}"
    ]
    cannot = _cannot(step.x, step.t, briefly=True)
    if locked:
        are = "is" if locked == 1 else "are"
        parts.append(f". **{locked}** of {n} samples {are} *saturated*: slope below {SATURATED:g}.")
    elif cannot:
        parts.append(".")
    else:
        sums = change(step.mean * n, step.new_mean * n, mark="")
        errors = "the *sum* of squared errors" if point else "their *sum*"
        parts.append(f"; {errors}, which a step tries to make smaller, goes {sums}.")
    return "".join(parts) + f" {cannot}".rstrip()


def many_steps_caption(run: ManySteps, point: str = "") -> str:
    """How the loss fell, which samples flipped when, and what stayed wrong."""
    aim = "Each step tries to lower the *sum* of squared errors; the loss shown is their *mean*."
    parts = [point, _outcome(run), _crossings(run), _cannot(run.x, run.t) or aim]
    return " ".join(filter(None, parts))


def short_many_caption(run: ManySteps) -> str:
    """Two lines for a projector."""
    return f"{_outcome(run)} {_cannot(run.x, run.t, briefly=True)}".strip()


def _undecided(run: ManySteps) -> bool:
    return bool((np.abs(run.outputs[-1] - 0.5) < NEAR_HALF).all())


def _outcome(run: ManySteps) -> str:
    last, n = len(run.loss) - 1, len(run.t)
    first_right, right = (round(run.accuracy[at] * n) for at in (0, -1))
    went = f"After **{last:,}** steps the loss went {change(run.loss[0], run.loss[-1])}"
    if _undecided(run):
        return f"{went}, and every answer ends near **½**, undecided."
    return f"{went}, and **{right}** of {n} answers are right (at the start {first_right})."


def _crossings(run: ManySteps) -> str:
    """When answers turned right, if these are few, and if the end is worth the telling."""
    if _undecided(run):
        return "So close to ½ the accuracy says nothing."
    if len(run.flips) > FEW:
        return f"On the way answers crossed ½ **{len(run.flips):,}** times."
    good = [step for step, _, is_right in run.flips if is_right]
    bad = len(run.flips) - len(good)
    wrong = f" {bad} turned wrong on the way." if bad else ""
    if not good:
        return wrong.strip()
    steps = [f"{step:,}" for step in dict.fromkeys(good)]
    plural = "s" if len(steps) > 1 else ""
    return f"Answers turned right at step{plural} **{listed(steps)}**.{wrong}"


def _cannot(x: np.ndarray, t: np.ndarray, briefly: bool = False) -> str:
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


def three_answers(step: OneStep) -> dict[str, str]:
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
    return {
        "What is a gradient?": "How fast the error changes when one number grows a little. "
        f"Here ∂E/∂{name} (say “E per {name}”) = {number(gradient)}: raise {name} by 0.01, and "
        f"the error gets {more} by about {number(abs(0.01 * gradient))}.",
        "Which way does it point?": "Uphill, to where the error grows. A weight has two ways to "
        "go: a positive gradient says uphill is to make it larger, a negative one, to make it "
        "smaller. To get better the neuron goes the other way: "
        f"{name} moves {change(values[most], new)}, {away}.",
        "Why does a saturated neuron stop learning?": "*Saturated* means that the sum h lies so "
        "far from 0 that the sigmoid is nearly flat there. On its way back the error is multiplied "
        f"by the slope of the sigmoid. For sample {flattest + 1} the sum is {number(h)} and the "
        f"slope {number(slope)}: of ∂E/∂y = {number(dy)} only {number(dh)} arrives at the weights. "
        "The further h is from 0, the flatter the curve: at h = 10 the slope is 4.54 × 10⁻⁵, and "
        "even a neuron that is as wrong as can be hardly moves.",
    }


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
