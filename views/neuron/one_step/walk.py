"""One neuron drawn: the walk through one step, forwards and back."""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from figures.walk import Column, Link, Node, Question, Step, Table, Walk
from figures.words import EXACT, LOWERED, bracketed, equals, exact, listed, number, result
from recipes.judgement import SATURATED
from views.neuron.one_step.arithmetic import Numbers

WALK_STEPS = 11
PRESENTER_DIGITS = 4
INPUTS, WEIGHTS = ("x1", "x2", "x3"), ("w1", "w2", "w3")
PARAMETERS = (*WEIGHTS, "b")
Say = Callable[..., str]  # a number, and if need be how many digits more
SAME = 1e-12  # of an error: a change below this is rounding

NODES = [
    *(Node(f"x{i}", f"x{i}".translate(LOWERED), 0, i - 2.5, box=True) for i in (1, 2, 3)),
    Node("one", "bias", 0, 1.5, box=True),
    Node("h", "sum h", 1.3, 0, slope="∂E/∂h"),
    Node("y", "output y", 2.3, 0, slope="∂E/∂y"),
    Node("t", "target t", 2.3, 1.5, box=True),
    Node("E", "(t−y)²", 3.15, 0),
]
LINKS = [
    *(
        Link(f"w{i}", f"x{i}", "h", name, slope=f"∂E/∂{name}")
        for i in (1, 2, 3)
        for name in [f"w{i}".translate(LOWERED)]
    ),
    Link("b", "one", "h", "b", slope="∂E/∂b"),
    Link("slope", "h", "y", "slope"),
    Link("yE", "y", "E", ""),
    Link("tE", "t", "E", ""),
]


def short(value: float) -> str:
    """A number as a reader would write it: an input, a target, a learning rate."""
    return number(value, 6)


def _product(*factors: tuple[str, str]) -> str:
    """Factors (number, where it comes from) as a product that leads to each."""
    first, *rest = factors
    return " · ".join([f"[{first[0]}|{first[1]}]", *(f"[{bracketed(n)}|{i}]" for n, i in rest)])


def picture(numbers: Numbers, brief: bool = False) -> Walk:
    """The walk through one step, a list of steps for each sample; few digits if `brief`."""
    digits = PRESENTER_DIGITS if brief else EXACT
    samples = [_steps(numbers, k, digits, not brief) for k in range(len(numbers.x))]
    return Walk(NODES, LINKS, samples, [_sample_table(numbers), _parameter_table(numbers)])


def _sample_table(step: Numbers) -> Table:
    """A row a sample; a column fills when the step named after it comes."""
    exact_columns = [
        ("h", "h", step.h),
        ("y", "y", step.y),
        ("squared", "(t−y)²", step.squared),
        ("dy", "∂E/∂y", step.dy),
        ("dh_dy", "∂y/∂h", step.slope),
        ("dh", "∂E/∂h", step.dh),
    ]
    columns = [
        *(
            Column(name, name.translate(LOWERED), step.x[:, i].tolist())
            for i, name in enumerate(INPUTS)
        ),
        Column("t", "t", step.t[:, 0].tolist()),
        *(Column(i, title, a[:, 0].tolist(), i, EXACT) for i, title, a in exact_columns),
    ]
    classes = Column("class", "class", [f"{y > 0.5:d}" for y in step.y[:, 0]], "class")
    columns.insert(6, classes)
    return Table(columns, picks=True)


def _parameter_table(step: Numbers) -> Table:
    """A row a weight, the bias last."""
    names = [name.translate(LOWERED) for name in PARAMETERS]
    rows: list[tuple[str, str, Iterable[float], str]] = [
        ("value", "value", [*step.W[:, 0], *step.b], ""),
        ("gradient", "gradient", [*step.dW[:, 0], *step.db], "gradient"),
        ("numerical", "finite difference", step.numerical, "gradient"),
        ("new", "new value", [*step.new_W[:, 0], *step.new_b], "new"),
    ]
    columns = [Column(i, title, list(map(float, a)), since, EXACT) for i, title, a, since in rows]
    return Table([Column("name", "", names), *columns], rows=PARAMETERS)


