"""A small network drawn: forward from left to right, the error back from right to left."""

from collections.abc import Iterator

import numpy as np

from figures.walk import Column, Link, Node, Question, Step, Table, Walk
from figures.words import LOWERED, bracketed, equals, listed, result, written
from nn_core import layer_norms
from recipes.judgement import SATURATED
from views.gradients.backpropagation.one_pass import OnePass

NEARLY_ALL = 0.99  # of an answer: what is missing to 1 has other digits than are written
SHORT_TERMS = 3  # of a sum that fits on one line of a projector

LETTERS = "hkm"  # the units of the first, second and third hidden layer
INPUTS, OUTPUT, TARGET, LOSS = ("x₁", "x₂"), "ŷ", "t", "L"


def _factor(value: float) -> str:
    return bracketed(written(value))


def _from(value: float, source: str) -> str:
    """A factor that leads to where it comes from."""
    return f"[{_factor(value)}|{source}]"


def _rounded(value: float) -> str:
    """The sign before a number in the middle of a line."""
    return equals(value, written(value))


def unit_names(sizes: list[int]) -> list[list[str]]:
    """The units of each layer by name: x₁ x₂, h₁ h₂ …, ŷ."""
    hidden = [
        [f"{letter}{j + 1}".translate(LOWERED) for j in range(size)]
        for letter, size in zip(LETTERS, sizes[1:-1], strict=False)
    ]
    return [list(INPUTS), *hidden, [OUTPUT]]


def weight_name(source: str, target: str) -> str:
    """The name of a weight: where it leads from and to."""
    return f"{source}→{target}"


class _Drawn:
    """One pass with the names of everything that is drawn."""

    def __init__(self, one: OnePass, short: bool) -> None:
        self.one, self.numbers = one, one.numbers
        self.short = short and max(one.net.sizes) > SHORT_TERMS
        self.names = unit_names(one.net.sizes)
        self.last = len(self.names) - 1  # the number of the output layer
        self.bend = one.activation.replace("_", " ")

    def weights(self, layer: int) -> Iterator[tuple[str, int, int]]:
        """Name, input and output number of each weight into a layer."""
        for i, source in enumerate(self.names[layer - 1]):
            for j, target in enumerate(self.names[layer]):
                yield weight_name(source, target), i, j

    def weight_values(self, layer: int, W: np.ndarray) -> dict[str, float]:
        return {name: float(W[i, j]) for name, i, j in self.weights(layer)}

    def units(self, layer: int, values: np.ndarray) -> dict[str, float]:
        """Values (1, units) by the names of a layer's units."""
        return dict(zip(self.names[layer], map(float, values[0]), strict=True))

    def out(self, layer: int) -> np.ndarray:
        """What a layer hands on: x, or a of a hidden layer, (1, units)."""
        return self.numbers["x" if layer == 0 else f"a{layer}"]

    def slot(self, layer: int, bias: bool = False) -> np.ndarray:
        """The numerical gradients of a layer's weights (in, out), or of its biases (out,)."""
        start = sum(dense.size for dense in self.one.net.dense[: layer - 1])
        dense = self.one.net.dense[layer - 1]
        middle = start + dense.W.size
        if bias:
            return self.one.numerical[middle : middle + dense.b.size]
        return self.one.numerical[start:middle].reshape(dense.W.shape)


def backprop_walk(one: OnePass, short: bool = False) -> Walk:
    """The drawing and its steps: in, forward, loss, back, the new weights, and what they bring.

    `short` is for a projector: long sums are left to what a touched unit shows.
    """
    drawn = _Drawn(one, short)
    layers = range(1, drawn.last)
    steps = [
        _begin(drawn),
        *(_forward(drawn, layer) for layer in layers),
        _output(drawn),
        _loss(drawn),
        _blame_of_output(drawn),
        *(_back(drawn, layer) for layer in reversed(layers)),
        _first_weights(drawn),
        _update(drawn),
        _after(drawn),
    ]
    return Walk(_nodes(drawn), _links(drawn), [steps], [_layer_table(drawn)])


