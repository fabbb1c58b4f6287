import numpy as np
import pytest

from datasets.neuron import NEURON_TABLES, neuron_table
from recipes.neuron import starting_theta
from views.neuron import one_step
from views.neuron.many_steps import (
    DRAW,
    MOST_POINTS,
    PRESETS,
    Settings,
    at_the_end,
    caption,
    many_steps,
    numbers,
    picture,
    thinned,
)

X, T = neuron_table("first input")
START = starting_theta(Settings(), DRAW)
ELSEWHERE = starting_theta(Settings(), one_step.DRAW)


def assert_prints(array, printed, decimals=8):
    np.testing.assert_allclose(np.ravel(array), printed, rtol=0, atol=0.501 * 10.0**-decimals)


def sigma(h):
    return 1 / (1 + np.exp(-h))


def test_a_thousand_steps_are_the_notebooks():
    run = many_steps(X, T, START, Settings.lr, Settings.steps)
    assert [(step, right) for step, _, right in run.flips] == [
        (14, True),
        (341, True),
        (574, True),
        (775, True),
    ]
    assert run.loss[0] == pytest.approx(0.5532968595697426, rel=1e-13)
    assert run.loss[999] == pytest.approx(0.10835635687797315, rel=1e-13)
    assert_prints(run.outputs[-1], [0.31499, 0.72324, 0.66336, 0.37881], decimals=5)
    assert (run.accuracy[0], run.accuracy[-1]) == (0, 1)


def test_what_rests_on_a_half_does_not_flip_by_rounding():
    x, t = neuron_table("XOR")
    run = many_steps(x, t, START, 1.0, 1000)
    assert np.ptp(run.outputs[300:]) < 1e-12  # one neuron ends at ½ for every sample of XOR
    assert all(step < 100 for step, _, _ in run.flips)
    assert len(set(run.accuracy[100:])) == 1  # nothing turns that is not marked


@pytest.mark.parametrize("lr", [0.001, 0.1, 1.0, 100.0])
@pytest.mark.parametrize("table", NEURON_TABLES)
def test_the_score_changes_where_an_answer_is_marked_and_nowhere_else(table, lr):
    x, t = neuron_table(table)
    for start in (START, ELSEWHERE):
        run = many_steps(x, t, start, lr, 1000)
        jumps = set((np.flatnonzero(np.diff(run.accuracy)) + 1).tolist())
        flips = [step for step, _, _ in run.flips]
        assert jumps <= set(flips)
        assert all(flips.count(step) > 1 for step in set(flips) - jumps)  # one each way


def test_the_title_promises_the_marks_that_there_are():
    def title(run):
        return picture(thinned(run)).layout.title.text

    x, t = neuron_table("XOR")
    assert title(many_steps(X, T, START, Settings.lr, 1000)).endswith("◆ it crosses ½")
    assert "◆" not in title(many_steps(X, T, START, Settings.lr, 10))
    often = many_steps(x, t, ELSEWHERE, 10.0, 100)
    assert len(often.flips) > 12
    assert title(often).endswith("◆ it crosses ½ (the first 12 times)")


def test_flips_near_each_other_share_a_label_and_each_is_said():
    figure = picture(numbers(PRESETS["XOR"].settings))
    flips = next(trace for trace in figure.data if trace.name == "flips")
    said = [a.text for a in figure.layout.annotations if a.yref == "y2 domain"]
    assert [int(word) for word in ", ".join(said).split(", ")] == sorted(set(flips.x))


@pytest.mark.parametrize("brief", [False, True])
def test_a_run_that_begins_elsewhere_than_one_step_says_so(brief):
    own = Settings(weights="1, 2, 3", steps=100)
    assert starting_theta(own, DRAW).tolist() == starting_theta(own, one_step.DRAW).tolist()
    assert "other weights than *one step*" not in at_the_end(numbers(own), brief)
    assert "other weights than *one step*" in at_the_end(numbers(Settings(steps=100)), brief)


def test_many_steps_are_gradient_descent_restated():
    rng = np.random.default_rng(0)
    x, t, theta = rng.normal(size=(6, 3)), rng.uniform(size=(6, 1)), rng.normal(size=4)
    run = many_steps(x, t, theta, 0.3, 50)
    W, b = theta[:3, None].copy(), theta[3]
    for step in range(51):
        y = sigma(x @ W + b)
        np.testing.assert_allclose(run.outputs[step], y[:, 0], rtol=1e-10)
        d = -2 * (t - y) * y * (1 - y)
        W, b = W - 0.3 * x.T @ d, b - 0.3 * d.sum()


@pytest.mark.parametrize("lr", [0.001, 100.0])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_the_wildest_numbers_give_numbers_and_no_warning(lr, size):
    x, t = size * np.array([[1.0, -1, 1], [0, 1, 1]]), np.array([[1.0], [0.0]])
    theta = np.array([1e6, -1e6, 1e6, 1e6])
    assert np.isfinite(many_steps(x, t, theta, lr, 100).outputs).all()