def _steps(step: Numbers, k: int, digits: int, tables: bool) -> list[Step]:
    """The eleven steps, following sample k; on a projector no tables are beside them."""

    def say(value: float, more: int = 0) -> str:
        return exact(value, digits + more)

    x, t = step.x[k], step.t[k, 0]
    h, y, dy, slope, dh = (a[k, 0] for a in (step.h, step.y, step.dy, step.slope, step.dh))
    return [
        _begin(step, x, t, k, tables),
        _weighted_sum(step, x, h, say),
        _sigmoid(h, y, say),
        _error(t, y, k, say),
        _loss(step, t, y, k, say),
        _blame_of_output(t, y, dy, step.numerical_dy[k, 0], k, say),
        _slope(y, slope, step.numerical_slope[k, 0], say),
        _blame_of_sum(dy, slope, dh, step.numerical_dh[k, 0], say),
        _weight_gradients(step, say),
        _update(step, say),
        _after(step, k, say, tables),
    ]


def _begin(step: Numbers, x: np.ndarray, t: float, k: int, tables: bool) -> Step:
    others = " (touch a row for another)" if tables else ""
    values = dict(zip(INPUTS, x, strict=True)) | {"one": 1, "t": t}
    values |= dict(zip(PARAMETERS, [*step.W[:, 0], *step.b], strict=True))
    return Step(
        "Inputs: numbers go in",
        f"sample {k + 1}:  x = ({', '.join(short(v) for v in x)})   target t = {short(t)}",
        f"Sample {k + 1} of {len(step.x)} is in the drawing{others}. A weight on a line "
        "is how much the neuron listens to that input: blue for, orange against, thick for "
        "much.",
        lit=(*INPUTS, "one", "t", *PARAMETERS, "value"),
        values=values,
    )


def _weighted_sum(step: Numbers, x: np.ndarray, h: float, say: Say) -> Step:
    terms = [_product((short(x[i]), INPUTS[i]), (say(step.W[i, 0]), WEIGHTS[i])) for i in range(3)]
    numbers = f"{' + '.join(terms)} + [{bracketed(say(step.b[0]))}|b] {result(h, say)}"
    return Step(
        "Weighted sum: each input times its weight",
        f"h = x₁·w₁ + x₂·w₂ + x₃·w₃ + b\nh = {numbers}",
        "Every input is multiplied by its weight, and all are added up, with the bias b on top. "
        "Above 0 the neuron leans to yes, below 0 to no.",
        lit=(*INPUTS, "one", *PARAMETERS, "h"),
        values={"h": h},
        notes={"h": f"h = {numbers}"},
        question=Question("h =", h, "Multiply each input by its weight, then add b."),
        name="h",
    )


def _sigmoid(h: float, y: float, say: Say) -> Step:
    return Step(
        "Sigmoid: squeezed between 0 and 1",
        f"y = σ(h) = 1 / (1 + e^(−h))\ny = 1 / (1 + e^(−[{bracketed(say(h))}|h])) {result(y, say)}",
        "The sigmoid bends any number into the range from 0 (no) to 1 (yes). A sum of 0 gives ½.",
        lit=("h", "slope", "y"),
        values={"y": y},
        notes={"y": f"y = σ([{say(h)}|h]) {result(y, say)}"},
        question=Question("y =", y, "e is 2.718; mind the minus in the exponent."),
        name="y",
    )


