"""The drawn backpropagation against notebook C, finite differences and the formulas restated."""

import json
import re

import numpy as np
import pytest

from figures.walk import Column, Step, Table, Walk
from figures.words import written
from nn_core import ACTIVATIONS, INITIALIZERS
from tests.sweeps import sweep
from views.gradients.backpropagation import (
    SAMPLES,
    Settings,
    caption,
    numbers,
    picture,
)
from views.gradients.backpropagation.walk import unit_names, weight_name

FACTOR = re.compile(r"\[[^|\]]+\|([^\]]+)\]")
SHAPES = [(1, 1), (1, 2), (2, 3), (3, 4)]


def steps_of(config):
    (steps,) = picture(numbers(config)).samples
    return steps


def known(steps, kind):
    """What a reader has been shown by the end, of values or gradients, the latest first."""
    shown = {}
    for step in steps:
        shown |= getattr(step, kind)
    return shown


def loss_of(weights, biases, x, t, f):
    """Cross-entropy of a network, restated with lists of arrays."""
    a = np.array(x)
    for i, (W, b) in enumerate(zip(weights, biases, strict=True)):
        z = a @ W + b
        a = f(z) if i < len(weights) - 1 else 1 / (1 + np.exp(-z))
    return float(-t * np.log(a[0]) - (1 - t) * np.log(1 - a[0]))


def by_trying(array, loss, h=1e-6):
    """Central differences, number by number."""
    grad = np.empty_like(array)
    for at in np.ndindex(array.shape):
        old = array[at]
        array[at] = old + h
        above = loss()
        array[at] = old - h
        below = loss()
        array[at] = old
        grad[at] = (above - below) / (2 * h)
    return grad


def test_notebook_cs_one_sample_to_its_printed_digits():
    shown = known(steps_of(Settings(layers=1, units=2, start="study notes"))[:4], "values")
    printed = {"h₁": 0.50009432, "h₂": 0.560209, "ŷ": 0.67922332, "L": 0.3868053036181012}
    for name, value in printed.items():
        assert shown[name] == pytest.approx(value, abs=6e-9)