def _nodes(drawn: _Drawn) -> list[Node]:
    nodes = [
        Node(
            name,
            name,
            column,
            row - (len(names) - 1) / 2,
            box=column == 0,
            slope="∂L/∂z" if column else f"∂L/∂{name}",
        )
        for column, names in enumerate(drawn.names)
        for row, name in enumerate(names)
    ]
    lowest = max(1.3, (drawn.one.net.sizes[1] - 1) / 2)
    return [*nodes, Node(TARGET, "target t", drawn.last, lowest, box=True),
            Node(LOSS, "loss L", drawn.last + 0.9, 0)]  # fmt: skip


def _links(drawn: _Drawn) -> list[Link]:
    weights = [
        Link(name, drawn.names[layer - 1][i], drawn.names[layer][j], slope="∂L/∂w")
        for layer in range(1, drawn.last + 1)
        for name, i, j in drawn.weights(layer)
    ]
    return [*weights, Link("ŷ→L", OUTPUT, LOSS), Link("t→L", TARGET, LOSS)]


def _layer_table(drawn: _Drawn) -> Table:
    """How long the gradient of each layer's weights is, from the step that knows it."""
    norms = layer_norms(drawn.one.net)
    names = [f"into {names[0][0]}" for names in drawn.names[1:]]
    since = [_step_back_to(layer) for layer in range(1, drawn.last + 1)]
    return Table(
        [
            Column("layer", "weights", names),
            Column("norm", "length of gradient", [float(norm) for norm in norms], since),
        ]
    )


def _step_back_to(layer: int) -> str:
    """The name of the step that shows the gradients of the weights into a layer."""
    return f"dW{layer}"


def _begin(drawn: _Drawn) -> Step:
    values = drawn.units(0, drawn.out(0)) | {TARGET: drawn.one.target}
    for layer, dense in enumerate(drawn.one.net.dense, 1):
        values |= drawn.weight_values(layer, dense.W)
    x = ", ".join(written(v) for v in drawn.out(0)[0])
    return Step(
        "One sample goes in",
        f"x = ({x})   target t = {written(drawn.one.target)}",
        "A line is a weight, how much a unit listens to another: blue for, orange against, thick "
        "for much. Press Next ▸ or the right arrow key; touch anything to see its arithmetic.",
        lit=(*INPUTS, TARGET),
        values=values,
    )


def _sum_line(drawn: _Drawn, layer: int, j: int) -> str:
    """z of one unit, every factor leading to where it comes from."""
    dense, out = drawn.one.net.dense[layer - 1], drawn.out(layer - 1)[0]
    target = drawn.names[layer][j]
    terms = [
        f"{_from(out[i], source)} · {_from(dense.W[i, j], weight_name(source, target))}"
        for i, source in enumerate(drawn.names[layer - 1])
    ]
    return f"{' + '.join(terms)} + {_from(dense.b[j], target)}"


def _forward(drawn: _Drawn, layer: int) -> Step:
    z, a, slopes = drawn.numbers[f"z{layer}"][0], drawn.out(layer)[0], drawn.one.slopes[layer - 1]
    names, lines, notes = drawn.names[layer], [], {}
    for j, name in enumerate(names):
        line = (
            f"{name} = {drawn.bend}({_sum_line(drawn, layer, j)}) {_rounded(z[j])} {drawn.bend}"
            f"({written(z[j])}) {result(a[j], written)}"
        )
        lines.append(
            f"{name} = {drawn.bend}({written(z[j])}) {result(a[j], written)}"
            if drawn.short
            else line
        )
        notes[name] = line
    all_slopes = dict(zip(names, map(float, slopes[0]), strict=True))
    locked = {name: slope for name, slope in all_slopes.items() if abs(slope) < SATURATED}
    return Step(
        f"Forward: hidden layer {layer}",
        "\n".join(lines),
        "Each unit multiplies what it hears by its weights, adds its bias, and bends the sum "
        f"({drawn.bend}). {_all_zero(drawn, layer)}{_locks_said(locked)}",
        lit=(*names, *(name for name, _, _ in drawn.weights(layer))),
        values=drawn.units(layer, drawn.out(layer)),
        notes=notes,
        locks=list(locked),
        question=Question(
            f"{names[0]} =", a[0], "Multiply, add up with the bias, then bend the sum."
        ),
    )


def _all_zero(drawn: _Drawn, layer: int) -> str:
    """Why units that start at 0 are all alike."""
    if drawn.one.net.dense[layer - 1].W.any():
        return ""
    return (
        "All these weights are 0, so whatever comes in counts 0 times, and all units say the same. "
    )


