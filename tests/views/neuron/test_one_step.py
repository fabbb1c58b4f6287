import re

import numpy as np
import pytest

from datasets.neuron import neuron_table
from figures.words import exact
from recipes.judgement import SATURATED
from recipes.neuron import starting_theta
from tests.walks import known_at
from tests.words import numbers_in
from views.neuron.one_step import (
    DRAW,
    PRESETS,
    Settings,
    caption,
    numbers,
    one_step,
    picture,
    three_answers,
)
from views.neuron.one_step.walk import PARAMETERS, WALK_STEPS

X, T = neuron_table("first input")
START = starting_theta(Settings(), DRAW)
FACTOR = re.compile(r"\[[^|\]]+\|([^\]]+)\]")


def assert_prints(array, printed, decimals=8):
    np.testing.assert_allclose(np.ravel(array), printed, rtol=0, atol=0.501 * 10.0**-decimals)


def sigma(h):
    return 1 / (1 + np.exp(-h))


def test_one_step_is_the_notebooks():
    step = one_step(X, T, START, 0.01)
    assert_prints(step.W, [0.47143516, -1.19097569, 1.43270697])
    assert_prints(step.h, [1.43270697, 0.71316644, 1.90414213, 0.24173127])
    assert_prints(step.y, [0.80732274, 0.67110045, 0.87035962, 0.56014025])
    assert_prints(step.squared, [0.65177001, 0.10817491, 0.01680663, 0.3137571])
    assert_prints(step.dy, [1.61464548, -0.6577991, -0.25928077, 1.1202805])
    assert_prints(step.slope, [0.15555273, 0.22072464, 0.11283376, 0.24638315])
    assert_prints(step.dh, [0.25116252, -0.14519247, -0.02925562, 0.27601824])
    assert_prints(step.dW, [-0.17444809, 0.13082577, 0.35273266])
    assert_prints(step.new_W, [0.47317964, -1.19228395, 1.42917964])
    assert_prints([*step.db, *step.new_b], [0.35273266, -0.00352733])
    assert str(step.mean) == "0.27262716361994604"
    assert step.accuracy == 0.5