@pytest.mark.parametrize(("layers", "units"), SHAPES)
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus"])
def test_every_gradient_in_the_drawing_is_what_trying_gives(layers, units, name):
    config = Settings(layers=layers, units=units, activation=name, seed=4)
    one = numbers(config)
    steps = steps_of(config)
    gradients = known(steps, "gradients")
    f = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh}.get(
        name, lambda z: np.log1p(np.exp(z))
    )
    weights = [dense.W.copy() for dense in one.net.dense]
    biases = [dense.b.copy() for dense in one.net.dense]
    *x, t = SAMPLES[config.sample]
    x = np.array(x)

    def loss():
        return loss_of(weights, biases, x, t, f)

    assert known(steps[:-1], "values")["L"] == pytest.approx(loss())
    names = unit_names(one.net.sizes)
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), 1):
        dW, db = by_trying(W, loss), by_trying(b, loss)
        for i, source in enumerate(names[layer - 1]):
            for j, target in enumerate(names[layer]):
                drawn = gradients[weight_name(source, target)]
                assert drawn == pytest.approx(dW[i, j], rel=1e-5, abs=1e-9)
        for j, unit in enumerate(names[layer]):
            assert gradients[unit] == pytest.approx(db[j], rel=1e-5, abs=1e-9)
    for unit, slope in zip(names[0], by_trying(x, loss), strict=True):
        assert gradients[unit] == pytest.approx(slope, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize(("layers", "units"), SHAPES)
def test_forward_goes_right_and_the_error_left_one_layer_a_step(layers, units):
    steps = steps_of(Settings(layers=layers, units=units))
    assert len(steps) == 2 * layers + 7
    titles = [step.title for step in steps]
    forward = [t for t in titles if t.startswith("Forward: hidden")]
    back = [t for t in titles if t.startswith("Back: hidden")]
    assert forward == [f"Forward: hidden layer {k}" for k in range(1, layers + 1)]
    assert back == [f"Back: hidden layer {k}" for k in range(layers, 0, -1)]
    assert [step.back for step in steps] == [False] * (layers + 3) + [True] * (layers + 2) + [
        False
    ] * 2


@pytest.mark.parametrize(("layers", "units"), SHAPES)
def test_every_node_and_weight_gets_a_value_and_a_gradient_and_factors_lead_somewhere(
    layers, units
):
    walk = picture(numbers(Settings(layers=layers, units=units)))
    (steps,) = walk.samples
    nodes, links = {n.id for n in walk.nodes}, {link.id for link in walk.links}
    weights = links - {"ŷ→L", "t→L"}
    assert known(steps, "values").keys() == nodes | weights
    assert known(steps, "gradients").keys() == (nodes - {"t", "L"}) | weights
    notes = [note for step in steps for note in step.notes.values()]
    formulas = [step.formula for step in steps]
    led = {where for text in notes + formulas for where in FACTOR.findall(text)}
    assert weights < led
    assert led <= nodes | links
    assert {touched for step in steps for touched in step.notes} >= (nodes - {"t"}) | weights


def test_a_touched_weight_shows_its_finite_difference_beside_its_gradient():
    config = Settings(layers=2, units=2)
    one = numbers(config)
    steps = steps_of(config)
    note = next(step.notes["x₁→h₁"] for step in steps if "finite" in step.notes.get("x₁→h₁", ""))
    gradient, tried = re.search(r"\{([^}]*)\}.*less: (.*)$", note, re.S).groups()
    assert gradient == tried == written(one.numbers["dW1"][0, 0])


def test_a_sample_that_saturates_everything_locks_the_first_layer():
    steps = steps_of(Settings(layers=2, units=4, sample="600, −600 → 0"))
    assert steps[1].locks == ["h₁", "h₂", "h₃", "h₄"]
    gradients = known(steps, "gradients")
    assert all(abs(gradients[f"h{j}"]) < 1e-9 for j in "₁₂₃₄")


def test_an_unsaturated_unit_has_no_lock():
    assert not any(step.locks for step in steps_of(Settings(activation="identity")))


@pytest.mark.parametrize("lr", [0.001, 1.0, 1e9])
def test_the_prediction_is_a_straight_line_and_the_real_loss_that_of_the_new_weights(lr):
    config = Settings(layers=2, units=3, activation="tanh", drawn_lr=lr)
    one = numbers(config)
    steps = steps_of(config)
    weights = [dense.W - lr * one.numbers[f"dW{k}"] for k, dense in enumerate(one.net.dense, 1)]
    biases = [dense.b - lr * one.numbers[f"db{k}"] for k, dense in enumerate(one.net.dense, 1)]
    before = float(one.numbers["loss"])
    squares = sum(float((one.numbers[n] ** 2).sum()) for n in one.numbers if n[:2] in ("dW", "db"))
    assert one.predicted == pytest.approx(before - lr * squares)
    if lr < 10:
        *x, t = SAMPLES[config.sample]
        real = loss_of(weights, biases, np.array(x), t, np.tanh)
        assert steps[-1].values["L"] == pytest.approx(real, rel=1e-9)
    assert f"{{{written(one.predicted)}}}" in steps[-1].formula
    assert written(float(one.after["loss"])) in steps[-1].formula


def test_a_short_step_is_predicted_well():
    one = numbers(Settings(drawn_lr=1e-4))
    fell, promised = (
        float(one.numbers["loss"]) - v for v in (float(one.after["loss"]), one.predicted)
    )
    assert fell == pytest.approx(promised, rel=1e-3)


@sweep("activation", ACTIVATIONS, usual=["tanh", "relu"])
@pytest.mark.parametrize("sample", ["0, 0 → 0", "600, −600 → 0"])
def test_every_activation_and_start_makes_a_walk_that_json_can_carry(activation, sample):
    for start in INITIALIZERS:
        config = Settings(
            activation=activation, start=start, sample=sample, drawn_lr=1e9, layers=3, units=4
        )
        json.dumps(picture(numbers(config)).message(), allow_nan=False)


def test_the_study_notes_start_is_replaced_where_it_does_not_fit():
    settled, (sentence,) = Settings(start="study notes").settled()
    assert settled.start == "normal"
    assert sentence == (
        "The study notes' start is for one hidden layer of two units; here the weights start 1 "
        "wide (normal)."
    )
    assert Settings(layers=1, units=2, start="study notes").settled()[1] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5000"),
        (-1.26445, "−1.264"),
        (0.0, "0"),
        (3.0, "3"),
        (12345.6, "12346"),
        (1.3661e-13, "1.366 × 10⁻¹³"),
        (-2.5e9, "−2.500 × 10⁹"),
        (float("inf"), "∞"),
        (float("nan"), "not a number"),
    ],
)
def test_numbers_are_written_as_the_drawing_writes_them(value, text):
    assert written(value) == text