def _error(t: float, y: float, k: int, say: Say) -> Step:
    verdict = "right" if (y > 0.5) == (t > 0.5) else "wrong"
    way = "too low" if t > y else "too high" if t < y else "exact"
    return Step(
        "Error: how far from the target",
        f"t − y = [{short(t)}|t] − [{say(y)}|y] {result(t - y, say)}\n"
        f"class: y > 0.5 is {'yes, so 1' if y > 0.5 else 'no, so 0'}; the target is {short(t)}",
        f"The answer to sample {k + 1} is {way}. Counted as a class (above ½ means 1) it is "
        f"{verdict}.",
        lit=("t", "y", "class"),
        question=Question("t − y =", t - y, "Target minus output, not the other way round."),
        name="class",
    )


def _loss(step: Numbers, t: float, y: float, k: int, say: Say) -> Step:
    total, error, n = step.squared.sum(), step.squared[k, 0], len(step.x)
    rights = round(step.accuracy * n)
    return Step(
        "Loss: all errors as one number",
        f"(t − y)² = ([{short(t)}|t] − [{say(y)}|y])² {result(error, say)}\n"
        f"E, the sum over all {n} samples {equals(total, say(total))} {say(total)}   (what the "
        "step tries to make smaller)\n"
        f"L, the mean = E / {n} {equals(step.mean, say(step.mean))} {say(step.mean)}   (the loss "
        "shown)\n"
        f"accuracy = {rights} of {n} = {step.accuracy:g}",
        "Squaring makes every error positive, and large ones count much more than small ones.",
        lit=("y", "yE", "t", "tE", "E", "squared"),
        values={"E": error},
        notes={"E": f"(t − y)² = ([{short(t)}|t] − [{say(y)}|y])² {result(error, say)}"},
        question=Question("(t − y)² =", error, "The error t − y times itself."),
        name="squared",
    )


def _tried(of: str, by: str, found: float, say: Say) -> str:
    """The finite difference, as a line that stands beside a gradient."""
    more, less = f"{of}({by} + 0.00001)", f"{of}({by} − 0.00001)"
    return f"by trying: ({more} − {less}) / 0.00002 {result(found, say)}"


def _blame_of_output(t: float, y: float, dy: float, tried: float, k: int, say: Say) -> Step:
    way = "grows" if dy > 0 else "falls"
    moves = f"{way} {number(abs(dy))} times as fast as y grows" if dy else "stays as it is"
    formula = f"∂E/∂y = −2 · ([{short(t)}|t] − [{say(y)}|y]) {result(dy, say)}"
    return Step(
        "Now back: does the error grow with y?",
        f"∂E/∂y = −2 · (t − y)\n{formula}\n{_tried('E', 'y', tried, say)}",
        f"∂E/∂y, say “E per y”, is a gradient: how fast the error E changes if y grows a little. "
        f"With the y of sample {k + 1} it {moves}. In the drawing gradients are dashed, and beside "
        "a line ∂w₁ is short for ∂E/∂w₁.",
        lit=("E", "yE", "y", "t", "dy"),
        back=True,
        gradients={"y": dy},
        notes={"y": formula},
        question=Question("∂E/∂y =", dy, "Minus two times the error t − y."),
        name="dy",
    )


def _slope(y: float, slope: float, tried: float, say: Say) -> Step:
    locked = abs(slope) < SATURATED
    formula = f"∂y/∂h = [{say(y)}|y] · (1 − [{say(y)}|y]) {result(slope, say)}"
    meaning = (
        "The curve is nearly flat here: the neuron is saturated, and a lock is on it. Hardly any "
        "of the error gets through, however wrong the answer is."
        if locked
        else "How steep the sigmoid is at this sum. It is never above ¼; where it is nearly flat, "
        "hardly any of the error would get through."
    )
    return Step(
        "The slope of the sigmoid: does y follow h?",
        f"∂y/∂h = y · (1 − y)\n{formula}\n{_tried('y', 'h', tried, say)}",
        meaning,
        lit=("y", "slope", "h", "dh_dy"),
        back=True,
        values={"slope": slope},
        notes={"slope": formula},
        locks=("y",) if locked else (),
        question=Question("∂y/∂h =", slope, "Output y times what is missing to 1."),
        name="dh_dy",
    )


