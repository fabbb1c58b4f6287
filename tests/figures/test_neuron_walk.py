import json
import re

import numpy as np
import pytest
from runs.neuron import many_steps, one_step, starting_theta

from datasets.neuron import neuron_table
from figures.activations import SATURATED
from figures.neuron import PARAMETERS, neuron_walk
from figures.neuron_curves import MOST_POINTS, neuron_curves, neuron_figure
from figures.walk import Column, Link, Node, Question, Step, Table, Walk
from figures.words import exact
from runs.neuron_config import WALK_STEPS, NeuronConfig
from tests.walks import known_at

X, T = neuron_table("notebook A")
FACTOR = re.compile(r"\[[^|\]]+\|([^\]]+)\]")


def a_step(seed):
    rng = np.random.default_rng(seed)
    return one_step(rng.normal(size=(5, 3)), rng.uniform(size=(5, 1)), rng.normal(size=4), 0.1)


@pytest.mark.parametrize("seed", range(3))
def test_the_walk_has_every_number_of_the_step(seed):
    step = a_step(seed)
    walk = neuron_walk(step).message()
    for k in range(5):
        values, slopes = (known_at(walk, 8, kind, k) for kind in ("values", "gradients"))
        assert values["h"] == step.h[k, 0]
        assert values["y"] == step.y[k, 0]
        assert values["slope"] == step.slope[k, 0]
        assert values["E"] == step.squared[k, 0]
        assert (slopes["y"], slopes["h"]) == (step.dy[k, 0], step.dh[k, 0])
        assert [slopes[p] for p in PARAMETERS] == [*step.dW[:, 0], *step.db]
        new = known_at(walk, 9, "values", k)
        assert [new[p] for p in PARAMETERS] == [*step.new_W[:, 0], *step.new_b]


@pytest.mark.parametrize("seed", range(3))
def test_the_last_step_is_the_forward_pass_with_the_new_weights(seed):
    step = a_step(seed)
    walk = neuron_walk(step).message()
    for k in range(5):
        drawn = known_at(walk, WALK_STEPS - 1, "values", k)
        h = step.x[k] @ [drawn[w] for w in ("w1", "w2", "w3")] + drawn["b"]
        y = 1 / (1 + np.exp(-h))
        assert drawn["h"] == pytest.approx(h)
        assert drawn["y"] == pytest.approx(y)
        assert drawn["slope"] == pytest.approx(y * (1 - y))
        assert drawn["E"] == pytest.approx((step.t[k, 0] - y) ** 2)


def test_the_last_step_lights_nothing_in_the_table_that_is_from_before():
    walk = neuron_walk(a_step(0))
    columns = {column.id for table in walk.tables for column in table.columns}
    for steps in walk.samples:
        assert set(steps[-1].lit) & columns == {"new"}


def test_no_sentence_of_the_walk_needs_the_tables_that_a_projector_has_no_room_for():
    for steps in neuron_walk(a_step(0)).samples:
        assert "In the table" not in steps[8].sentence
        assert exact(max(a_step(0).numerical, key=abs)) in steps[8].sentence


def test_every_sample_has_every_step_and_links_open_at_any_of_them():
    walk = neuron_walk(a_step(0))
    assert len(walk.samples) == 5
    assert {len(steps) for steps in walk.samples} == {WALK_STEPS}


def test_whatever_is_lit_or_led_to_is_there():
    walk = neuron_walk(a_step(1))
    things = {one.id for one in (*walk.nodes, *walk.links)}
    columns = {column.id for table in walk.tables for column in table.columns}
    for steps in walk.samples:
        for step in steps:
            assert set(step.lit) <= things | columns
            assert set(step.values) | set(step.gradients) | set(step.notes) <= things
            texts = (step.formula, step.sentence, *step.notes.values())
            assert {to for text in texts for to in FACTOR.findall(text)} <= things


def test_every_question_asks_for_the_number_that_its_formula_ends_with():
    for step in neuron_walk(a_step(2)).samples[3]:
        if step.question:
            results = re.findall(r"\{([^}]+)\}", step.formula)
            assert exact(step.question.answer) in results


def test_a_lock_is_on_the_output_exactly_where_the_slope_is_small():
    step = one_step(X, T, np.array([-12.0, 0, 6, 0]), 0.01)
    for k, steps in enumerate(neuron_walk(step).samples):
        locks = {lock for one in steps for lock in one.locks}
        assert locks == ({"y"} if step.slope[k, 0] < SATURATED else set())
    free = neuron_walk(one_step(X, T, starting_theta(NeuronConfig()), 0.01))
    assert not any(one.locks for steps in free.samples for one in steps)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.65177001, "0.65177001"),
        (-0.6577991, "−0.65779910"),
        (0.0, "0"),
        (-3.0, "−3"),
        (4.539787e-9, "4.5398 × 10⁻⁹"),
        (123456.7, "1.2346 × 10⁵"),
    ],
)
def test_numbers_are_written_as_the_notebook_prints_them(value, text):
    assert exact(value) == text


def test_a_message_is_json_whatever_the_numbers():
    walk = Walk(
        [Node("a", "a", 0, 0), Node("b", "b", 1, 0)],
        [Link("w", "a", "b")],
        [
            [
                Step(
                    "one",
                    "",
                    "",
                    values={"a": float("nan"), "w": np.float64(2)},
                    gradients={"a": float("inf")},
                    question=Question("?", float("-inf"), ""),
                )
            ]
        ],
        [Table([Column("c", "c", [float("inf"), "text", 1])])],
    )
    message = walk.message()
    text = json.dumps(message, allow_nan=False)
    assert "not a number" in text
    assert message["samples"][0][0]["gradients"] == {"a": "∞"}
    assert message["samples"][0][0]["question"]["answer"] == "−∞"


def test_another_number_is_another_digest():
    first, again, other = (neuron_walk(a_step(seed)).message()["digest"] for seed in (0, 0, 1))
    assert first == again != other


def test_curves_keep_every_flip_and_thin_what_is_long():
    config = NeuronConfig(view="many steps", steps=10_000)
    run = many_steps(X, T, starting_theta(config), config.lr, config.steps)
    curves = neuron_curves(run)
    assert len(curves.steps) <= MOST_POINTS + 20
    assert {step for step, _, _ in curves.flips} <= set(curves.steps)
    np.testing.assert_array_equal(curves.outputs, run.outputs[curves.steps])
    figure = neuron_figure(curves)
    flips = next(trace for trace in figure.data if trace.name == "flips")
    assert list(flips.text) == ["14", "341", "574", "775"] or list(flips.x) == [14, 341, 574, 775]
    assert all(t.hovertemplate for t in figure.data)