@pytest.mark.parametrize(("layers", "units"), SHAPES)
def test_the_table_knows_a_layers_length_at_the_step_that_shows_its_gradients(layers, units):
    config = Settings(layers=layers, units=units)
    walk = picture(numbers(config))
    (steps,), (table,) = walk.samples, walk.message()["tables"]
    shown = next(column for column in table["columns"] if column["id"] == "norm")
    names = unit_names(numbers(config).net.sizes)
    for layer, since in enumerate(shown["since"]):
        weight = weight_name(names[layer][0], names[layer + 1][0])
        assert weight in steps[since].gradients
        assert not any(weight in step.gradients for step in steps[:since])


def sentences(config):
    return " ".join(step.sentence for step in steps_of(config))


def test_a_lock_is_said_with_the_share_it_lets_through_and_no_more():
    one = numbers(Settings(sample="600, −600 → 0"))
    z = one.numbers["z2"][0, 0]
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    said = sentences(Settings(sample="600, −600 → 0"))
    assert f"a lock lets through only its slope: k₁ {slope:.3f}"[:-1] in said
    assert "nearly all" not in said


def test_a_start_of_zeros_says_why_nothing_comes_back():
    said = sentences(Settings(start="zeros"))
    assert "All these weights are 0" in said
    assert "0 times anything is 0: nothing comes back" in said
    assert "nothing has arrived" in said
    assert "0 times anything" not in sentences(Settings())


def test_on_a_projector_long_sums_are_left_to_the_cards():
    config = Settings(layers=3, units=4)
    (whole,), (short,) = (picture(numbers(config), brief=short).samples for short in (False, True))
    for long, brief in zip(whole, short, strict=True):
        assert brief.notes == long.notes
        assert re.findall(r"\{([^}]*)\}", brief.formula) == re.findall(r"\{([^}]*)\}", long.formula)
    assert max(len(line) for step in short for line in step.formula.split("\n")) < 160


def test_a_column_that_waits_for_a_step_there_is_not_says_which():
    walk = Walk([], [], [[Step("one", "", "", name="in"), Step("two", "", "", name="out")]])
    known = walk._replace(tables=[Table([Column("c", "c", [1, 2], ["out", "in"])])]).message()
    assert known["tables"][0]["columns"][0]["since"] == [1, 0]
    assert "name" not in known["samples"][0][0]
    with pytest.raises(ValueError, match="column c: expected the name of a step, got 'back'"):
        walk._replace(tables=[Table([Column("c", "c", [1], "back")])]).message()


def test_the_drawn_networks_caption_says_answer_loss_and_locks():
    said = caption(numbers(Settings(layers=1, units=2, start="study notes")))
    assert "The answer is **0.679** where 1 is right: loss (how wrong it is) **0.387**" in said
    locked = caption(numbers(Settings(units=4, sample="600, −600 → 0")))
    assert "**4** of 8 hidden units are saturated (locked)" in locked


def test_nothing_is_minus_nought_and_a_relu_that_is_off_is_flat():
    steps = steps_of(Settings(activation="relu", sample="1, 1 → 0"))
    assert not any("−0}" in step.formula or "(−0)" in step.formula for step in steps)
    assert "k₁, k₂, k₃ have locks: their curves are flat there (slope 0)." in steps[2].sentence
    assert "nearly flat" in sentences(Settings(sample="600, −600 → 0"))


def test_where_no_weight_moves_none_is_said_to_move_most():
    one = numbers(Settings(activation="relu", sample="1, 1 → 0"))
    assert not any(one.numbers[f"dW{layer}"].any() for layer in (1, 2, 3))
    said = sentences(Settings(activation="relu", sample="1, 1 → 0"))
    assert "All gradients of weights are 0, so no weight moves." in said
    assert "moves most" not in said
    some = sentences(Settings(start="zeros", sample="0, 0 → 0"))
    assert "Where all gradients are 0, into h and into k, none moves." in some


@pytest.mark.parametrize("sample", ["600, −600 → 0", "0.5, 0.1 → 1"])
def test_the_line_of_the_loss_comes_to_what_it_says(sample):
    config = Settings(activation="identity", sample=sample)
    one, line = numbers(config), steps_of(config)[4].formula.split("\n")[1]
    z, said = one.numbers["z3"].item(), line.split("{")[1].rstrip("}")
    right = z if sample.endswith("1") else -z  # −ln σ(right), restated without σ, which would be 1
    assert said == written(np.logaddexp(0, -right))
    assert "ln(1 − 1)" not in FACTOR.sub("1", line)
    assert ("e^" in line) == (abs(z) > 100)


def test_a_prediction_that_no_loss_can_be_is_said_to_be_none():
    said = caption(numbers(Settings(activation="tanh", sample="1, 1 → 0", drawn_lr=100.0)))
    assert "predicted loss −279 (too long a step: no loss is below 0), real" in said