def _locks_said(locked: dict[str, float]) -> str:
    """Which units are locked, of their slopes there by name."""
    if not locked:
        return "None is saturated: a small change still gets through."
    has = "has a lock: its curve is" if len(locked) == 1 else "have locks: their curves are"
    flat = f"nearly flat there (slope below {SATURATED})"
    return f"{', '.join(locked)} {has} {flat if any(locked.values()) else 'flat there (slope 0)'}."


def _output(drawn: _Drawn) -> Step:
    z, y = drawn.numbers[f"z{drawn.last}"].item(), drawn.numbers["output"].item()
    line = (
        f"ŷ = σ({_sum_line(drawn, drawn.last, 0)}) {_rounded(z)} σ({written(z)}) "
        f"{result(y, written)}"
    )
    return Step(
        "Forward: the answer",
        line,
        "The last sum is squeezed between 0 (no) and 1 (yes). That is the network's answer.",
        lit=(OUTPUT, *(name for name, _, _ in drawn.weights(drawn.last))),
        values={OUTPUT: y},
        notes={OUTPUT: line},
        question=Question("ŷ =", y, "1 / (1 + e^(−z)) with the sum z; mind the minus."),
    )


def _loss(drawn: _Drawn) -> Step:
    y, loss, t = drawn.numbers["output"].item(), drawn.numbers["loss"].item(), drawn.one.target
    right = "ŷ" if t == 1 else "1 − ŷ"
    line = f"L = −ln({right.replace('ŷ', _from(y, OUTPUT))}) {result(loss, written)}"
    if (right != "ŷ" and y > NEARLY_ALL) or not y:  # 1 − ŷ would be of digits that are not written
        z = drawn.numbers[f"z{drawn.last}"].item()
        power = f"{'' if t == 0 else '−'}{_from(z, OUTPUT)}"
        line = f"L = −ln({right}) = ln(1 + e^({power})) {result(loss, written)}"
    return Step(
        "Loss: how wrong it is",
        f"L = −t ln ŷ − (1 − t) ln(1 − ŷ), with t = {written(t)}\n{line}",
        "The further the answer is from the target, the larger the loss; 0 would be perfect.",
        lit=(OUTPUT, TARGET, LOSS, "ŷ→L", "t→L"),
        values={LOSS: loss},
        notes={LOSS: line},
        question=Question("L =", loss, f"Minus the natural logarithm of {right}."),
    )


def _blame_of_output(drawn: _Drawn) -> Step:
    dz = drawn.numbers[f"dz{drawn.last}"].item()
    line = (
        f"∂L/∂z = ŷ − t = {_from(drawn.numbers['output'].item(), OUTPUT)} − "
        f"{_from(drawn.one.target, TARGET)} {result(dz, written)}"
    )
    way = "smaller" if dz > 0 else "larger" if dz < 0 else "exactly what it is"
    return Step(
        "Now back: the error at the end",
        line,
        "∂L/∂z says how fast the loss L grows when z, the sum of a unit, grows. Here for the "
        f"output: its z should be {way}. Where there is little room it is written ∂z, and ∂w is "
        "∂L/∂w. From here the error travels back, layer by layer.",
        lit=(LOSS, OUTPUT, "ŷ→L"),
        back=True,
        gradients={OUTPUT: dz},
        notes={OUTPUT: f"{line}\n{_difference(drawn.slot(drawn.last, bias=True)[0])} "
               "(of the bias, whose gradient is the same)"},
        question=Question("∂L/∂z =", dz, "Answer minus target."),
    )  # fmt: skip


def _difference(value: float) -> str:
    return f"finite difference, by trying a little more and a little less: {written(value)}"


def _blame_line(drawn: _Drawn, layer: int, i: int) -> str:
    """∂L/∂a of one unit: what each unit after it passes back, times the weight in between."""
    dense, dz = drawn.one.net.dense[layer], drawn.numbers[f"dz{layer + 1}"][0]
    name = drawn.names[layer][i]
    terms = [
        f"{_from(dz[j], target)} · {_from(dense.W[i, j], weight_name(name, target))}"
        for j, target in enumerate(drawn.names[layer + 1])
    ]
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"