def _blame_of_sum(dy: float, slope: float, dh: float, tried: float, say: Say) -> Step:
    formula = f"∂E/∂h = {_product((say(dy), 'y'), (say(slope), 'slope'))} {result(dh, say)}"
    return Step(
        "Chain rule: multiply along the way",
        f"∂E/∂h = ∂E/∂y · ∂y/∂h\n{formula}\n{_tried('E', 'h', tried, say)}",
        "h moves y, and y moves the error: what happens in a row is multiplied. That is the whole "
        "chain rule.",
        lit=("y", "slope", "h", "dh"),
        back=True,
        gradients={"h": dh},
        notes={"h": formula},
        question=Question("∂E/∂h =", dh, "The last two results, multiplied."),
        name="dh",
    )


def _sum_of(parts: Sequence[tuple[float, float]], total: float, say: Say) -> str:
    """Σ input · ∂E/∂h in numbers, all samples if there are few."""
    terms = [f"{short(a)}·{bracketed(say(d))}" for a, d in parts[:4]]
    return f"{' + '.join(terms)}{' + …' if len(parts) > 4 else ''} {result(total, say)}"


def _weight_gradients(step: Numbers, say: Say) -> Step:
    dh = step.dh[:, 0]
    inputs = np.column_stack([step.x, np.ones(len(step.x))])
    gradients = [*step.dW[:, 0], *step.db]
    lines, notes = [], {}
    for i, (name, gradient) in enumerate(zip(PARAMETERS, gradients, strict=True)):
        parts = list(zip(inputs[:, i], dh, strict=True))
        line = f"∂E/∂{name.translate(LOWERED)} = {_sum_of(parts, gradient, say)}"
        lines.append(line)
        notes[name] = f"{line}\nfinite difference: {say(step.numerical[i])}"
    return Step(
        "Each weight's share: its input times ∂E/∂h, summed over samples",
        "\n".join(lines),
        "A gradient points uphill, to where the error grows. So each weight will go the other way: "
        f"{_strongest(gradients, step.numerical, say)}",
        lit=("h", *INPUTS, "one", *PARAMETERS, "dh", "gradient", "numerical"),
        back=True,
        gradients=dict(zip(PARAMETERS, gradients, strict=True)),
        notes=notes,
        question=Question(
            "∂E/∂w₁ =", gradients[0], "x₁ times ∂E/∂h of each sample, then added up."
        ),
        name="gradient",
    )


def _strongest(gradients: Sequence[float], tried: np.ndarray, say: Say) -> str:
    """Which of them has the largest gradient, or which have it together, and what trying finds."""
    sizes = np.abs(gradients)
    alike = np.flatnonzero(np.isclose(sizes, sizes.max(), rtol=1e-9)).tolist()
    if not sizes.any():
        return "here nowhere, all gradients are 0."
    ways = [f"{PARAMETERS[i].translate(LOWERED)} {'down' if gradients[i] > 0 else 'up'}"
            for i in alike]  # fmt: skip
    together = "alike, the others less" if len(alike) < len(sizes) else "alike"
    first = PARAMETERS[alike[0]].translate(LOWERED)
    return (
        f"strongest here {listed(ways)}{f', {together}' if len(alike) > 1 else ''}. Trying a "
        f"little more and a little less of {first} finds {say(tried[alike[0]])}."
    )


def _update(step: Numbers, say: Say) -> Step:
    rate, notes = short(step.lr), _moves(step, say)
    new_values = dict(zip(PARAMETERS, [*step.new_W[:, 0], *step.new_b], strict=True))
    return Step(
        "New weights: a small step downhill",
        "\n".join(notes.values()),
        f"Against the gradient, and only {rate} of it: that is the learning rate. The minus sign "
        "is what turns uphill into downhill.",
        lit=(*PARAMETERS, "new"),
        values=new_values,
        notes=notes,
        question=Question(
            "new w₁ =", step.new_W[0, 0], "Old weight minus learning rate times gradient."
        ),
        name="new",
    )