def test_a_long_run_is_thinned_and_keeps_every_flip_that_is_drawn():
    run = many_steps(X, T, START, Settings.lr, 10_000)
    curves = thinned(run)
    assert len(curves.steps) <= MOST_POINTS + 20
    assert {step for step, _, _ in curves.flips} <= set(curves.steps)
    assert (curves.steps[0], curves.steps[-1]) == (0, 10_000)
    np.testing.assert_array_equal(curves.outputs, run.outputs[curves.steps])
    np.testing.assert_array_equal(curves.loss, run.loss[curves.steps])
    assert at_the_end(curves) == at_the_end(run)
    figure = picture(curves)
    flips = next(trace for trace in figure.data if trace.name == "flips")
    assert list(flips.x) == [14, 341, 574, 775]
    between = [a for a in figure.layout.annotations if a.yref == "y2 domain"]  # off every line
    assert [(a.x, a.text) for a in between] == [(14, "14, 341, 574 …")]  # of 10,000 steps
    down = {(s.x0, s.x1) for s in figure.layout.shapes if s.xref == "x2"}
    assert down == {(x, x) for x in flips.x}
    assert list(flips.y) == [0.5] * 4
    assert all(t.hovertemplate or t.hoverinfo == "skip" for t in figure.data)


def test_the_numbers_are_those_of_the_settings_or_of_the_readers_own_table():
    settings = Settings(steps=100, weights="1, 2, 3")
    usual, own = numbers(settings), numbers(settings, "1 0 1 1")
    np.testing.assert_array_equal(usual.steps, range(101))
    np.testing.assert_array_equal(usual.x, X)
    assert not usual.table_notes
    assert own.outputs[0] == sigma(4)
    assert at_the_end(own).startswith("The table is your own; a link does not carry it. After")
    assert "no row to learn from" in at_the_end(numbers(settings, ""), True)


def test_the_presets_are_settings_of_the_view():
    assert PRESETS["1,000 steps"].settings == Settings()
    assert numbers(Settings()).point in at_the_end(numbers(Settings()))


def test_two_answers_that_turn_right_together_are_one_step():
    said = at_the_end(many_steps(X, T, START, 100.0, 100))
    assert "Answers turned right at step **1**." in said


@pytest.mark.parametrize("brief", [False, True])
def test_a_neuron_that_rests_on_a_half_is_not_scored(brief):
    x, t = neuron_table("XOR")
    said = at_the_end(many_steps(x, t, START, 1.0, 1000), brief)
    assert "every answer ends near **½**" in said
    assert "are right" not in said
    assert "turned" not in said
    assert "samples 3 and 4" in said


def test_xor_fits_on_two_lines_of_a_projector():
    x, t = neuron_table("XOR")
    said = at_the_end(many_steps(x, t, ELSEWHERE, 1.0, 10_000), brief=True)
    assert len(said.replace("*", "")) <= 200  # a line holds about a hundred


def test_every_curve_has_a_dot_that_goes_along_it_from_step_0():
    figure = picture(numbers(Settings(steps=100)))
    film, curves = figure.layout.meta["film"], [t for t in figure.data if t.mode == "lines"]
    assert film["steps"].tolist() == list(range(101))
    dots = [figure.data[moving["trace"]] for moving in film["moving"]]
    assert [figure.data[moving["follows"]] for moving in film["moving"]] == curves
    assert len(curves) == len(T) + 2
    for curve, dot in zip(curves, dots, strict=True):
        assert (dot.mode, dot.xaxis, dot.yaxis) == ("markers", curve.xaxis, curve.yaxis)
        assert (dot.x[0], dot.y[0]) == (curve.x[-1], curve.y[-1])
    np.testing.assert_allclose(film["readings"]["loss"], curves[-1].y, rtol=1e-6)


@pytest.mark.parametrize(("table", "lr"), [("first input", 0.1), ("XOR", 1.0), ("OR", 0.01)])
def test_the_caption_says_how_many_are_right_at_every_moment(table, lr):
    x, t = neuron_table(table)
    run = many_steps(x, t, START, lr, 1000)
    said = caption(thinned(run))
    assert [since for since, _ in said] == sorted({since for since, _ in said})
    assert (said[0].since, said[-1].since) == (0, 1000)
    for step in range(1000):
        words = next(words for since, words in reversed(said) if since <= step)
        if "undecided" in words:
            assert (np.abs(run.outputs[step] - 0.5) < 0.05).all()
        else:
            right = (run.outputs[step] > 0.5) == (t[:, 0] > 0.5)
            assert f"**{right.sum()}** of {len(t)} answers" in words


def test_the_caption_on_the_way_of_many_crossings_names_none():
    x, t = neuron_table("XOR")
    said = caption(many_steps(x, t, ELSEWHERE, 10.0, 100))
    assert [since for since, _ in said] == [0, 1, 100]
    assert "again and again" in said[1].words


def test_many_crossings_are_counted_not_listed():
    x, t = neuron_table("XOR")
    run = many_steps(x, t, ELSEWHERE, 10.0, 100)
    assert len(run.flips) > 8
    assert f"crossed ½ **{len(run.flips)}** times" in at_the_end(run)