def _weight_notes(drawn: _Drawn, layer: int) -> dict[str, str]:
    """∂L/∂w of every weight into a layer, with its finite difference."""
    out, dz = drawn.out(layer - 1)[0], drawn.numbers[f"dz{layer}"][0]
    dW, numerical = drawn.numbers[f"dW{layer}"], drawn.slot(layer)
    return {
        name: f"∂L/∂w = what came in · ∂L/∂z of where it leads = "
        f"{_from(out[i], drawn.names[layer - 1][i])} · {_from(dz[j], drawn.names[layer][j])} "
        f"{result(dW[i, j], written)}\n{_difference(numerical[i, j])}"
        for name, i, j in drawn.weights(layer)
    }


def _back(drawn: _Drawn, layer: int) -> Step:
    """From the layer after it into this hidden layer, and the weights in between."""
    da, dz = drawn.numbers[f"da{layer}"][0], drawn.numbers[f"dz{layer}"][0]
    slopes, names = drawn.one.slopes[layer - 1][0], drawn.names[layer]
    lines, notes = [], _weight_notes(drawn, layer + 1)
    for i, name in enumerate(names):
        line = (
            f"∂L/∂z of {name} = {_blame_line(drawn, layer, i)} · f′ {_rounded(da[i])} "
            f"{_factor(da[i])} · {_from(slopes[i], name)} {result(dz[i], written)}"
        )
        lines.append(
            f"∂L/∂z of {name} = what comes back · f′ = {_factor(da[i])} · {_from(slopes[i], name)} "
            f"{result(dz[i], written)}"
            if drawn.short
            else line
        )
        notes[name] = f"{line}\n{_difference(drawn.slot(layer, bias=True)[i])} (of its bias)"
    return Step(
        f"Back: hidden layer {layer}",
        "\n".join(lines),
        "Each unit hears the errors of the units it leads to, times the weights in between, and "
        f"times its own slope f′. {_stopped(drawn, layer)}",
        lit=(*names, *(name for name, _, _ in drawn.weights(layer + 1))),
        back=True,
        gradients=drawn.units(layer, drawn.numbers[f"dz{layer}"])
        | drawn.weight_values(layer + 1, drawn.numbers[f"dW{layer + 1}"]),
        notes=notes,
        question=Question(
            f"∂L/∂z of {names[0]} =", dz[0], "What comes back times its weight, then times f′."
        ),
        name=_step_back_to(layer + 1),
    )


def _stopped(drawn: _Drawn, layer: int) -> str:
    """What stands in the way: weights of 0, or locks, and how much each of these lets through."""
    if not drawn.one.net.dense[layer].W.any():
        return "All weights in between are 0, and 0 times anything is 0: nothing comes back."
    slopes = drawn.one.slopes[layer - 1][0]
    locked = [
        f"{name} {written(slope, 2)}"
        for name, slope in zip(drawn.names[layer], slopes, strict=True)
        if abs(slope) < SATURATED
    ]
    if not locked:
        return "Touch a line: its gradient is what came in times what comes back."
    return f"Of what comes back, a lock lets through only its slope: {', '.join(locked)}."


def _first_weights(drawn: _Drawn) -> Step:
    dx, dz = drawn.numbers["dx"][0], drawn.numbers["dz1"][0]
    lines, notes = [], _weight_notes(drawn, 1)
    for i, name in enumerate(INPUTS):
        blame = _blame_line(drawn, 0, i)
        line = f"∂L/∂{name} = {blame} {result(dx[i], written)}"
        lines.append(f"∂L/∂{name} {result(dx[i], written)}" if drawn.short else line)
        notes[name] = f"{line}\n{_difference(drawn.one.numerical_x[i])}"
    first, _, _ = next(iter(drawn.weights(1)))
    weight = notes[first].split("\n")[0].removeprefix("∂L/∂w = ")
    return Step(
        "Back at the first layer",
        f"∂L/∂w of {first} = {weight}\n" + "\n".join(lines),
        "The first weights learn of the error at the end only through all these products. "
        + _reaches_first(dz),
        lit=(*INPUTS, *(name for name, _, _ in drawn.weights(1))),
        back=True,
        gradients=drawn.units(0, drawn.numbers["dx"])
        | drawn.weight_values(1, drawn.numbers["dW1"]),
        notes=notes,
        question=Question(
            f"∂L/∂w of {first} =", drawn.numbers["dW1"][0, 0], "Input times ∂L/∂z of the unit."
        ),
        name=_step_back_to(1),
    )