def test_after_the_step_the_same_samples_meet_the_new_weights():
    step = one_step(X, T, START, 0.01)
    h = X @ [0.47317964, -1.19228395, 1.42917964] - 0.00352733  # as the notebook printed them
    np.testing.assert_allclose(step.new_h[:, 0], h, atol=2e-8)
    np.testing.assert_allclose(step.new_y[:, 0], sigma(h), atol=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_every_gradient_agrees_with_its_finite_difference(seed):
    rng = np.random.default_rng(seed)
    x, t = rng.normal(size=(5, 3)), rng.uniform(size=(5, 1))
    step = one_step(x, t, rng.normal(size=4), 0.1)
    np.testing.assert_allclose(step.numerical_dy, step.dy, atol=1e-9)
    np.testing.assert_allclose(step.numerical_slope, step.slope, atol=1e-9)
    np.testing.assert_allclose(step.numerical_dh, step.dh, atol=1e-9)
    np.testing.assert_allclose(step.numerical, [*step.dW[:, 0], *step.db], atol=1e-8)


@pytest.mark.parametrize("lr", [0.001, 100.0])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_the_wildest_numbers_give_numbers_and_no_warning(lr, size):
    x, t = size * np.array([[1.0, -1, 1], [0, 1, 1]]), np.array([[1.0], [0.0]])
    theta = np.array([1e6, -1e6, 1e6, 1e6])
    step = one_step(x, t, theta, lr)
    assert all(np.isfinite(part).all() for part in step if isinstance(part, (np.ndarray, float)))


def test_presets_are_settings_of_the_view_and_open_at_a_step_it_has():
    assert PRESETS["One neuron by hand"].settings == Settings()
    assert all(preset.settings.step <= WALK_STEPS for preset in PRESETS.values())


def test_the_numbers_are_those_of_the_settings_or_of_the_readers_own_table():
    settings = Settings(weights="1, 2, 3", lr=0.1)
    usual, own = numbers(settings), numbers(settings, "1 0 1 1")
    np.testing.assert_array_equal(usual.x, X)
    assert not usual.table_notes
    np.testing.assert_array_equal(own.h, [[4]])
    assert own.table_notes == ["The table is your own; a link does not carry it."]
    emptied = numbers(settings, "")
    np.testing.assert_array_equal(emptied.x, X)
    assert "no row to learn from" in emptied.table_notes[-1]


def a_step(seed):
    rng = np.random.default_rng(seed)
    return one_step(rng.normal(size=(5, 3)), rng.uniform(size=(5, 1)), rng.normal(size=4), 0.1)


@pytest.mark.parametrize("seed", range(3))
def test_the_walk_has_every_number_of_the_step(seed):
    step = a_step(seed)
    walk = picture(step).message()
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
    walk = picture(step).message()
    for k in range(5):
        drawn = known_at(walk, WALK_STEPS - 1, "values", k)
        h = step.x[k] @ [drawn[w] for w in ("w1", "w2", "w3")] + drawn["b"]
        y = 1 / (1 + np.exp(-h))
        assert drawn["h"] == pytest.approx(h)
        assert drawn["y"] == pytest.approx(y)
        assert drawn["slope"] == pytest.approx(y * (1 - y))
        assert drawn["E"] == pytest.approx((step.t[k, 0] - y) ** 2)


def test_the_last_step_lights_nothing_in_the_table_that_is_from_before():
    walk = picture(a_step(0))
    columns = {column.id for table in walk.tables for column in table.columns}
    for steps in walk.samples:
        assert set(steps[-1].lit) & columns == {"new"}


def test_no_sentence_of_the_walk_needs_the_tables_that_a_projector_has_no_room_for():
    for steps in picture(a_step(0)).samples:
        assert "In the table" not in steps[8].sentence
        assert exact(max(a_step(0).numerical, key=abs)) in steps[8].sentence


def test_every_sample_has_every_step_and_links_open_at_any_of_them():
    walk = picture(a_step(0))
    assert len(walk.samples) == 5
    assert {len(steps) for steps in walk.samples} == {WALK_STEPS}


def test_whatever_is_lit_or_led_to_is_there():
    walk = picture(a_step(1))
    things = {one.id for one in (*walk.nodes, *walk.links)}
    columns = {column.id for table in walk.tables for column in table.columns}
    for steps in walk.samples:
        for step in steps:
            assert set(step.lit) <= things | columns
            assert set(step.values) | set(step.gradients) | set(step.notes) <= things
            texts = (step.formula, step.sentence, *step.notes.values())
            assert {to for text in texts for to in FACTOR.findall(text)} <= things


def test_every_question_asks_for_the_number_that_its_formula_ends_with():
    for step in picture(a_step(2)).samples[3]:
        if step.question:
            results = re.findall(r"\{([^}]+)\}", step.formula)
            assert exact(step.question.answer) in results


def test_a_lock_is_on_the_output_exactly_where_the_slope_is_small():
    step = one_step(X, T, np.array([-12.0, 0, 6, 0]), 0.01)
    for k, steps in enumerate(picture(step).samples):
        locks = {lock for one in steps for lock in one.locks}
        assert locks == ({"y"} if step.slope[k, 0] < SATURATED else set())
    free = picture(one_step(X, T, START, 0.01))
    assert not any(one.locks for steps in free.samples for one in steps)


def test_another_number_is_another_digest():
    first, again, other = (picture(a_step(seed)).message()["digest"] for seed in (0, 0, 1))
    assert first == again != other


def test_a_projector_gets_fewer_digits_and_the_same_numbers():
    step = a_step(0)
    long, short = (picture(step, brief).samples[0] for brief in (False, True))
    for one, other in zip(long, short, strict=True):
        assert one.title == other.title
        assert (one.values, one.gradients) == (other.values, other.gradients)
    assert exact(step.h[0, 0], 4) in short[1].formula
    assert exact(step.h[0, 0]) in long[1].formula


def error(theta):
    return (((1 / (1 + np.exp(-(X @ theta[:3] + theta[3])))) - T[:, 0]) ** 2).sum()


def test_what_is_a_gradient_is_answered_with_what_really_happens():
    what, which_way, _ = three_answers(one_step(X, T, START, 0.01)).values()
    said_slope, nudge, said_change = numbers_in(what.split("Here")[1])
    raised = error(START + np.array([0, 0, nudge, 0])) - error(START)
    assert nudge == 0.01
    assert said_slope == pytest.approx(0.353, abs=5e-4)
    assert said_change == pytest.approx(raised, rel=0.01)
    old, new = numbers_in(which_way.split("moves")[1])
    assert error(START + np.array([0, 0, new - old, 0])) < error(START)


def test_why_a_saturated_neuron_stops_is_answered_with_its_own_numbers():
    *_, why = three_answers(one_step(X, T, np.array([-12.0, 0, 6, 0]), 0.01)).values()
    total, slope, dy, dh = numbers_in(why.split("the sum is")[1])[:4]
    sigma = 1 / (1 + np.exp(-total))
    assert slope == pytest.approx(sigma * (1 - sigma), rel=0.01)
    assert dh == pytest.approx(dy * slope, rel=0.01)
    at_ten = 1 / (1 + np.exp(-10))
    assert pytest.approx(at_ten * (1 - at_ten), rel=1e-3) == 4.54e-5


def test_the_sum_and_the_mean_are_told_apart():
    said = caption(one_step(X, T, START, 0.01))
    shown, descended = said.split("*sum*")
    before, after = numbers_in(descended)
    assert "*mean* of squared errors" in shown
    assert before == pytest.approx(error(START), abs=5e-4)
    assert before / len(X) == pytest.approx(numbers_in(shown)[-2], abs=5e-4)
    assert after / len(X) == pytest.approx(numbers_in(shown)[-1], abs=5e-4)


@pytest.mark.parametrize("point", ["", "A point."])
def test_a_step_that_goes_too_far_is_not_said_to_make_anything_smaller(point):
    said = caption(one_step(X, T, START, 100.0)._replace(point=point))
    assert "rises from **0.273** to **0.500**" in said
    assert said.endswith("tries to make smaller, goes from 1.09 to 2.00.")  # twice an error of 1


def test_no_sentence_speaks_of_the_tables_where_none_are_shown():
    spoken_of = re.compile(r"\btable\b|touch a row|Its row")
    for sample in picture(numbers(Settings()), brief=True).samples:
        assert not any(spoken_of.search(step.sentence) for step in sample)


@pytest.mark.parametrize("lr", [0.001, 0.1, 1.0, 100.0])
@pytest.mark.parametrize("brief", [False, True])
def test_a_step_is_called_too_large_only_where_predicted_and_real_error_differ(lr, brief):
    last = picture(numbers(Settings(lr=lr)), brief).samples[0][-1]
    predicted = re.search(r"E predicted:.*[=≈] \{(.*?)\}", last.formula)[1]
    real = re.search(r"E real: (\S+)", last.formula)[1]
    assert ("tiny steps only" in last.sentence) == (predicted != real)
    assert ("as predicted" in last.sentence) == (predicted == real)


@pytest.mark.parametrize("settings", [Settings(), PRESETS["Too large a step"].settings])
def test_which_gradient_is_strongest_is_said_of_all_that_are(settings):
    """Whose third input is always 1: w₃ and the bias have one gradient."""
    step = numbers(settings)
    said = next(one for one in picture(step).samples[0] if one.name == "gradient").sentence
    sizes = np.abs([*step.dW[:, 0], *step.db])
    for name, size in zip(("w₁", "w₂", "w₃", "b"), sizes, strict=True):
        strongest = np.isclose(size, sizes.max())
        assert (re.search(rf"strongest here .*\b{name} (up|down)", said) is not None) == strongest


@pytest.mark.parametrize("brief", [False, True])
def test_what_changes_too_little_to_be_seen_is_said_with_the_difference(brief):
    theta = np.array([-12.0, 0, 6, 0])
    last = picture(numbers(PRESETS["Saturated"].settings), brief).samples[0][-1]
    fall = error(theta) - error(theta - 0.01 * slopes(theta))
    if brief:
        assert "E is smaller by" in last.sentence
        assert numbers_in(last.sentence)[0] == pytest.approx(fall, rel=0.01)
        assert "too little to show in these digits" in last.sentence
    else:
        assert "E is smaller, as predicted." in last.sentence  # eight digits show it
    assert "All numbers" not in last.sentence
    assert "its inputs and target are as before" in last.sentence


def slopes(theta):
    """∂E/∂w and ∂E/∂b, by finite differences."""
    nudges = 1e-5 * np.eye(4)
    return np.array([(error(theta + nudge) - error(theta - nudge)) / 2e-5 for nudge in nudges])


def test_a_gradient_whose_parts_cancel_is_zero_and_not_what_rounding_leaves():
    """Samples 2 and 4 pull w₂ with σ(−6) and 1 − σ(6), which are one number."""
    step = numbers(PRESETS["Saturated"].settings)
    parts = step.x[:, 1] * step.dh[:, 0]
    assert abs(parts).max() > 1e-3
    assert step.dW[1, 0] == step.new_W[1, 0] == 0
    assert abs(step.dW[0, 0]) > 1e-6
    tiny = one_step(X[:1], T[:1], np.array([0, 0, -30.0, 0]), 0.01)  # small, and nothing cancels
    assert 0 < abs(tiny.dW[2, 0]) < 1e-20


@pytest.mark.parametrize("lr", [10.0, 100.0])
@pytest.mark.parametrize("brief", [False, True])
def test_with_a_large_rate_what_is_printed_adds_up_to_its_last_digit(lr, brief):
    told = 0
    walk = picture(numbers(Settings(lr=lr)), brief)
    for line in "\n".join(step.formula for step in walk.samples[0][-2:]).split("\n"):
        plain = re.sub(r"\[([^|\]]+)\|[^\]]+\]", r"\1", line).replace("−", "-")
        product = r"(-?[\d.]+) - \d+ · (?:\((?:all[^:]*: )?)?(-?[\d.]+)\)?"
        if not (found := re.search(product + r" [=≈] \{(.*)\}", plain)):
            continue
        before, factor, text = found.groups()
        told += 1
        digits = len(text.partition(".")[2])
        assert float(before) - lr * float(factor) == pytest.approx(
            float(text), abs=1.1 * 10.0**-digits
        ), line
    assert told == 5  # four new weights and the predicted error


SPELLED = {"−": "-", "·": "*", "²": "**2", "e^": "2.718281828459045**"}


def arithmetic(line):
    """What the numbers of a line give, its sign, and the result that is printed; None of words."""
    plain = re.sub(r"\[([^|\]]+)\|[^\]]+\]", r"\1", line)
    found = re.fullmatch(r".*?[=←] ([^=←]+) ([=≈]) \{([^}]+)\}.*", plain)
    if not found or re.search(r"[a-zσ…₁-₃×]", f"{found[1]}{found[3]}".replace("e^", "")):
        return None
    text = found[1]
    for ours, theirs in SPELLED.items():
        text = text.replace(ours, theirs)
    return eval(text), found[2], found[3].replace("−", "-")  # of our own numbers and signs


@pytest.mark.parametrize("brief", [False, True])
def test_what_is_printed_as_equal_adds_up_as_printed(brief):
    """0.4714 − 0.01 · (−0.1744) is not 0.4732, so it is said to be about that."""
    told = 0
    for steps in picture(numbers(Settings()), brief).samples:
        for line in "\n".join(step.formula for step in steps).split("\n"):
            if (found := arithmetic(line)) is None:
                continue
            told += 1
            value, sign, text = found
            digits = len(text.partition(".")[2])
            if sign == "=":
                assert value == pytest.approx(float(text), abs=1e-12), line
            else:  # rounded once here, and once in each of a few numbers
                assert value == pytest.approx(float(text), abs=8 * 10.0**-digits), line
    assert told > 40