def _factor(value: float, rate: float, say: Say) -> str:
    """What a rate multiplies: above 1 with so many digits more that the product is right, too."""
    return say(value, math.ceil(math.log10(rate)) + 1) if rate > 1 else say(value)


def _moves(step: Numbers, say: Say) -> dict[str, str]:
    """How each weight, and the bias, comes from its old value to its new one."""
    rows = zip(
        PARAMETERS,
        [*step.W[:, 0], *step.b],
        [*step.dW[:, 0], *step.db],
        [*step.new_W[:, 0], *step.new_b],
        strict=True,
    )
    return {
        name: f"{name.translate(LOWERED)} ← [{say(old)}|{name}] − {short(step.lr)} · "
        f"{bracketed(_factor(gradient, step.lr, say))} {result(new, say)}"
        for name, old, gradient, new in rows
    }


def _after(step: Numbers, k: int, say: Say, tables: bool) -> Step:
    """The forward pass again, in the drawing; the table keeps the numbers that led here."""
    n = len(step.x)
    squares = float((step.dW**2).sum() + (step.db**2).sum())
    before, predicted, real = step.mean * n, step.mean * n - step.lr * squares, step.new_mean * n
    row = " Its row in the table is from before." if tables else ""
    t, h, y = (a[k, 0] for a in (step.t, step.new_h, step.new_y))
    slope, error = y * (1 - y), (t - y) ** 2
    return Step(
        "Did it help? The same samples, the new weights",
        f"E predicted: {say(before)} − {short(step.lr)} · (all gradients squared, added: "
        f"{_factor(squares, step.lr, say)}) {result(predicted, say)}\n"
        f"E real: {say(real)}   (before: {say(before)})\n"
        f"L, the mean: {say(step.mean)} → {say(step.new_mean)}\n"
        f"accuracy: {step.accuracy:g} → {step.new_accuracy:g}",
        f"{_helped(before, predicted, real, say)} In the drawing sample {k + 1} meets the new "
        "weights: its sum, output and error are worked out again, its inputs and target are as "
        f"before.{row}",
        lit=("slope", "yE", "tE", "E", *PARAMETERS, "new"),  # not h, y, t: the table has them old
        values={"h": h, "slope": slope, "y": y, "E": error},
        notes={
            "h": _renewed("h", step.h[k, 0], h, say),
            "slope": _renewed("∂y/∂h", step.slope[k, 0], slope, say),
            "y": _renewed("y", step.y[k, 0], y, say),
            "E": _renewed("(t − y)²", step.squared[k, 0], error, say),
            **_moves(step, say),
        },
        locks=("y",) if slope < SATURATED else (),
        question=Question(
            "E predicted =", predicted, "E before, minus rate times the squared gradients."
        ),
        anew=True,
    )


def _helped(before: float, predicted: float, real: float, say: Say) -> str:
    """How E changed, by how much where its digits do not show it, and whether that was foreseen."""
    moved = real - before
    if abs(moved) <= SAME * before:
        return "E is the same, to twelve digits."
    better = "smaller" if moved < 0 else "larger"
    as_shown = say(predicted) == say(real)
    if as_shown and say(before) == say(real):
        foreseen, found = number(before - predicted), number(abs(moved))
        why = ", as predicted" if foreseen == found and moved < 0 else f" (predicted: {foreseen})"
        return f"E is {better} by {found}{why}: too little to show in these digits."
    why = ", as predicted" if as_shown else ": a gradient is right for tiny steps only"
    return f"E is {better}{why}."


def _renewed(name: str, before: float, after: float, say: Say) -> str:
    """A number before the step and after it."""
    return f"after the step: {name} = {say(after)}   (before it: {say(before)})"