def _reaches_first(dz: np.ndarray) -> str:
    if not dz.any():
        return "One factor of 0 on the way is enough: nothing has arrived."
    return f"Largest ∂L/∂z in this layer: {written(dz[np.argmax(np.abs(dz))])}."


def _moved_said(drawn: _Drawn) -> str:
    """Which weights the lines above are of, and where none moves."""
    layers = range(1, drawn.last + 1)
    still = [layer for layer in layers if not drawn.numbers[f"dW{layer}"].any()]
    said = "Above: the weight of each layer that moves most."
    if not still:
        return said
    if len(still) == len(layers):
        return "All gradients of weights are 0, so no weight moves."
    into = listed([f"into {drawn.names[layer][0][0]}" for layer in still])
    return f"{said} Where all gradients are 0, {into}, none moves."


def _update(drawn: _Drawn) -> Step:
    values: dict[str, float] = {}
    for layer, new in enumerate(drawn.one.stepped.dense, 1):
        values |= drawn.weight_values(layer, new.W)
    notes, lines = _moves(drawn)
    rate = written(drawn.one.lr)
    return Step(
        "New weights: a step downhill",
        "\n".join(lines),
        f"Every weight and bias goes against its gradient, {rate} times as far: the learning rate. "
        f"{_moved_said(drawn)}",
        lit=tuple(values),
        values=values,
        notes=notes,
    )


def _moves(drawn: _Drawn) -> tuple[dict[str, str], list[str]]:
    """How each weight comes to its new value; and the line of the one that moves most, by layer."""
    notes, lines = {}, []
    rate = written(drawn.one.lr)
    for layer, (old, new) in enumerate(
        zip(drawn.one.net.dense, drawn.one.stepped.dense, strict=True), 1
    ):
        dW, best = drawn.numbers[f"dW{layer}"], ""
        for name, i, j in drawn.weights(layer):
            line = (
                f"{name}: {_from(old.W[i, j], name)} − {rate} · {_from(dW[i, j], name)} "
                f"{result(new.W[i, j], written)}"
            )
            notes[name] = f"new value: {line}"
            if abs(dW[i, j]) == np.abs(dW).max():
                best = line
        lines.append(best)
    return notes, lines


def _after(drawn: _Drawn) -> Step:
    one, before = drawn.one, drawn.numbers["loss"].item()
    real, squares = one.after["loss"].item(), float(one.net.grad @ one.net.grad)
    values = {OUTPUT: one.after["output"].item(), LOSS: real}
    olds = {OUTPUT: one.numbers["output"].item(), LOSS: before}
    locks: list[str] = []
    for layer, slopes in enumerate(one.slopes_after, 1):
        values |= drawn.units(layer, one.after[f"a{layer}"])
        olds |= drawn.units(layer, one.numbers[f"a{layer}"])
        flat = np.abs(slopes[0]) < SATURATED
        locks += [name for name, f in zip(drawn.names[layer], flat, strict=True) if f]
    notes = {
        name: f"after the step: {name} = {written(value)}   (before it: {written(olds[name])})"
        for name, value in values.items()
    }
    better = "smaller" if real < before else "larger" if real > before else "unchanged"
    impossible = " The prediction is below 0, which no loss can be: the step is too long for a "
    return Step(
        "Did it help? The same sample, the new weights",
        f"L predicted: {written(before)} − {written(one.lr)} · (all gradients squared, added: "
        f"{written(squares)}) {result(one.predicted, written)}\nL real: {written(real)}   "
        f"(before: {written(before)})",
        f"The loss is {better}."
        + (f"{impossible}straight line." if one.predicted < 0 else
           " As predicted: over so short a step the curve is as good as straight."
           if written(one.predicted) == written(real) else
           " The prediction follows a straight line, the loss a curve: right for small steps.")
        + " All numbers in the drawing are new; touch one to see what it was before.",
        lit=(LOSS, OUTPUT),
        values=values,
        notes=notes | _moves(drawn)[0],
        locks=locks,
        anew=True,
        question=Question(
            "L predicted =", one.predicted, "Loss before, minus rate times the squared gradients."
        ),
    )  # fmt: skip
